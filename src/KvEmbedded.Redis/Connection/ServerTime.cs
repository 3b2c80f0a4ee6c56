namespace KvEmbedded.Redis.Connection;

/// <summary>Times as the server counts them: whole milliseconds.</summary>
internal static class ServerTime
{
    /// <summary>Rounded up, so that nothing ends sooner than was asked for; what is over already is 0.</summary>
    public static long Milliseconds(TimeSpan time)
    {
        var (whole, rest) = Math.DivRem(time.Ticks, TimeSpan.TicksPerMillisecond);
        return Math.Max(0, rest > 0 ? whole + 1 : whole);
    }

    /// <summary>As <see cref="Milliseconds(TimeSpan)"/> for a field of a hash: a server counts those up to 2^48 only, now included.</summary>
    public static long FieldMilliseconds(TimeSpan time) => Math.Min(Milliseconds(time), 1L << 47);

    /// <summary>Unix milliseconds, at least 1: the server takes no others, and all moments before now mean the same.</summary>
    public static long Milliseconds(DateTimeOffset moment) => Math.Max(1, moment.ToUnixTimeMilliseconds());

    /// <summary>What is left of a life that PTTL tells; null if it has no end, or there is no such key.</summary>
    public static TimeSpan? Left(long milliseconds) =>
        milliseconds < 0 ? null : TimeSpan.FromTicks(Math.Max(1, milliseconds * TimeSpan.TicksPerMillisecond));

    /// <summary>The moment that PEXPIRETIME and its kin tell; the last there is if that comes later.</summary>
    public static DateTimeOffset Moment(long milliseconds) =>
        milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : DateTimeOffset.MaxValue;

    /// <summary>In the words of SET.</summary>
    public static string[] WordsOf(Expiration expiration) => expiration switch
    {
        { TimeToLive: { } time } => ["PX", Text(Milliseconds(time))],
        { Moment: { } moment } => ["PXAT", Text(Milliseconds(moment))],
        { IsKeep: true } => ["KEEPTTL"],
        _ => [],
    };

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
