using static KvEmbedded.Tests.Streams.StreamWorld;

namespace KvEmbedded.Tests.Streams;

/// <summary>Who waits, who is served, and in which order.</summary>
public sealed class StreamWaitingTests
{
    private static readonly TimeSpan ForEver = Timeout.InfiniteTimeSpan;

    [Fact]
    public async Task Consumers_are_served_in_the_order_in_which_they_came_and_readers_all_of_them()
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", 0);
        var consumers = Enumerable.Range(0, 5).Select(i => group.ReadAsync($"c{i}", waitingTime: ForEver).AsTask()).ToArray();
        var readers = Enumerable.Range(0, 5).Select(_ => world["a"].ReadAsync(StreamPosition.New, waitingTime: ForEver).AsTask()).ToArray();
        Assert.Equal(10, world.Waiting);

        for (var i = 0; i < 5; i++)
        {
            var id = await world["a"].AddAsync("n", i);
            Assert.Equal(id, Assert.Single(await consumers[i]).Id);
            if (i == 0) Assert.All(await Task.WhenAll(readers), entries => Assert.Equal(id, Assert.Single(entries).Id));
        }

        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task New_is_looked_up_once_so_that_nothing_is_missed_between_two_attempts()
    {
        await using var world = new StreamWorld();
        await world.FilledAsync("a", 3);
        var read = world["a"].ReadAsync(StreamPosition.New, waitingTime: ForEver).AsTask();
        await world.Keyspace.TransactAsync(async transaction =>
        {
            await transaction.Stream("a").AddAsync("n", 1);
            await transaction.Stream("a").AddAsync("n", 2);
        });

        Assert.Equal(2, (await read).Length);
    }

    [Fact]
    public async Task Who_waits_in_a_group_learns_that_its_key_is_gone_replaced_expired_or_flushed()
    {
        await using var world = new StreamWorld();
        await EndsAsync<NoSuchGroupException>(async () => await world["a"].DeleteAsync());
        await EndsAsync<NoSuchGroupException>(async () => await world.Keyspace.Keys.FlushAsync());
        await EndsAsync<NoSuchGroupException>(async () => await world.Keyspace.Keys.RenameAsync("a", "b"));
        await EndsAsync<WrongTypeException>(async () => await world.Keyspace.Strings.SetAsync("a", "text"));
        await world.Keyspace.Keys.DeleteAsync("a");
        await EndsAsync<NoSuchGroupException>(async () =>
        {
            await world["a"].ExpireAsync(TimeSpan.FromSeconds(1));
            world.Time.Advance(TimeSpan.FromSeconds(2));
        });

        async Task EndsAsync<TError>(Func<Task> go) where TError : Exception
        {
            await world["a"].Group("g").CreateAsync(StreamPosition.New);
            var one = world["a"].Group("g").ReadAsync("c", waitingTime: ForEver).AsTask();
            var several = world.Keyspace.Streams.ReadGroupAsync(["a"], "g", "c", new GroupReadOptions { WaitingTime = ForEver }).AsTask();
            var plain = world["a"].ReadAsync(StreamPosition.New, waitingTime: TimeSpan.FromDays(1)).AsTask();
            await go();
            await Assert.ThrowsAsync<TError>(() => one);
            await Assert.ThrowsAsync<TError>(() => several);

            // A plain reader waits on: the stream may come again.
            Assert.False(plain.IsCompleted);
            Assert.Equal(1, world.Waiting);
            world.Time.Advance(TimeSpan.FromDays(1));
            Assert.Empty(await plain);
        }
    }

