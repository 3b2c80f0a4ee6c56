namespace KvEmbedded.Conformance;

/// <summary>Pops off lists, and moves, that wait. Not for a backend whose calls block their thread, nor for the inside of a transaction.</summary>
public abstract class ListWaitingContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly TimeSpan ForEver = Timeout.InfiniteTimeSpan;

    [Fact]
    public Task A_pop_waits_for_an_element_of_its_own_list() => RunAsync(async keyspace =>
    {
        var pop = keyspace.List("a").PopAsync(waitingTime: ForEver).AsTask();
        await keyspace.List("b").PushAsync("other");
        Assert.False(pop.IsCompleted);

        await keyspace.List("a").PushAsync("x");

        Assert.Equal("x", await pop);
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
    });

    [Fact]
    public Task A_pop_does_not_wait_where_there_is_an_element() => RunAsync(async keyspace =>
    {
        await keyspace.List("a").PushAsync(["x", "y", "z"]);

        Assert.Equal("z", await keyspace.List("a").PopAsync(ListEnd.Tail, ForEver));
        Assert.Equal(["x", "y"], await keyspace.List("a").PopAsync(5, waitingTime: ForEver));
    });

    [Fact]
    public Task A_pop_of_several_takes_what_there_is() => RunAsync(async keyspace =>
    {
        var pop = keyspace.List("a").PopAsync(5, ListEnd.Tail, ForEver).AsTask();
        await keyspace.List("a").PushAsync(["x", "y"]);

        Assert.Equal(["y", "x"], await pop);
    });

    [Fact]
    public Task A_pop_off_several_keys_is_served_by_the_first_to_have_an_element() => RunAsync(async keyspace =>
    {
        var pop = keyspace.Lists.PopAsync(["a", "b"], waitingTime: ForEver).AsTask();
        await keyspace.List("b").PushAsync("x");

        Assert.Equal("b", (await pop)!.Key.ToString());
    });

    [Fact]
    public Task A_move_waits_for_an_element_and_feeds_who_waits_for_it() => RunAsync(async keyspace =>
    {
        var pop = keyspace.List("c").PopAsync(waitingTime: ForEver).AsTask();
        var second = keyspace.List("b").MoveAsync("c", waitingTime: ForEver).AsTask();
        var first = keyspace.List("a").MoveAsync("b", waitingTime: ForEver).AsTask();
        await keyspace.List("a").PushAsync("x");

        Assert.Equal("x", await first);
        Assert.Equal("x", await second);
        Assert.Equal("x", await pop);
        Assert.Equal(0, await keyspace.Keys.ExistsAsync(["a", "b", "c"]));
    });

    [Fact]
    public Task Those_who_wait_give_up_when_their_time_is_over() => RunAsync(async keyspace =>
    {
        var one = keyspace.List("a").PopAsync(waitingTime: Backend.ShortTime).AsTask();
        var several = keyspace.List("a").PopAsync(3, waitingTime: Backend.ShortTime).AsTask();
        var off = keyspace.Lists.PopAsync(["a", "b"], waitingTime: Backend.ShortTime).AsTask();
        var move = keyspace.List("a").MoveAsync("b", waitingTime: Backend.ShortTime).AsTask();
        await Backend.PassAsync(Backend.ShortTime);

        Assert.Null(await one);
        Assert.Empty(await several);
        Assert.Null(await off);
        Assert.Null(await move);
        await keyspace.List("a").PushAsync("x");
        Assert.Equal(1, await keyspace.List("a").CountAsync());
    });

    [Fact]
    public Task Those_who_are_cancelled_have_taken_nothing() => RunAsync(async keyspace =>
    {
        using var cancellation = new CancellationTokenSource();
        var pop = keyspace.List("a").PopAsync(waitingTime: ForEver, cancellationToken: cancellation.Token).AsTask();
        var move = keyspace.List("a").MoveAsync("b", waitingTime: ForEver, cancellationToken: cancellation.Token).AsTask();
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => move);
        await keyspace.List("a").PushAsync(["x", "y"]);
        Assert.Equal(2, await keyspace.List("a").CountAsync());
        Assert.False(await keyspace.Keys.ExistsAsync("b"));
    });

    [Fact]
    public Task What_is_pushed_at_once_serves_many() => RunAsync(async keyspace =>
    {
        var list = keyspace.List("a");
        var pops = Enumerable.Range(0, 5).Select(_ => list.PopAsync(waitingTime: ForEver).AsTask()).ToArray();

        await list.PushAsync(["0", "1", "2", "3", "4"]);

        Assert.Equal("01234", string.Concat((await Task.WhenAll(pops)).Select(static element => element.ToString()).Order(StringComparer.Ordinal)));
        Assert.False(await list.ExistsAsync());
    });
}
