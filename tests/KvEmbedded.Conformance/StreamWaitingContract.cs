namespace KvEmbedded.Conformance;

/// <summary>Reads that wait, and idle times. Not for a backend whose calls block their thread, nor for the inside of a transaction.</summary>
public abstract class StreamWaitingContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly TimeSpan ForEver = Timeout.InfiniteTimeSpan;

    private static readonly StreamId One = new(1), Two = new(2), Three = new(3);

    private static async ValueTask<IConsumerGroup> MakeAsync(IKeyspace keyspace)
    {
        var stream = keyspace.Stream("a");
        for (var i = 1; i <= 5; i++) await stream.AddAsync([new("n", i)], new StreamAddOptions { Id = new StreamId((ulong)i) });
        await stream.Group("g").CreateAsync(StreamPosition.Beginning);
        return stream.Group("g");
    }

    [Fact]
    public Task All_who_wait_for_a_new_entry_get_it() => RunAsync(async keyspace =>
    {
        await keyspace.Stream("a").AddAsync("old", 1);
        var first = keyspace.Stream("a").ReadAsync(StreamPosition.New, waitingTime: ForEver).AsTask();
        var second = keyspace.Streams.ReadAsync([new("b", StreamPosition.New), new("a", StreamPosition.New)], waitingTime: ForEver).AsTask();
        await Backend.PassAsync(Backend.ShortTime);
        Assert.False(first.IsCompleted || second.IsCompleted);

        var id = await keyspace.Stream("a").AddAsync("new", 2);

        Assert.Equal(id, Assert.Single(await first).Id);
        Assert.Equal(id, Assert.Single(Assert.Single(await second).Entries).Id);
    });

    [Fact]
    public Task A_new_entry_goes_to_one_consumer_of_a_group() => RunAsync(async keyspace =>
    {
        var group = keyspace.Stream("a").Group("g");
        await group.CreateAsync(StreamPosition.New);
        var reads = (string[])["alice", "bob"];
        var waiting = reads.Select(name => group.ReadAsync(name, waitingTime: ForEver).AsTask()).ToArray();
        await Backend.PassAsync(Backend.ShortTime);

        var first = await keyspace.Stream("a").AddAsync("n", 1);
        var served = await Task.WhenAny(waiting);
        Assert.Equal(first, Assert.Single(await served).Id);
        var second = await keyspace.Stream("a").AddAsync("n", 2);
        await Task.WhenAll(waiting);
        Assert.Equal([first, second], waiting.Select(task => task.Result[0].Id).Order());
    });

    [Fact]
    public Task A_read_gives_up_when_its_time_is_over() => RunAsync(async keyspace =>
    {
        var group = keyspace.Stream("a").Group("g");
        await group.CreateAsync(StreamPosition.New);
        var one = keyspace.Stream("a").ReadAsync(StreamPosition.Beginning, waitingTime: Backend.ShortTime).AsTask();
        var several = keyspace.Streams.ReadAsync([new("a", default), new("b", default)], waitingTime: Backend.ShortTime).AsTask();
        var grouped = group.ReadAsync("alice", waitingTime: Backend.ShortTime).AsTask();
        var groups = keyspace.Streams.ReadGroupAsync(["a"], "g", "alice", new GroupReadOptions { WaitingTime = Backend.ShortTime }).AsTask();
        await Backend.PassAsync(Backend.ShortTime);

        Assert.Empty(await one);
        Assert.Empty(await several);
        Assert.Empty(await grouped);
        Assert.Empty(await groups);
    });

    [Fact]
    public Task A_read_that_is_cancelled_has_taken_nothing() => RunAsync(async keyspace =>
    {
        using var cancellation = new CancellationTokenSource();
        var group = keyspace.Stream("a").Group("g");
        await group.CreateAsync(StreamPosition.New);
        var read = group.ReadAsync("alice", waitingTime: ForEver, cancellationToken: cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await keyspace.Stream("a").AddAsync("n", 1);
        Assert.Equal(0, (await group.GetPendingSummaryAsync()).Count);
        Assert.Single(await group.ReadAsync("bob"));
    });

    [Fact]
    public Task Who_waits_in_a_group_that_goes_gets_an_error() => RunAsync(async keyspace =>
    {
        foreach (var go in (Func<ValueTask<bool>>[])[() => keyspace.Stream("a").Group("g").DestroyAsync(), () => keyspace.Keys.DeleteAsync("a")])
        {
            var group = keyspace.Stream("a").Group("g");
            await group.CreateAsync(StreamPosition.New);
            var read = group.ReadAsync("alice", waitingTime: ForEver).AsTask();
            await Backend.PassAsync(Backend.ShortTime);
            Assert.True(await go());

            await Assert.ThrowsAsync<NoSuchGroupException>(() => read);
        }
    });

    [Fact]
    public Task A_stream_is_followed_through_what_comes() => RunAsync(async keyspace =>
    {
        using var cancellation = new CancellationTokenSource();
        var stream = keyspace.Stream("a");
        for (var i = 0; i < 3; i++) await stream.AddAsync("n", i);
        var values = new List<string>();
        var following = Task.Run(async () =>
        {
            await foreach (var entry in stream.FollowAsync(StreamPosition.Beginning, 2, cancellation.Token))
            {
                values.Add(entry["n"].ToString()!);
                if (values.Count == 5) await cancellation.CancelAsync();
            }
        });
        for (var i = 3; i < 5; i++) await stream.AddAsync("n", i);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        Assert.Equal(["0", "1", "2", "3", "4"], values);
    });

    [Fact]
    public Task Several_streams_and_groups_are_followed() => RunAsync(async keyspace =>
    {
        await keyspace.Stream("a").AddAsync("n", 1);
        await keyspace.Stream("b").AddAsync("n", 2);
        await keyspace.Stream("a").Group("g").CreateAsync(StreamPosition.Beginning);

        var seen = new List<string>();
        await foreach (var read in keyspace.Streams.FollowAsync([new("a", default), new("b", default)]))
        {
            seen.AddRange(read.Entries.Select(entry => $"{read.Key}{entry["n"]}"));
            if (seen.Count == 2) await keyspace.Stream("a").AddAsync("n", 3);
            if (seen.Count == 3) break;
        }

        Assert.Equal(["a1", "b2", "a3"], seen);
        await foreach (var entry in keyspace.Stream("a").Group("g").FollowAsync("alice"))
        {
            Assert.True(await keyspace.Stream("a").Group("g").AcknowledgeAsync(entry.Id));
            if (entry["n"] == 3) break;
        }

        Assert.Equal(0, (await keyspace.Stream("a").Group("g").GetPendingSummaryAsync()).Count);
    });

    /// <summary>A command of Redis 8.4.</summary>
    [Fact]
    public Task Who_waits_takes_over_what_has_become_idle_meanwhile() => RunAsync(async keyspace =>
    {
        var group = keyspace.Stream("a").Group("g");
        await group.CreateAsync(StreamPosition.New);
        var id = await keyspace.Stream("a").AddAsync("n", 1);
        await group.ReadAsync("alice");
        var read = group.ReadOrClaimAsync("bob", Backend.ShortTime, waitingTime: ForEver).AsTask();
        Assert.False(read.IsCompleted);
        await Backend.PassAsync(Backend.ShortTime);

        var delivery = Assert.Single(await read);
        Assert.Equal((id, 1), (delivery.Entry.Id, delivery.DeliveryCount));
        Assert.True(delivery.Idle >= Backend.ShortTime);
    });

    [Fact]
    public Task Entries_are_claimed_if_they_were_idle_for_long_enough() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        await group.ReadAsync("alice", 3);

        Assert.Empty(await group.ClaimAsync("bob", [One], TimeSpan.FromHours(1)));
        await Backend.PassAsync(Backend.ShortTime);
        Assert.Equal([One, Two], (await group.ClaimAsync("bob", [One, Two, new StreamId(4)], Backend.ShortTime / 2)).Select(entry => entry.Id));
        Assert.Empty(await group.ClaimAsync("carol", [One], TimeSpan.FromHours(1)));
        Assert.Equal([Three], await group.ClaimIdsAsync("bob", [Three], TimeSpan.Zero));
        Assert.Equal("1-0:bob:2 2-0:bob:2 3-0:bob:1", string.Join(' ', (await group.GetPendingAsync()).Select(entry => $"{entry.Id}:{entry.Consumer}:{entry.DeliveryCount}")));
    });

    [Fact]
    public Task Idle_times_are_counted_from_the_last_attempt_and_the_last_delivery() => RunAsync(async keyspace =>
    {
        var group = await MakeAsync(keyspace);
        await group.ReadAsync("alice", 1);
        await Backend.PassAsync(Backend.ShortTime);

        Assert.True((await group.GetConsumersAsync())[0].Idle >= Backend.ShortTime);
        Assert.True((await group.GetPendingAsync())[0].Idle >= Backend.ShortTime);
        await group.ReadAsync("alice", 1);
        Assert.True((await group.GetConsumersAsync())[0].Idle < TimeSpan.FromSeconds(30));
    });
}