    [Fact]
    public async Task What_becomes_idle_is_taken_over_by_who_waits_at_that_moment()
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", 2);
        await group.ReadAsync("alice", 1);
        world.Time.Advance(TimeSpan.FromSeconds(4));
        await group.ReadAsync("alice", 1);
        var read = group.ReadOrClaimAsync("bob", TimeSpan.FromSeconds(10), waitingTime: ForEver).AsTask();
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(read.IsCompleted);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var delivery = Assert.Single(await read);
        Assert.Equal((new StreamId(1), TimeSpan.FromSeconds(10), 1), (delivery.Entry.Id, delivery.Idle, delivery.DeliveryCount));
        Assert.Equal("1-0:bob:0:2 2-0:alice:6:1", await PendingAsync(group));

        var timed = group.ReadOrClaimAsync("carol", TimeSpan.FromSeconds(100), waitingTime: TimeSpan.FromSeconds(7)).AsTask();
        world.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Empty(await timed);
        var released = group.ReadOrClaimAsync("carol", TimeSpan.FromSeconds(100), waitingTime: ForEver).AsTask();
        await group.ReleaseAsync([new StreamId(2)]);
        Assert.Equal(new StreamId(2), Assert.Single(await released).Entry.Id);
    }

    [Fact]
    public async Task Who_waits_for_several_streams_is_served_though_another_of_its_keys_has_become_a_string()
    {
        await using var world = new StreamWorld();
        var streams = world.Keyspace.Streams;
        await using var following = streams.FollowAsync([new("b", default), new("a", default)]).GetAsyncEnumerator();
        var followed = following.MoveNextAsync().AsTask();
        var read = streams.ReadAsync([new("b", default), new("a", StreamPosition.New)], waitingTime: ForEver).AsTask();
        await world.Keyspace.Strings.SetAsync("b", "text");
        Assert.Equal(2, world.Waiting);
        var id = await world["a"].AddAsync("n", 1);
        Assert.Equal(0, world.Waiting);

        Assert.Equal(("a", id), ((await read)[0].Key.ToString(), Assert.Single(Assert.Single(await read).Entries).Id));
        Assert.True(await followed);
        Assert.Equal(id, Assert.Single(following.Current.Entries).Id);

        // Who comes when it is a string already is told so, whatever the others hold.
        await Assert.ThrowsAsync<WrongTypeException>(async () => await following.MoveNextAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await streams.ReadAsync([new("a", default), new("b", id)], waitingTime: ForEver));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await streams.ReadAsync([new("b", id), new("a", default)], waitingTime: ForEver));
    }

    [Fact]
    public async Task Where_nothing_is_pending_and_no_idle_time_is_asked_for_nobody_looks_again_and_again()
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", 0);
        var read = group.ReadOrClaimAsync("bob", TimeSpan.Zero, waitingTime: ForEver).AsTask();
        var tiny = group.ReadOrClaimAsync("carol", TimeSpan.FromTicks(1), waitingTime: ForEver).AsTask();
        Assert.Equal(2, world.Waiting);
        var commands = world.Turn.Commands;

        world.Time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal((2, commands), (world.Waiting, world.Turn.Commands));

        await world["a"].AddAsync("n", 1);
        await world["a"].AddAsync("n", 2);
        Assert.Single(await read);
        Assert.Single(await tiny);
    }

    [Fact]
    public async Task Inside_a_transaction_nobody_waits()
    {
        await using var world = new StreamWorld();
        await world.GroupAsync("a", 2);
        var seen = await world.Keyspace.TransactAsync(async transaction =>
        {
            var stream = transaction.Stream("a");
            var count = 0;
            await foreach (var _ in stream.FollowAsync(StreamPosition.Beginning)) count++;
            await foreach (var _ in stream.Group("g").FollowAsync("c")) count++;
            await foreach (var read in transaction.Streams.FollowAsync([new("a", default)])) count += read.Entries.Length;
            return count + (await stream.ReadAsync(StreamPosition.New, waitingTime: ForEver)).Length
                + (await stream.Group("g").ReadOrClaimAsync("c", TimeSpan.FromHours(1), waitingTime: ForEver)).Length;
        });

        Assert.Equal(6, seen);
    }
}
