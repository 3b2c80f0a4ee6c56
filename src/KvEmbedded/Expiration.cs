using KvEmbedded.Engine;

namespace KvEmbedded;

/// <summary>When a written key shall expire: never, as before, after a time to live, or at a moment.</summary>
/// <remarks>Made implicitly from a <see cref="TimeSpan"/> or a <see cref="DateTimeOffset"/>. The default is never.</remarks>
public readonly struct Expiration : IEquatable<Expiration>
{
    private readonly ExpirationForm form;
    private readonly long ticks;

    private Expiration(ExpirationForm form, long ticks)
    {
        this.form = form;
        this.ticks = ticks;
    }

    /// <summary>The key does not expire; a time to live it had is taken away.</summary>
    public static Expiration Never => default;

    /// <summary>The key keeps the time to live it has, if any (KEEPTTL).</summary>
    public static Expiration Keep => new(ExpirationForm.Keep, 0);

    /// <summary>The key expires after <paramref name="timeToLive"/> (EX, PX). Resolution 100 ns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than zero.</exception>
    public static Expiration In(TimeSpan timeToLive) => timeToLive > TimeSpan.Zero
        ? new Expiration(ExpirationForm.In, timeToLive.Ticks)
        : throw new ArgumentOutOfRangeException(nameof(timeToLive), timeToLive,
            "A time to live must be greater than zero. To remove a key, delete it.");

    /// <summary>The key expires at <paramref name="moment"/> of the wall clock (EXAT, PXAT); a past moment removes it at once.</summary>
    public static Expiration At(DateTimeOffset moment) => new(ExpirationForm.At, moment.UtcTicks);

    /// <summary>As <see cref="In"/>.</summary>
    public static implicit operator Expiration(TimeSpan timeToLive) => In(timeToLive);

    /// <summary>As <see cref="At"/>.</summary>
    public static implicit operator Expiration(DateTimeOffset moment) => At(moment);

    internal bool IsKeep => form == ExpirationForm.Keep;

    internal bool IsNever => form == ExpirationForm.Never;

    /// <summary>The time to live, if it is one.</summary>
    internal TimeSpan? TimeToLive => form == ExpirationForm.In ? new TimeSpan(ticks) : null;

    /// <summary>The moment of the wall clock, if it is one.</summary>
    internal DateTimeOffset? Moment => form == ExpirationForm.At ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>The moment on the keyspace's own clock, for all forms but <see cref="Keep"/>.</summary>
    internal long Deadline(Clock clock, long now) => form switch
    {
        ExpirationForm.In => Clock.Add(now, new TimeSpan(ticks)),
        ExpirationForm.At => clock.ToMoment(new DateTimeOffset(ticks, TimeSpan.Zero)),
        _ => long.MaxValue,
    };

    /// <inheritdoc/>
    public bool Equals(Expiration other) => form == other.form && ticks == other.ticks;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Expiration other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(form, ticks);

    /// <inheritdoc/>
    public override string ToString() => form switch
    {
        ExpirationForm.In => $"in {new TimeSpan(ticks)}",
        ExpirationForm.At => $"at {new DateTimeOffset(ticks, TimeSpan.Zero):O}",
        ExpirationForm.Keep => "as before",
        _ => "never",
    };

    /// <summary>True if both say the same.</summary>
    public static bool operator ==(Expiration left, Expiration right) => left.Equals(right);

    /// <summary>True if they say different things.</summary>
    public static bool operator !=(Expiration left, Expiration right) => !left.Equals(right);

    private enum ExpirationForm
    {
        Never,
        Keep,
        In,
        At,
    }
}
