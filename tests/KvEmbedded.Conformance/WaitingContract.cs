namespace KvEmbedded.Conformance;

/// <summary>Pops that wait. Not for a backend whose calls block their thread, nor for the inside of a transaction.</summary>
public abstract class WaitingContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Fact]
    public Task A_pop_waits_for_an_entry() => RunAsync(async keyspace =>
    {
        var pop = keyspace.SortedSet("a").PopAsync(waitingTime: Timeout.InfiniteTimeSpan).AsTask();
        await keyspace.SortedSet("b").AddAsync("x", 1);
        Assert.False(pop.IsCompleted);

        await keyspace.SortedSet("a").AddAsync("x", 1);

        Assert.Equal(new SortedSetEntry("x", 1), await pop);
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
    });

    [Fact]
    public Task A_pop_of_several_takes_what_there_is() => RunAsync(async keyspace =>
    {
        var pop = keyspace.SortedSet("a").PopAsync(5, SortedSetEnd.Highest, Timeout.InfiniteTimeSpan).AsTask();
        await keyspace.SortedSet("a").AddAsync([new("x", 1), new("y", 2)]);

        Assert.Equal(["y", "x"], (await pop).Select(entry => entry.Member.ToString()));
    });

    [Fact]
    public Task A_pop_off_several_keys_is_served_by_the_first_to_have_an_entry() => RunAsync(async keyspace =>
    {
        var pop = keyspace.SortedSets.PopAsync(["a", "b"], waitingTime: Timeout.InfiniteTimeSpan).AsTask();
        await keyspace.SortedSet("b").AddAsync("x", 1);

        Assert.Equal("b", (await pop)!.Key.ToString());
    });

    [Fact]
    public Task A_pop_gives_up_when_its_time_is_over() => RunAsync(async keyspace =>
    {
        var one = keyspace.SortedSet("a").PopAsync(waitingTime: Backend.ShortTime).AsTask();
        var several = keyspace.SortedSet("a").PopAsync(3, waitingTime: Backend.ShortTime).AsTask();
        var off = keyspace.SortedSets.PopAsync(["a", "b"], waitingTime: Backend.ShortTime).AsTask();
        await Backend.PassAsync(Backend.ShortTime);

        Assert.Null(await one);
        Assert.Empty(await several);
        Assert.Null(await off);
    });

    [Fact]
    public Task A_pop_that_is_cancelled_has_taken_nothing() => RunAsync(async keyspace =>
    {
        using var cancellation = new CancellationTokenSource();
        var pop = keyspace.SortedSet("a").PopAsync(waitingTime: Timeout.InfiniteTimeSpan, cancellationToken: cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pop);
        await keyspace.SortedSet("a").AddAsync("x", 1);
        Assert.Equal(1, await keyspace.SortedSet("a").CountAsync());
    });

    [Fact]
    public Task Those_who_wait_share_what_comes() => RunAsync(async keyspace =>
    {
        var set = keyspace.SortedSet("a");
        var pops = Enumerable.Range(0, 5).Select(_ => set.PopAsync(waitingTime: Timeout.InfiniteTimeSpan).AsTask()).ToArray();
        for (var i = 0; i < pops.Length; i++) await set.AddAsync(i, i);

        Assert.Equal([0, 1, 2, 3, 4], (await Task.WhenAll(pops)).Select(entry => entry!.Value.Score).Order());
        Assert.Equal(0, await set.CountAsync());
    });
}
