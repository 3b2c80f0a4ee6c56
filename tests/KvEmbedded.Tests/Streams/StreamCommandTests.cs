using static KvEmbedded.Tests.Streams.StreamWorld;

namespace KvEmbedded.Tests.Streams;

public sealed class StreamCommandTests
{
    [Fact]
    public async Task Automatic_ids_are_the_time_and_rise_though_the_clock_goes_back()
    {
        await using var world = new StreamWorld();
        var now = (ulong)world.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var first = await world["a"].AddAsync("n", 1);
        Assert.Equal(new StreamId(now), first);
        Assert.Equal(new StreamId(now, 1), await world["a"].AddAsync("n", 2));

        world.Time.AdjustTime(world.Time.GetUtcNow() - TimeSpan.FromHours(1));
        Assert.Equal(new StreamId(now, 2), await world["a"].AddAsync("n", 3));
        Assert.True(await world["b"].AddAsync("n", 1) < first);
        world.Time.AdjustTime(world.Time.GetUtcNow() + TimeSpan.FromHours(2));
        Assert.True(await world["a"].AddAsync("n", 4) > new StreamId(now + 1));
        await world["a"].SetLastIdAsync(new StreamId(ulong.MaxValue - 1, ulong.MaxValue));
        Assert.Equal(new StreamId(ulong.MaxValue), await world["a"].AddAsync("n", 5));
    }

    [Fact]
    public async Task Errors_say_what_happened_where_and_what_to_do()
    {
        await using var world = new StreamWorld();
        var stream = await world.FilledAsync("a", 3);
        var group = stream.Group("g");

        await SaysAsync<StreamIdNotGreaterException>(
            "Key 'a' has had the stream id 3-0, so 2-0 cannot follow. Let the id be made automatically, or give a greater one.",
            stream.AddAsync([new("n", 1)], new StreamAddOptions { Id = new StreamId(2) }));
        await SaysAsync<NoSuchGroupException>("Key 'a' has no consumer group 'g'. Create the group first, or check both names.", group.ReadAsync("c"));
        await group.CreateAsync(default);
        await SaysAsync<GroupExistsException>(
            "Key 'a' has a consumer group 'g' already. Use the one there is, or choose another name.", AsTask(group.CreateAsync(default)));
        await SaysAsync<NoSuchStreamException>(
            "Key 'b' does not exist, but this operation needs a stream. Add an entry or create a group first.", AsTask(world["b"].SetLastIdAsync(default)));
        await SaysAsync<StreamCounterException>(
            "Key 'a' has 3 entries, so it cannot be that 2 were ever added. Give at least as many as there are.",
            AsTask(stream.SetLastIdAsync(new StreamId(3), new StreamCounters { EntriesAdded = 2 })));
        await stream.SetLastIdAsync(StreamId.MaxValue);
        await SaysAsync<StreamIdExhaustedException>(
            "Key 'a' has had the last stream id there is, 18446744073709551615-18446744073709551615. Use another key, or delete this one first.",
            stream.AddAsync("n", 1));
        await world.Keyspace.Strings.SetAsync("b", "text");
        await SaysAsync<WrongTypeException>(
            "Key 'b' holds a String, but this operation needs a Stream. Use another key, or delete this one first.", world["b"].CountAsync());

        static async ValueTask<bool> AsTask(ValueTask task)
        {
            await task;
            return true;
        }

        static async Task SaysAsync<TError>(string text, params object[] task) where TError : Exception
        {
            var error = await Assert.ThrowsAsync<TError>(async () => await (dynamic)task[0]);
            Assert.Equal(text, error.Message);
        }
    }

