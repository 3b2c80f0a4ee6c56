namespace KvEmbedded.Tests.Streams;

/// <summary>What is said about wrong arguments, word for word.</summary>
public sealed class StreamArgumentTests
{
    [Fact]
    public async Task Of_a_group()
    {
        await using var world = new StreamWorld();
        var group = world["a"].Group("g");

        const string Idle = "An idle time must not be negative. Zero asks for all. (Parameter 'minIdle')";
        var minIdle = TimeSpan.FromTicks(-1);
        Says<ArgumentOutOfRangeException>(Idle, () => _ = group.ReadOrClaimAsync("c", minIdle));
        Says<ArgumentOutOfRangeException>(Idle, () => _ = group.ClaimAsync("c", [new(1)], minIdle));
        Says<ArgumentOutOfRangeException>(Idle, () => _ = group.AutoClaimAsync("c", minIdle));
        Says<ArgumentException>(
            "Idle and DeliveredAt say the same thing in two ways. Set one of them. (Parameter 'options')",
            () => _ = group.ClaimAsync("c", [new(1)], TimeSpan.Zero, new ClaimOptions { Idle = TimeSpan.Zero, DeliveredAt = DateTimeOffset.UnixEpoch }));
        foreach (var options in (ClaimOptions[])[new() { Idle = minIdle }, new() { DeliveryCount = -1 }])
        {
            Says<ArgumentOutOfRangeException>(
                "Neither an idle time nor a count of deliveries may be negative. (Parameter 'options')",
                () => _ = group.ClaimAsync("c", [new(1)], TimeSpan.Zero, options));
        }

        Says<ArgumentException>("At least one id is needed. (Parameter 'ids')", () => _ = group.AcknowledgeAsync([]));
        await SaysAsync<ArgumentOutOfRangeException>(
            "A number of entries must not be negative. Null is not known. (Parameter 'entriesRead')", () => group.SetPositionAsync(default, -1));
        const string Newest = "A group begins at the beginning, behind an id, or with what is new. Read the newest entry by itself. (Parameter 'from')";
        await SaysAsync<ArgumentException>(Newest, () => group.CreateAsync(StreamPosition.Newest));
        await SaysAsync<ArgumentException>(Newest, () => group.SetPositionAsync(StreamPosition.Newest));
    }

    [Fact]
    public void Of_options()
    {
        Says<ArgumentOutOfRangeException>(
            "A number of entries must not be negative. Null is not known. (Parameter 'value')", () => _ = new GroupCreation { EntriesRead = -1 });
        Says<ArgumentOutOfRangeException>(
            "A number of entries must not be negative. Null leaves it. (Parameter 'value')", () => _ = new StreamCounters { EntriesAdded = -1 });
        Says<ArgumentOutOfRangeException>(
            "An idle time must not be negative. Zero asks for all. (Parameter 'value')", () => _ = new PendingQuery { MinIdle = TimeSpan.FromTicks(-1) });
        Says<ArgumentOutOfRangeException>("At least one entry must be asked for. (Parameter 'value')", () => _ = new PendingQuery { Count = 0 });
        Says<ArgumentOutOfRangeException>("At least one entry must be asked for. (Parameter 'value')", () => _ = new GroupReadOptions { Count = 0 });
        Says<ArgumentOutOfRangeException>(
            "The first id an entry can have is 0-1. Give a greater one. (Parameter 'id')", () => _ = NewStreamId.Exactly(StreamId.MinValue));
    }

    [Fact]
    public async Task Of_streams()
    {
        await using var world = new StreamWorld();
        Says<ArgumentException>("At least one id is needed. (Parameter 'ids')", () => _ = world["a"].RemoveAsync([]));
        Says<ArgumentException>("At least one field is needed. (Parameter 'fields')", () => _ = world["a"].AddAsync([]));
        await SaysAsync<ArgumentException>(
            "A stream can be followed from one place only. (Parameter 'places')",
            async () => await world.Keyspace.Streams.FollowAsync([new("a", default), new("a", new StreamId(1))]).FirstAsync());
        await SaysAsync<ArgumentOutOfRangeException>(
            "A page must have 1 to 10000 entries. Choose a size in this range. (Parameter 'pageSize')",
            async () => await world["a"].ScanAsync(pageSize: 10_001).FirstAsync());
    }

    [Fact]
    public void Of_ids()
    {
        Says<OverflowException>("There is no stream id after the last one. Ask for Next of smaller ids only.", () => _ = StreamId.MaxValue.Next);
        Says<OverflowException>("There is no stream id before 0-0. Ask for Previous of greater ids only.", () => _ = StreamId.MinValue.Previous);
        IComparable id = new StreamId(5);
        Says<ArgumentException>("A stream id cannot be compared with a String. (Parameter 'obj')", () => _ = id.CompareTo("5-0"));
        Assert.Equal((1, 0), (id.CompareTo(null), id.CompareTo(new StreamId(5))));
    }

    private static void Says<TError>(string text, Action wrong) where TError : Exception => Assert.Equal(text, TextOf(Assert.Throws<TError>(wrong)));

    private static async Task SaysAsync<TError>(string text, Func<ValueTask> wrong) where TError : Exception =>
        Assert.Equal(text, TextOf(await Assert.ThrowsAsync<TError>(async () => await wrong())));

    /// <summary>Without the line that tells the value.</summary>
    private static string TextOf(Exception error) => error.Message.Split(Environment.NewLine)[0];
}
