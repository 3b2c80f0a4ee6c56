namespace KvEmbedded.Conformance;

/// <summary><see cref="IConsumerGroup"/> and reads of several streams by groups, but reads that wait.</summary>
public abstract class ConsumerGroupContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly StreamId One = new(1), Two = new(2), Three = new(3);

    private static string Text(IEnumerable<StreamEntry> entries) =>
        string.Join(' ', entries.Select(entry => entry.IsRemoved ? $"{entry.Id}!" : entry.Id.ToString()));

    private static async ValueTask FillAsync(IStream stream, int count = 5)
    {
        for (var i = 1; i <= count; i++) await stream.AddAsync([new("n", i)], new StreamAddOptions { Id = new StreamId((ulong)i) });
    }

    /// <summary>Entries 1-0 to 5-0, and a group that begins with the first.</summary>
    private static async ValueTask<IConsumerGroup> MakeAsync(IKeyspace keyspace, string key = "a")
    {
        await FillAsync(keyspace.Stream(key));
        var group = keyspace.Stream(key).Group("g");
        await group.CreateAsync(StreamPosition.Beginning);
        return group;
    }

    private static async ValueTask<string> PendingAsync(IConsumerGroup group, PendingQuery? query = null) =>
        string.Join(' ', (await group.GetPendingAsync(query)).Select(entry => $"{entry.Id}:{entry.Consumer}:{entry.DeliveryCount}"));

    [Fact]
    public Task Each_entry_is_delivered_to_one_consumer_and_pending_until_it_is_acknowledged() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);

        Assert.Equal("1-0 2-0", Text(await group.ReadAsync("alice", 2)));
        Assert.Equal("3-0 4-0 5-0", Text(await group.ReadAsync("bob")));
        Assert.Empty(await group.ReadAsync("alice"));
        Assert.Equal("1-0:alice:1 2-0:alice:1 3-0:bob:1 4-0:bob:1 5-0:bob:1", await PendingAsync(group));

        Assert.True(await group.AcknowledgeAsync(One));
        Assert.False(await group.AcknowledgeAsync(One));
        Assert.Equal(2, await group.AcknowledgeAsync([Two, Three, One]));
        var summary = await group.GetPendingSummaryAsync();
        Assert.Equal((2, new StreamId(4), new StreamId(5)), (summary.Count, summary.FirstId!.Value, summary.LastId!.Value));
        Assert.Equal([new PendingConsumer("bob", 2)], summary.Consumers);
        Assert.False(await keyspace.Stream("a").Group("missing").AcknowledgeAsync(One));
    });

    [Fact]
    public Task A_group_begins_where_it_is_told_and_can_be_moved() => RunAsync(async keyspace =>
    {
        var stream = keyspace.Stream("a");
        await FillAsync(stream);
        await stream.Group("all").CreateAsync(StreamPosition.Beginning);
        await stream.Group("new").CreateAsync(StreamPosition.New);
        await stream.Group("some").CreateAsync(Three);

        Assert.Equal(5, (await stream.Group("all").ReadAsync("c")).Length);
        Assert.Empty(await stream.Group("new").ReadAsync("c"));
        Assert.Equal("4-0 5-0", Text(await stream.Group("some").ReadAsync("c")));
        await stream.Group("new").SetPositionAsync(new StreamId(4));
        Assert.Equal("5-0", Text(await stream.Group("new").ReadAsync("c")));
        Assert.Equal(["all", "new", "some"], (await stream.GetGroupsAsync()).Select(info => info.Name.ToString()));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await stream.Group("x").CreateAsync(StreamPosition.Newest));
    });

    [Fact]
    public Task Groups_are_created_once_and_removed_once() => RunAsync(async keyspace =>
    {
        var group = keyspace.Stream("a").Group("g");
        Assert.Equal(("a", "g"), (group.Key.ToString()[^1..], group.Name.ToString()));
        await Assert.ThrowsAsync<NoSuchStreamException>(async () => await group.CreateAsync(default, new GroupCreation { CreatesStream = false }));
        Assert.False(await keyspace.Keys.ExistsAsync("a"));

        await group.CreateAsync(StreamPosition.New);
        Assert.True(await keyspace.Keys.ExistsAsync("a"));
        Assert.Equal("g", (await Assert.ThrowsAsync<GroupExistsException>(async () => await group.CreateAsync(default))).Group.ToString());
        Assert.False(await group.TryCreateAsync(default));
        Assert.True(await keyspace.Stream("a").Group("h").TryCreateAsync(default));
        Assert.True(await group.DestroyAsync());
        Assert.False(await group.DestroyAsync());
        Assert.False(await keyspace.Stream("missing").Group("g").DestroyAsync());
    });

    [Fact]
    public Task A_missing_group_or_stream_is_an_error_of_its_own() => RunAsync(async keyspace =>
    {
        await FillAsync(keyspace.Stream("a"));
        foreach (var group in (IConsumerGroup[])[keyspace.Stream("a").Group("g"), keyspace.Stream("missing").Group("g")])
        {
            var error = await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.ReadAsync("c"));
            Assert.Equal("g", error.Group.ToString());
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.ReadPendingAsync("c"));
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.GetPendingAsync());
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.GetPendingSummaryAsync());
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.GetConsumersAsync());
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.CreateConsumerAsync("c"));
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.DeleteConsumerAsync("c"));
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.SetPositionAsync(default));
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.ClaimAsync("c", [One], TimeSpan.Zero));
            await Assert.ThrowsAsync<NoSuchGroupException>(async () => await group.AutoClaimAsync("c", TimeSpan.Zero));
            Assert.Null(await group.GetInfoAsync());
        }

        await keyspace.Stream("b").Group("g").CreateAsync(default);
        var lacking = await Assert.ThrowsAsync<NoSuchGroupException>(async () => await keyspace.Streams.ReadGroupAsync(["b", "a"], "g", "c"));
        Assert.Equal(keyspace.Stream("a").Key, lacking.Key);
    });

    [Fact]
    public Task A_consumer_reads_its_own_pending_entries_again_removed_ones_without_fields() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        await group.ReadAsync("alice", 3);
        await keyspace.Stream("a").RemoveAsync(Two);

        Assert.Equal("1-0 2-0! 3-0", Text(await group.ReadPendingAsync("alice")));
        Assert.Equal("2-0!", Text(await group.ReadPendingAsync("alice", One, 1)));
        Assert.Empty(await group.ReadPendingAsync("bob"));
        Assert.Equal("1-0:alice:2 2-0:alice:1 3-0:alice:2", await PendingAsync(group));
    });

    [Fact]
    public Task What_is_read_without_acknowledgement_is_not_pending() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);

        Assert.Equal(5, (await group.ReadAsync("alice", acknowledge: Acknowledge.OnRead)).Length);
        Assert.Equal(0, (await group.GetPendingSummaryAsync()).Count);
        Assert.Null((await group.GetPendingSummaryAsync()).FirstId);
    });

    [Fact]
    public Task Several_streams_are_read_by_their_groups_at_once() => RunAsync(async keyspace =>
    {
        await MakeAsync(keyspace, "a");
        await MakeAsync(keyspace, "b");
        var reads = await keyspace.Streams.ReadGroupAsync(["a", "b"], "g", "alice", new GroupReadOptions { Count = 2 });

        Assert.Equal("a: 1-0 2-0, b: 1-0 2-0", string.Join(", ", reads.Select(read => $"{read.Key}: {Text(read.Entries)}")));
        await keyspace.Stream("a").Group("g").ReadAsync("bob");
        Assert.Equal(["b"], (await keyspace.Streams.ReadGroupAsync(["a", "b"], "g", "alice")).Select(read => read.Key.ToString()));
    });

    [Fact]
    public Task Consumers_are_created_by_themselves_or_by_reading_and_take_their_pending_entries_with_them() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        Assert.True(await group.CreateConsumerAsync("bob"));
        Assert.False(await group.CreateConsumerAsync("bob"));
        await group.ReadAsync("alice", 2);
        var consumers = await group.GetConsumersAsync();
        Assert.Equal([("alice", 2L), ("bob", 0L)], consumers.Select(consumer => (consumer.Name.ToString(), consumer.PendingCount)));

        Assert.Equal(2, await group.DeleteConsumerAsync("alice"));
        Assert.Equal(0, await group.DeleteConsumerAsync("alice"));
        Assert.Equal(0, (await group.GetPendingSummaryAsync()).Count);
        Assert.Equal("3-0", Text(await group.ReadAsync("bob", 1)));
    });

    [Fact]
    public Task Pending_entries_are_listed_by_range_consumer_and_count() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        await group.ReadAsync("alice", 3);
        await group.ReadAsync("bob");

        Assert.Equal("2-0:alice:1 3-0:alice:1 4-0:bob:1", await PendingAsync(group, new PendingQuery { Range = StreamRange.Between(Two, new StreamId(4)) }));
        Assert.Equal("4-0:bob:1 5-0:bob:1", await PendingAsync(group, new PendingQuery { Consumer = "bob" }));
        Assert.Equal("1-0:alice:1", await PendingAsync(group, new PendingQuery { Count = 1 }));
        Assert.Equal("", await PendingAsync(group, new PendingQuery { Consumer = "nobody" }));
        Assert.Equal("", await PendingAsync(group, new PendingQuery { MinIdle = TimeSpan.FromHours(1) }));
    });

    [Fact]
    public Task A_claim_sets_times_and_counts_and_may_be_forced() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        await group.ReadAsync("alice", 1);
        await group.ClaimAsync("bob", [One], TimeSpan.Zero, new ClaimOptions { Idle = TimeSpan.FromHours(2), DeliveryCount = 7 });
        Assert.InRange((await group.GetPendingAsync())[0].Idle!.Value, TimeSpan.FromHours(2), TimeSpan.FromHours(2.5));
        await group.ClaimAsync("bob", [One], TimeSpan.Zero, new ClaimOptions { DeliveredAt = DateTimeOffset.UtcNow - TimeSpan.FromHours(3) });
        Assert.InRange((await group.GetPendingAsync())[0].Idle!.Value, TimeSpan.FromHours(2.9), TimeSpan.FromHours(3.5));

        Assert.Empty(await group.ClaimAsync("bob", [Three], TimeSpan.Zero));
        Assert.Equal("3-0", Text(await group.ClaimAsync("bob", [Three, new StreamId(9)], TimeSpan.Zero, new ClaimOptions { Force = true, LastDeliveredId = new StreamId(4) })));
        Assert.Equal("5-0", Text(await group.ReadAsync("carol")));
        Assert.Equal("1-0:bob:8", await PendingAsync(group, new PendingQuery { Range = StreamRange.Exactly(One) }));
    });

    [Fact]
    public Task Claiming_walks_through_all_that_is_pending_and_forgets_what_is_gone() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        await group.ReadAsync("alice");
        await keyspace.Stream("a").RemoveAsync(Two);

        // What is gone is found whatever its idle time.
        var none = await group.AutoClaimAsync("bob", TimeSpan.FromHours(1));
        Assert.Empty(none.Entries);
        Assert.Equal([Two], none.RemovedIds);
        var first = await group.AutoClaimAsync("bob", TimeSpan.Zero, count: 3);
        Assert.Equal("1-0 3-0 4-0", Text(first.Entries));
        Assert.Empty(first.RemovedIds);
        Assert.Equal(new StreamId(5), first.Next);
        var second = await group.AutoClaimIdsAsync("bob", TimeSpan.Zero, first.Next);
        Assert.Equal([new StreamId(5)], second.Ids);
        Assert.Equal(StreamId.MinValue, second.Next);
        Assert.Equal("1-0:bob:2 3-0:bob:2 4-0:bob:2 5-0:bob:1", await PendingAsync(group));
    });

    [Fact]
    public Task The_lag_is_told_as_long_as_it_is_known() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        Assert.Equal((null, 5L), await LagAsync());
        await group.ReadAsync("alice", 2);
        Assert.Equal((2L, 3L), await LagAsync());
        await keyspace.Stream("a").RemoveAsync(new StreamId(4));
        Assert.Null((await LagAsync()).Item2);
        await group.ReadAsync("alice");
        Assert.Equal((5L, 0L), await LagAsync());
        await group.SetPositionAsync(Three, 3);
        var info = (await group.GetInfoAsync())!;
        Assert.Equal((Three, 3L, 4L, 1), (info.LastDeliveredId, info.EntriesRead, info.PendingCount, info.ConsumerCount));

        async ValueTask<(long?, long?)> LagAsync()
        {
            var info = (await group.GetInfoAsync())!;
            return (info.EntriesRead, info.Lag);
        }
    });

    /// <summary>Commands of Redis 8.2.</summary>
    [Fact]
    public Task Entries_are_acknowledged_and_removed_in_one_step() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        await keyspace.Stream("a").Group("h").CreateAsync(default);
        await group.ReadAsync("alice", 3);

        Assert.Equal([StreamRemoval.StillReferenced, StreamRemoval.NotFound], await group.AcknowledgeAndRemoveAsync([One, new StreamId(5)], StreamReferences.OnlyAcknowledged));
        Assert.Equal([StreamRemoval.Removed], await group.AcknowledgeAndRemoveAsync([Two]));
        Assert.Equal("1-0 3-0 4-0 5-0", Text(await keyspace.Stream("a").GetRangeAsync()));
        Assert.Equal("3-0:alice:1", await PendingAsync(group));
        Assert.Equal([StreamRemoval.NotFound], await keyspace.Stream("a").Group("missing").AcknowledgeAndRemoveAsync([One]));
    });

    /// <summary>Commands of Redis 8.4 and 8.8.</summary>
    [Fact]
    public Task Entries_are_given_back_and_taken_over_by_whoever_reads_next() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        await group.ReadAsync("alice", 3);

        Assert.Equal(2, await group.ReleaseAsync([Two, Three, new StreamId(5)]));
        Assert.Equal("1-0:alice:1 2-0::1 3-0::1", await PendingAsync(group));
        var deliveries = await group.ReadOrClaimAsync("bob", TimeSpan.FromHours(1), 3);
        Assert.Equal([(Two, 1L), (Three, 1L), (new StreamId(4), 0L)], deliveries.Select(delivery => (delivery.Entry.Id, delivery.DeliveryCount)));
        Assert.Equal("1-0:alice:1 2-0:bob:2 3-0:bob:2 4-0:bob:1", await PendingAsync(group));
        await group.ReleaseAsync([Two], ReleaseReason.NotTried);
        await group.ReleaseAsync([Three], ReleaseReason.Hopeless);
        await group.ReleaseAsync([One], deliveryCount: 5);
        Assert.Equal($"1-0::5 2-0::1 3-0::{long.MaxValue} 4-0:bob:1", await PendingAsync(group));
    });
}
