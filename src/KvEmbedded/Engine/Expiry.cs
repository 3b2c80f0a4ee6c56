namespace KvEmbedded.Engine;

/// <summary>When a key ends, and which timer will end it. Whoever keeps it never compares it with a clock.</summary>
/// <param name="Deadline">Moment on the monotonic clock in 100 ns ticks; <see cref="NoDeadline"/> means never.</param>
/// <param name="Timer">The timer wheel's id; <see cref="NoTimer"/> means none.</param>
internal readonly record struct Expiry(long Deadline, int Timer)
{
    public const long NoDeadline = long.MaxValue;
    public const int NoTimer = -1;

    /// <summary>The key stays until it is removed.</summary>
    public static Expiry Never => new(NoDeadline, NoTimer);

    public bool IsNever => Deadline == NoDeadline && Timer == NoTimer;
}
