using System.Diagnostics.Metrics;
using KvEmbedded.Engine;
using Microsoft.Extensions.Logging;

namespace KvEmbedded;

/// <summary>How a keyspace is set up. Checked once, when it is made; all faults are reported at once.</summary>
public sealed class KeyspaceOptions
{
    internal const string DefaultName = "default";

    /// <summary>What the keyspace is called in logs, metrics and traces; keyspaces of one process should differ in it. Default "default".</summary>
    public string Name { get; set; } = DefaultName;

    /// <summary>The one clock: every time to live, wait and idle time reads it. Default <see cref="System.TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider
    {
        get;
        set
        {
            field = value;
            HasOwnTimeProvider = true;
        }
    } = TimeProvider.System;

    /// <summary>Seed of every random pick (random keys and members); null draws one. Default null.</summary>
    public int? RandomSeed { get; set; }

    /// <summary>Where the keyspace writes its log; null writes none. Default null.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Makes the meter of the keyspace's metrics; null uses one that all such keyspaces of the process share. Default null.</summary>
    public IMeterFactory? MeterFactory { get; set; }

    /// <summary>Most commands that may wait for the loop, in commands. Range 1 to 16,777,216; default 1,048,576.</summary>
    /// <remarks>One more is refused with <see cref="KeyspaceOverloadedException"/>.</remarks>
    public int InboxCapacity { get; set; } = 1_048_576;

    /// <summary>Most commands one thread runs for others before it hands the loop on, in commands. Range 1 to 65,536; default 128.</summary>
    public int CommandsPerHoldMax { get; set; } = 128;

    /// <summary>Most callers parked in blocking operations, in callers. Range 1 to 16,777,216; default 2,097,152.</summary>
    /// <remarks>One more is refused with <see cref="KeyspaceOverloadedException"/>.</remarks>
    public int WaitersMax { get; set; } = 2_097_152;

    /// <summary>Most expired keys removed in one turn, in keys. Range 1 to 100,000; default 200.</summary>
    public int ExpiredKeysPerTurnMax { get; set; } = 200;

    /// <summary>Longest value of a string, in bytes. Range 1 to 536,870,912 (512 MiB); default 536,870,912.</summary>
    public int ValueLengthMax { get; set; } = 536_870_912;

    /// <summary>Memory for keys and values, in bytes; null is unlimited. Range 1 MiB and up; default null.</summary>
    /// <remarks>When it is used up, commands that would grow the keyspace fail with <see cref="MemoryLimitException"/>.
    /// Some 33 bytes for each time to live, what waits in buffers, and what calls under way take are not counted.</remarks>
    public long? MemoryLimitBytes { get; set; }

    /// <summary>Events or messages buffered for a subscriber that is behind, in events. Range 1 to 16,777,216; default 4,096.</summary>
    public int EventBufferCapacity { get; set; } = 4_096;

    /// <summary>
    /// Commands that may run long are noted in the slow log when they take at least this. Range 0 to 1 hour;
    /// default 10 ms; <see cref="Timeout.InfiniteTimeSpan"/> turns the log off.
    /// </summary>
    public TimeSpan SlowLogThreshold { get; set; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Entries the slow log keeps, the newest ones, in entries. Range 1 to 65,536; default 128.</summary>
    public int SlowLogCapacity { get; set; } = 128;

    /// <summary>
    /// A command or transaction body that holds the loop this long is reported as a stall. Range 1 ms to 1 hour;
    /// default 100 ms; <see cref="Timeout.InfiniteTimeSpan"/> turns the detection off.
    /// </summary>
    public TimeSpan StallThreshold { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>True if somebody has chosen the clock, be it the default one.</summary>
    internal bool HasOwnTimeProvider { get; private set; }

    /// <summary>Where continuations and hand-overs run; a simulation sets its own.</summary>
    internal CommandScheduler Scheduler { get; set; } = CommandScheduler.Pool;

    /// <summary>These options as they are now, for a keyspace to keep.</summary>
    internal KeyspaceOptions Copy() => (KeyspaceOptions)MemberwiseClone();
}
