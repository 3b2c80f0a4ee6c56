namespace KvEmbedded.Engine;

/// <summary>
/// The one clock of a keyspace, over its <see cref="TimeProvider"/>. A moment is a number of units of 100 ns since the
/// clock was made, plus 1; every deadline, lease and wait is kept as a moment, so that moving the wall clock touches none
/// of them. Wall-clock times are translated where they come in and go out.
/// </summary>
/// <remarks>
/// <para>
/// The difference of wall and moment is sampled at each translation, but the one in use is kept until the two are more than
/// 100 ms apart. So a time that was set reads back as exactly the same one, the small corrections of a time service are
/// invisible, and after a real move of the wall the next translation follows it.
/// </para>
/// <para>
/// Safe for concurrent use. The system's provider is trusted never to go back. Any other is watched: when it steps back
/// (<c>FakeTimeProvider.AdjustTime</c> moves its timestamps too), moments go on from the last one answered. A step forward of
/// such a provider cannot be told from time passing.
/// </para>
/// </remarks>
internal sealed class Clock
{
    /// <summary>Later than every moment: what never expires has it as its deadline.</summary>
    public const long Never = long.MaxValue;

    /// <summary>The last moment there is; sums and translations end here.</summary>
    public const long LastMoment = long.MaxValue - 1;

    private const long UnitsPerSecond = TimeSpan.TicksPerSecond;
    private const long KeptOffsetError = 100 * TimeSpan.TicksPerMillisecond;
    private const long SampleTimeMax = TimeSpan.TicksPerMillisecond;
    private const int SampleAttempts = 4;

    private readonly long frequency, start;
    private readonly bool isWatched;

    /// <summary>Only of a watched provider: the greatest moment answered, and what its steps back add up to.</summary>
    private long latest, stepsBack;

    /// <summary>Wall-clock ticks minus moment, as in use.</summary>
    private long offset;

    /// <exception cref="ArgumentException">The provider's timestamps have no frequency.</exception>
    public Clock(TimeProvider provider)
    {
        Provider = provider;
        frequency = provider.TimestampFrequency;
        if (frequency <= 0)
        {
            throw new ArgumentException(
                $"The time provider counts {frequency} timestamps a second; at least 1 is needed.", nameof(provider));
        }

        isWatched = !ReferenceEquals(provider, TimeProvider.System);
        start = provider.GetTimestamp();
        offset = SampleOffset();
    }

    /// <summary>Where the time comes from; timers are made here.</summary>
    public TimeProvider Provider { get; }

    /// <summary>The present moment, at least 1; never less than one answered before.</summary>
    public long Now => isWatched ? WatchedNow() : Elapsed() + 1;

    /// <summary>The wall-clock time now in whole Unix milliseconds, rounded down: for what is no deadline, as no moment belongs to it.</summary>
    public long UnixMilliseconds => Provider.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The moment a time after another one, or before it; <see cref="LastMoment"/> if that is too far.</summary>
    public static long Add(long moment, TimeSpan time)
    {
        var sum = unchecked(moment + time.Ticks);
        if (time.Ticks >= 0) return sum < moment ? LastMoment : Math.Min(sum, LastMoment);
        return sum > moment ? long.MinValue : Math.Min(sum, LastMoment);
    }

    /// <summary>The moment of a wall-clock time, in the past or the future.</summary>
    public long ToMoment(DateTimeOffset wall) => wall.UtcTicks - Offset();

    /// <summary>The moment of a wall-clock time in Unix milliseconds; the first or last moment if it is further than that.</summary>
    public long ToMoment(long unixMilliseconds) => (long)Int128.Clamp(
        ((Int128)unixMilliseconds * TimeSpan.TicksPerMillisecond) + DateTime.UnixEpoch.Ticks - Offset(), long.MinValue, LastMoment);

    /// <summary>The wall-clock time of a moment, in UTC; the first or last there is if it is further than that.</summary>
    public DateTimeOffset ToWall(long moment) => new(
        (long)Int128.Clamp((Int128)moment + Offset(), DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);

    /// <summary>Units of 100 ns since the start, rounded down, in whole numbers alone.</summary>
    private long Elapsed()
    {
        var elapsed = Provider.GetTimestamp() - start;
        return frequency switch
        {
            1_000_000_000 => elapsed / 100,
            UnitsPerSecond => elapsed,
            _ => Scale(elapsed),
        };
    }

    private long Scale(long elapsed)
    {
        var (seconds, rest) = Math.DivRem(elapsed, frequency);
        var units = frequency <= long.MaxValue / UnitsPerSecond
            ? rest * UnitsPerSecond / frequency
            : (long)((Int128)rest * UnitsPerSecond / frequency);
        return (seconds * UnitsPerSecond) + units;
    }

    private long WatchedNow()
    {
        while (true)
        {
            // In this order: a timestamp that is read last and is still behind has truly gone back.
            var seen = Volatile.Read(ref latest);
            var added = Volatile.Read(ref stepsBack);
            var moment = Elapsed() + 1 + added;
            if (moment == seen) return moment;
            if (moment < seen)
                Interlocked.CompareExchange(ref stepsBack, added + seen - moment, added);
            else if (Interlocked.CompareExchange(ref latest, moment, seen) == seen)
                return moment;
        }
    }

    private long Offset()
    {
        var kept = Volatile.Read(ref offset);
        var sampled = SampleOffset();
        if (Math.Abs(sampled - kept) <= KeptOffsetError) return kept;
        Volatile.Write(ref offset, sampled);
        return sampled;
    }

    /// <summary>Reads both clocks together; again if the thread was held up in between.</summary>
    private long SampleOffset()
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = Now;
            var wall = Provider.GetUtcNow().UtcTicks;
            var taken = Now - before;
            if (taken <= SampleTimeMax || attempt == SampleAttempts) return wall - before - (taken / 2);
        }
    }
}
