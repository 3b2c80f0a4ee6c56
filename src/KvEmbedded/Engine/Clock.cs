namespace KvEmbedded.Engine;

/// <summary>
/// The one clock (DESIGN D7). Moments are counted in units of 100 ns from its making, on the monotonic side of the
/// <see cref="TimeProvider"/>: whoever sets the wall clock moves none of them.
/// </summary>
internal sealed class Clock(TimeProvider timeProvider)
{
    private readonly long start = timeProvider.GetTimestamp();

    /// <summary>The moment that it is; never 0.</summary>
    public long Now => timeProvider.GetElapsedTime(start).Ticks + 1;

    /// <summary>The moment <paramref name="time"/> after another (or before it); the last one there is where that is too far.</summary>
    public static long Add(long moment, TimeSpan time) =>
        time.Ticks > 0 && moment > long.MaxValue - 1 - time.Ticks ? long.MaxValue - 1 : moment + time.Ticks;

    /// <summary>The moment at which the wall clock, if nobody sets it, will show <paramref name="wall"/>.</summary>
    public long ToMoment(DateTimeOffset wall) => Now + (wall - timeProvider.GetUtcNow()).Ticks;

    /// <summary>What the wall clock, if nobody sets it, will show at a moment; the last date there is where that is too far.</summary>
    public DateTimeOffset ToWall(long moment)
    {
        var wall = timeProvider.GetUtcNow();
        var ahead = moment - Now;
        return ahead < DateTimeOffset.MaxValue.UtcTicks - wall.UtcTicks ? wall.AddTicks(ahead) : DateTimeOffset.MaxValue;
    }
}
