using System.Globalization;

namespace KvEmbedded;

/// <summary>The ranges of <see cref="KeyspaceOptions"/>, checked together.</summary>
internal static class KeyspaceOptionsValidation
{
    /// <summary>The most that may be buffered, wait or be parked.</summary>
    internal const int CountMax = 16_777_216;

    private static readonly TimeSpan HourMax = TimeSpan.FromHours(1);

    /// <exception cref="ArgumentException">At least one option is out of its range; the text names all that are.</exception>
    public static void Check(KeyspaceOptions options)
    {
        var faults = FaultsOf(options);
        if (faults.Count > 0)
            throw new ArgumentException($"Keyspace options out of range: {string.Join(" ", faults)}", nameof(options));
    }

    /// <summary>One sentence per option that is out of range; empty if all is well.</summary>
    public static List<string> FaultsOf(KeyspaceOptions options)
    {
        var faults = new List<string>();
        if (string.IsNullOrWhiteSpace(options.Name))
            faults.Add($"{nameof(options.Name)} is empty; give one, or leave the default.");
        if (options.TimeProvider is null)
            faults.Add($"{nameof(options.TimeProvider)} is null; give one, such as TimeProvider.System.");
        Within(options.InboxCapacity, 1, CountMax, nameof(options.InboxCapacity));
        Within(options.CommandsPerHoldMax, 1, 65_536, nameof(options.CommandsPerHoldMax));
        Within(options.WaitersMax, 1, CountMax, nameof(options.WaitersMax));
        Within(options.ExpiredKeysPerTurnMax, 1, 100_000, nameof(options.ExpiredKeysPerTurnMax));
        Within(options.ValueLengthMax, 1, 536_870_912, nameof(options.ValueLengthMax));
        if (options.MemoryLimitBytes is { } limit) Within(limit, 1_048_576, long.MaxValue, nameof(options.MemoryLimitBytes));
        Within(options.EventBufferCapacity, 1, CountMax, nameof(options.EventBufferCapacity));
        Within(options.SlowLogCapacity, 1, 65_536, nameof(options.SlowLogCapacity));
        Lasting(options.SlowLogThreshold, TimeSpan.Zero, nameof(options.SlowLogThreshold));
        Lasting(options.StallThreshold, TimeSpan.FromMilliseconds(1), nameof(options.StallThreshold));
        return faults;

        void Within(long value, long min, long max, string name)
        {
            if (value < min || value > max)
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; the range is {min} to {max}."));
        }

        void Lasting(TimeSpan value, TimeSpan min, string name)
        {
            if (value != Timeout.InfiniteTimeSpan && (value < min || value > HourMax))
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; the range is {min} to {HourMax}, or Timeout.InfiniteTimeSpan."));
        }
    }
}
