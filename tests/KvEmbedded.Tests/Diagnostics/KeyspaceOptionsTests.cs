namespace KvEmbedded.Tests.Diagnostics;

public sealed class KeyspaceOptionsTests
{
    public static TheoryData<Action<KeyspaceOptions>, string> Faults => new()
    {
        { o => o.Name = " ", "Name is empty; give one, or leave the default." },
        { o => o.TimeProvider = null!, "TimeProvider is null; give one, such as TimeProvider.System." },
        { o => o.InboxCapacity = 0, "InboxCapacity is 0; the range is 1 to 16777216." },
        { o => o.InboxCapacity = 16_777_217, "InboxCapacity is 16777217; the range is 1 to 16777216." },
        { o => o.CommandsPerHoldMax = 0, "CommandsPerHoldMax is 0; the range is 1 to 65536." },
        { o => o.CommandsPerHoldMax = 65_537, "CommandsPerHoldMax is 65537; the range is 1 to 65536." },
        { o => o.WaitersMax = 0, "WaitersMax is 0; the range is 1 to 16777216." },
        { o => o.WaitersMax = int.MaxValue, "WaitersMax is 2147483647; the range is 1 to 16777216." },
        { o => o.ExpiredKeysPerTurnMax = 0, "ExpiredKeysPerTurnMax is 0; the range is 1 to 100000." },
        { o => o.ExpiredKeysPerTurnMax = 100_001, "ExpiredKeysPerTurnMax is 100001; the range is 1 to 100000." },
        { o => o.ValueLengthMax = 0, "ValueLengthMax is 0; the range is 1 to 536870912." },
        { o => o.ValueLengthMax = 536_870_913, "ValueLengthMax is 536870913; the range is 1 to 536870912." },
        { o => o.MemoryLimitBytes = 1_048_575, "MemoryLimitBytes is 1048575; the range is 1048576 to 9223372036854775807." },
        { o => o.EventBufferCapacity = 0, "EventBufferCapacity is 0; the range is 1 to 16777216." },
        { o => o.EventBufferCapacity = 16_777_217, "EventBufferCapacity is 16777217; the range is 1 to 16777216." },
        { o => o.SlowLogCapacity = 0, "SlowLogCapacity is 0; the range is 1 to 65536." },
        { o => o.SlowLogCapacity = 65_537, "SlowLogCapacity is 65537; the range is 1 to 65536." },
        { o => o.SlowLogThreshold = TimeSpan.FromSeconds(-1),
            "SlowLogThreshold is -00:00:01; the range is 00:00:00 to 01:00:00, or Timeout.InfiniteTimeSpan." },
        { o => o.SlowLogThreshold = TimeSpan.FromHours(2),
            "SlowLogThreshold is 02:00:00; the range is 00:00:00 to 01:00:00, or Timeout.InfiniteTimeSpan." },
        { o => o.StallThreshold = TimeSpan.Zero,
            "StallThreshold is 00:00:00; the range is 00:00:00.0010000 to 01:00:00, or Timeout.InfiniteTimeSpan." },
        { o => o.StallThreshold = TimeSpan.FromHours(2),
            "StallThreshold is 02:00:00; the range is 00:00:00.0010000 to 01:00:00, or Timeout.InfiniteTimeSpan." },
    };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Faults))]
    public void An_option_out_of_its_range_is_refused_with_its_name_value_and_range(Action<KeyspaceOptions> spoil, string fault)
    {
        var options = new KeyspaceOptions();
        spoil(options);

        var exception = Assert.Throws<ArgumentException>(() => new Keyspace(options));

        Assert.Equal($"Keyspace options out of range: {fault} (Parameter 'options')", exception.Message);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var options = new KeyspaceOptions { Name = "" };
        options.TimeProvider = null!;
        options.InboxCapacity = options.CommandsPerHoldMax = options.WaitersMax = options.ExpiredKeysPerTurnMax = -1;
        options.ValueLengthMax = options.EventBufferCapacity = options.SlowLogCapacity = -1;
        options.MemoryLimitBytes = -1;
        options.SlowLogThreshold = options.StallThreshold = TimeSpan.FromHours(2);

        var text = Assert.Throws<ArgumentException>(() => new Keyspace(options)).Message;

        Assert.All(
            typeof(KeyspaceOptions).GetProperties().Select(property => property.Name)
                .Except(["RandomSeed", "LoggerFactory", "MeterFactory"]),
            name => Assert.Contains($"{name} is ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Options_at_the_ends_of_their_ranges_are_taken()
    {
        using var smallest = new Keyspace(new KeyspaceOptions
        {
            Name = "x", InboxCapacity = 1, CommandsPerHoldMax = 1, WaitersMax = 1, ExpiredKeysPerTurnMax = 1, ValueLengthMax = 1,
            MemoryLimitBytes = 1_048_576, EventBufferCapacity = 1, SlowLogCapacity = 1, SlowLogThreshold = TimeSpan.Zero,
            StallThreshold = TimeSpan.FromMilliseconds(1),
        });
        using var largest = new Keyspace(new KeyspaceOptions
        {
            InboxCapacity = 16_777_216, CommandsPerHoldMax = 65_536, WaitersMax = 16_777_216, ExpiredKeysPerTurnMax = 100_000,
            ValueLengthMax = 536_870_912, MemoryLimitBytes = long.MaxValue, EventBufferCapacity = 16_777_216,
            SlowLogCapacity = 65_536, SlowLogThreshold = TimeSpan.FromHours(1), StallThreshold = TimeSpan.FromHours(1),
        });
        using var off = new Keyspace(new KeyspaceOptions
        {
            SlowLogThreshold = Timeout.InfiniteTimeSpan, StallThreshold = Timeout.InfiniteTimeSpan, MemoryLimitBytes = null,
        });
    }

    [Fact]
    public async Task Options_are_read_once_and_later_changes_have_no_effect()
    {
        var options = new KeyspaceOptions { ValueLengthMax = 10 };
        await using var keyspace = new Keyspace(options);

        options.ValueLengthMax = 1_000;

        Assert.Throws<ValueTooLongException>(() => { _ = keyspace.Strings.SetAsync("k", new byte[11]); });
    }
}
