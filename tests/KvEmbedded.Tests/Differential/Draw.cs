namespace KvEmbedded.Tests.Differential;

/// <summary>
/// Draws from a tiny world: few keys that all types share, so that wrong types happen; short texts, many of them nearly
/// numbers; numbers that are small or extreme; ends of life so far away that real time does not matter.
/// </summary>
internal sealed class Draw(int seed)
{
    /// <summary>Times to live are multiples of this, and are compared as such.</summary>
    public static readonly TimeSpan TimeUnit = TimeSpan.FromDays(10);

    public static readonly KvKey[] Keys = ["a", "b", "a[b]", ""];

    /// <summary>Moments count from here.</summary>
    private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;

    private static readonly KvValue[] Values =
    [
        "", "a", "b", "abc", "acbd", "bca", "0", "7", "-3", "3.5", "-0", "007", "+5", " 7", "7 ", "1e3", "inf", "nan", ".5", "5.", "-",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "12345678901234567890123",
        new byte[] { 0, 255, 128 }, new string('x', 45), new string('y', 300), string.Concat(Enumerable.Repeat("abcdefgh", 700)),
    ];

    private readonly Random random = new(seed);
    private int times;

    public int Number(int min, int max) => random.Next(min, max + 1);

    public bool Chance(int percent) => random.Next(100) < percent;

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[random.Next(choices.Length)];

    public T Any<T>() where T : struct, Enum => Of(Enum.GetValues<T>().AsSpan());

    public KvKey Key() => Of(Keys.AsSpan());

    public KvKey[] SomeKeys() => Many(1, 4, Key);

    public KvValue Value() => Of(Values.AsSpan());

    public T[] Many<T>(int min, int max, Func<T> draw)
    {
        var many = new T[Number(min, max)];
        for (var i = 0; i < many.Length; i++) many[i] = draw();
        return many;
    }

    public long Integer() => Chance(85) ? Number(-20, 20) : Of(long.MaxValue, long.MinValue, long.MaxValue - 5, long.MinValue + 5, 1L << 53);

    /// <summary>One end of a range: a position from the start, or from the end, often outside.</summary>
    public Index Index() => new(Chance(90) ? Number(0, 8) : Of(300, 5_000, int.MaxValue), Chance(40));

    public Range Range() => new(Index(), Index());

    /// <summary>
    /// A time to live. No two of a script are equal, nor so close that the time between two commands could put them in
    /// another order.
    /// </summary>
    public TimeSpan TimeToLive() => TimeUnit * Number(1, 4) + TimeSpan.FromMinutes(++times);

    public DateTimeOffset Moment() => Chance(85) ? Start + TimeToLive() : Start - TimeToLive();

    /// <summary>When a written key shall expire, as we and as Redis say it.</summary>
    public (Expiration Value, KvValue[] Words) Expiration()
    {
        switch (Number(0, 5))
        {
            case 0:
                return (KvEmbedded.Expiration.Keep, ["KEEPTTL"]);
            case 1:
                var timeToLive = TimeToLive();
                return (timeToLive, ["PX", Milliseconds(timeToLive)]);
            case 2:
                var moment = Moment();
                return (moment, ["PXAT", Milliseconds(moment)]);
            default:
                return (KvEmbedded.Expiration.Never, []);
        }
    }

    public (SetWhen Value, KvValue[] Words) SetWhen() => Number(0, 5) switch
    {
        0 => (KvEmbedded.SetWhen.Missing, ["NX"]),
        1 => (KvEmbedded.SetWhen.Present, ["XX"]),
        _ => (KvEmbedded.SetWhen.Always, []),
    };

    public static long Milliseconds(TimeSpan time) => (long)time.TotalMilliseconds;

    public static long Milliseconds(DateTimeOffset moment) => moment.ToUnixTimeMilliseconds();

    public static KvValue Word(KvKey key) => key.ToArray();

    public static KvValue[] Words(IEnumerable<KvKey> keys) => keys.Select(Word).ToArray();
}
