namespace KvEmbedded.Engine;

internal sealed class Clock(TimeProvider timeProvider)
{
    private readonly long start = timeProvider.GetTimestamp();

    public long Now => timeProvider.GetElapsedTime(start).Ticks + 1;

    public static long Add(long moment, TimeSpan time) => moment > long.MaxValue - 1 - time.Ticks ? long.MaxValue - 1 : moment + time.Ticks;

    public long ToMoment(DateTimeOffset wall) => Now + (wall - timeProvider.GetUtcNow()).Ticks;

    public DateTimeOffset ToWall(long moment) => timeProvider.GetUtcNow().AddTicks(moment - Now);
}