    [Fact]
    public async Task Arguments_are_checked_at_once()
    {
        await using var world = new StreamWorld();
        var stream = world["a"];
        var group = stream.Group("g");

        Assert.Throws<ArgumentException>(() => { _ = stream.AddAsync([]); });
        Assert.Throws<ArgumentNullException>(() => { _ = stream.AddAsync([new("n", 1)], null!); });
        Assert.Throws<ArgumentOutOfRangeException>(() => NewStreamId.Exactly(StreamId.MinValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamTrim.ToCount(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StreamTrim.ToCount(1).Approximately(0));
        Assert.Throws<ArgumentException>(() => { _ = stream.RemoveAsync([]); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = stream.RemoveAsync([new(1)], (StreamReferences)9); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = stream.ReadAsync(default, waitingTime: TimeSpan.FromSeconds(-2)); });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PendingQuery { Count = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PendingQuery { MinIdle = TimeSpan.FromSeconds(-1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GroupCreation { EntriesRead = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamCounters { EntriesAdded = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = group.ReadAsync("c", 0); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = group.ReadAsync("c", acknowledge: (Acknowledge)9); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = group.ReadOrClaimAsync("c", TimeSpan.FromSeconds(-1)); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = group.ReleaseAsync([new(1)], deliveryCount: -1); });
        Assert.Throws<ArgumentException>(() => { _ = group.ClaimAsync("c", [], TimeSpan.Zero); });
        Assert.Throws<ArgumentException>(() =>
        {
            _ = group.ClaimAsync("c", [new(1)], TimeSpan.Zero, new ClaimOptions { Idle = TimeSpan.Zero, DeliveredAt = DateTimeOffset.UnixEpoch });
        });
        var error = await Assert.ThrowsAsync<ValueTooLongException>(async () =>
        {
            await using var small = new StreamWorld(options => options.ValueLengthMax = 1_000);
            await small["a"].AddAsync([new("a", new string('x', 600)), new("b", new string('x', 600))]);
        });
        Assert.Equal(1_202, error.Length);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(600)]
    public async Task Name_and_value_together_are_as_long_as_an_entry_may_be_however_they_are_given(int length)
    {
        await using var world = new StreamWorld(options => options.ValueLengthMax = 2 * length);
        var text = new string('x', length);
        await world["a"].AddAsync(text, text);
        await world["a"].AddAsync([new(text, text)]);

        var one = Assert.Throws<ValueTooLongException>(() => { _ = world["a"].AddAsync(text + "x", text); });
        var listed = Assert.Throws<ValueTooLongException>(() => { _ = world["a"].AddAsync([new(text, text + "x")]); });
        Assert.Equal(((2 * length) + 1, 2 * length), (one.Length, one.LengthMax));
        Assert.Equal(listed.Message, one.Message);
        Assert.Equal(2, await world["a"].CountAsync());
    }

    [Fact]
    public async Task A_full_keyspace_refuses_entries_and_changes_nothing()
    {
        await using var world = new StreamWorld(options => options.MemoryLimitBytes = 1 << 20);
        await Assert.ThrowsAsync<MemoryLimitException>(async () =>
        {
            while (true) await world["a"].AddAsync("n", new string('x', 2_000));
        });
        var count = await world["a"].CountAsync();
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await world["a"].AddAsync([new("n", new string('x', 2_000))], new StreamAddOptions { Trim = StreamTrim.ToCount(1) }));
        Assert.Equal(count, await world["a"].CountAsync());
        Assert.Equal(count - 1, await world["a"].TrimAsync(StreamTrim.ToCount(1)));
    }

    [Fact]
    public async Task A_long_range_is_what_was_there_at_one_moment()
    {
        await using var world = new StreamWorld();
        var stream = await world.FilledAsync("a", 10_000);

        Assert.Equal(10_000, (await stream.GetRangeAsync()).Length);
        Assert.Equal(new StreamId(10_000), (await stream.GetRangeAsync(order: Order.Descending))[0].Id);
        Assert.Equal(9_000, (await stream.GetRangeAsync(StreamRange.Above(new StreamId(500)), take: 9_000)).Length);
        Assert.Equal(9_500, (await stream.GetRangeAsync(StreamRange.Above(new StreamId(500)), Order.Descending)).Length);
        Assert.Equal(Enumerable.Range(1, 10_000).Select(static i => new StreamId((ulong)i)), (await stream.ScanAsync().ToListAsync()).Select(static entry => entry.Id));
    }

    [Fact]
    public async Task A_failed_transaction_leaves_stream_and_groups_as_they_were()
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", 250);
        await group.ReadAsync("alice", 10);
        var before = await StateAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async transaction =>
        {
            var stream = transaction.Stream("a");
            var inside = stream.Group("g");
            await stream.AddAsync([new("n", 1), new("m", 2)]);
            await inside.ReadAsync("bob", 300);
            await inside.AcknowledgeAsync(new StreamId(3));
            await inside.ClaimAsync("carol", [new(4), new(5)], TimeSpan.Zero);
            await inside.DeleteConsumerAsync("alice");
            await stream.TrimAsync(StreamTrim.ToCount(30));
            await stream.RemoveAsync([new(249), new(250)]);
            await stream.Group("h").CreateAsync(default);
            await inside.ReleaseAsync([new(100)]);
            await inside.DestroyAsync();
            await stream.SetLastIdAsync(StreamId.MaxValue);
            throw new InvalidOperationException("on purpose");
        }));

        Assert.Equal(before, await StateAsync());
        Assert.Equal("11-0", Text(await group.ReadAsync("alice", 1)));

        async Task<string> StateAsync() =>
            $"{Text(await world["a"].GetRangeAsync())} {await PendingAsync(group)} {(await world["a"].GetInfoAsync())! with { FirstEntry = null, LastEntry = null }} " +
            string.Join(';', await world["a"].GetGroupsAsync()) + string.Join<ConsumerInfo>(';', await group.GetConsumersAsync());
    }

    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new StreamWorld();
        await using var events = world.Note();
        var stream = world["a"];
        var group = stream.Group("g");

        await SaysAsync("StreamAdded a", stream.AddAsync("n", 1));
        await SaysAsync("StreamAdded a, StreamTrimmed a", stream.AddAsync([new("n", 1)], new StreamAddOptions { Trim = StreamTrim.ToCount(1) }));
        await SaysAsync("StreamTrimmed a", stream.TrimAsync(StreamTrim.ToCount(0)));
        await SaysAsync("", stream.TrimAsync(StreamTrim.ToCount(0)));
        var id = await stream.AddAsync("n", 2);
        await SaysAsync("StreamAdded a, StreamGroupCreated a", group.TryCreateAsync(default));
        await SaysAsync("", group.TryCreateAsync(default));
        await SaysAsync("StreamConsumerCreated a", group.ReadAsync("c"));
        await SaysAsync("", group.ReadAsync("c"));
        await SaysAsync("StreamEntriesReleased a", group.ReleaseAsync([id]));
        await SaysAsync("", group.AcknowledgeAsync(id));
        await SaysAsync("StreamConsumerDeleted a", group.DeleteConsumerAsync("c"));
        await SaysAsync("StreamEntriesRemoved a", stream.RemoveAsync(id));
        await SaysAsync("", stream.RemoveAsync([id], StreamReferences.Keep));
        await group.SetPositionAsync(default);
        await SaysAsync("StreamGroupMoved a, StreamGroupDestroyed a", group.DestroyAsync());
        await stream.SetLastIdAsync(new StreamId(5_000_000_000_000));
        await SaysAsync("StreamIdSet a, Deleted a", stream.DeleteAsync());

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }
}
