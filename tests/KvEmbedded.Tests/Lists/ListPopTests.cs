using static KvEmbedded.Tests.Lists.ListWorld;

namespace KvEmbedded.Tests.Lists;

/// <summary>Pops and moves that wait.</summary>
public sealed class ListPopTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Arguments_are_checked_at_once()
    {
        await using var world = new ListWorld();
        var list = world["l"];

        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.PopAsync(-1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.PopAsync((ListEnd)2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.PopAsync(1, (ListEnd)2); });
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.PopAsync(waitingTime: TimeSpan.FromSeconds(-2)); });
        Assert.StartsWith("A waiting time must not be negative.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.PopAsync(1, waitingTime: TimeSpan.FromSeconds(-2)); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.MoveAsync("m", waitingTime: TimeSpan.FromSeconds(-2)); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.MoveAsync("m", (ListEnd)2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.MoveAsync("m", to: (ListEnd)2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world.Keyspace.Lists.PopAsync(["l"], 1, (ListEnd)2); });
        Assert.Throws<ArgumentException>(() => { _ = world.Keyspace.Lists.PopAsync([]); });
    }

    [Fact]
    public async Task Those_who_wait_are_served_in_the_order_in_which_they_came_whatever_they_wait_for()
    {
        await using var world = new ListWorld();
        var list = world["l"];
        var first = list.PopAsync(waitingTime: ForEver).AsTask();
        var second = list.PopAsync(2, ListEnd.Tail, ForEver).AsTask();
        var third = world.Keyspace.Lists.PopAsync(["k", "l"], waitingTime: ForEver).AsTask();
        var fourth = list.MoveAsync("m", ListEnd.Tail, waitingTime: ForEver).AsTask();
        var fifth = list.PopAsync(waitingTime: ForEver).AsTask();
        Assert.Equal(5, world.Waiting);

        Assert.Equal(5, await list.PushAsync(["a", "b", "c", "d", "e"]));

        Assert.Equal("a", await first);
        Assert.Equal("e d", Text(await second));
        Assert.Equal("b", Text((await third)!.Elements));
        Assert.Equal("c", await fourth);
        Assert.False(fifth.IsCompleted);
        Assert.Equal("c", await world.TextAsync("m"));
        Assert.False(await list.ExistsAsync());
        await list.PushAsync("f", ListEnd.Head);
        Assert.Equal("f", await fifth);
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task A_push_of_many_serves_as_many_in_their_order()
    {
        await using var world = new ListWorld();
        var pops = Enumerable.Range(0, 100).Select(_ => world["l"].PopAsync(waitingTime: ForEver).AsTask()).ToArray();

        await world["l"].PushAsync([.. Enumerable.Range(0, 60).Select(static i => (KvValue)i)]);
        Assert.Equal(40, world.Waiting);
        await world["l"].PushAsync([.. Enumerable.Range(60, 50).Select(static i => (KvValue)i)]);

        Assert.Equal(Enumerable.Range(0, 100).Select(static i => $"{i}"), (await Task.WhenAll(pops)).Select(static element => element.ToString()));
        Assert.Equal(10, await world["l"].CountAsync());
    }

    [Fact]
    public async Task Moves_make_chains_and_rings()
    {
        await using var world = new ListWorld();
        const int Length = 50;
        var last = world[Length].PopAsync(waitingTime: ForEver).AsTask();
        var moves = Enumerable.Range(0, Length).Select(i => world[i].MoveAsync(i + 1, waitingTime: ForEver).AsTask()).ToArray();

        await world[0].PushAsync("x");
        Assert.All(await Task.WhenAll(moves), static moved => Assert.Equal("x", moved));
        Assert.Equal("x", await last);
        Assert.Equal(0, await world.Keyspace.Keys.CountAsync());

        // Each of these serves the other, once.
        var there = world["a"].MoveAsync("b", waitingTime: ForEver).AsTask();
        var back = world["b"].MoveAsync("a", waitingTime: ForEver).AsTask();
        await world["b"].PushAsync("y");
        Assert.Equal("y", await back);
        Assert.Equal("y", await there);
        Assert.Equal("y", await world.TextAsync("b"));
    }

    [Fact]
    public async Task A_list_that_waits_for_itself_is_turned_round_by_the_first_push()
    {
        await using var world = new ListWorld();
        var move = world["a"].MoveAsync("a", ListEnd.Head, ListEnd.Tail, ForEver).AsTask();

        await world["a"].PushAsync(["1", "2"]);

        Assert.Equal("1", await move);
        Assert.Equal("2 1", await world.TextAsync("a"));
    }

    [Fact]
    public async Task A_move_whose_destination_has_become_another_type_fails_and_takes_nothing()
    {
        await using var world = new ListWorld();
        var move = world["a"].MoveAsync("b", waitingTime: ForEver).AsTask();
        await world.Keyspace.Strings.SetAsync("b", "text");

        await world["a"].PushAsync("x");

        var error = await Assert.ThrowsAsync<WrongTypeException>(() => move);
        Assert.Equal("b", error.Key.ToString());
        Assert.Equal("x", await world.TextAsync("a"));
    }

    [Fact]
    public async Task A_waiter_stays_when_a_string_comes_to_stand_at_its_key()
    {
        await using var world = new ListWorld();
        var pop = world["a"].PopAsync(2, waitingTime: ForEver).AsTask();

        await world.Keyspace.Strings.SetAsync("a", "text");
        Assert.False(pop.IsCompleted);
        await world["a"].DeleteAsync();
        await world["a"].PushAsync("x");

        Assert.Equal("x", Text(await pop));
    }

    [Fact]
    public async Task Several_keys_are_tried_in_the_order_given()
    {
        await using var world = new ListWorld();
        var pop = world.Keyspace.Lists.PopAsync(["a", "b", "c"], waitingTime: ForEver).AsTask();

        await world.Keyspace.TransactAsync(async transaction =>
        {
            await transaction.List("c").PushAsync("3");
            await transaction.List("b").PushAsync("2");
            Assert.False(pop.IsCompleted);
        });

        Assert.Equal("b", (await pop)!.Key.ToString());
        Assert.Equal("c", (await world.Keyspace.Lists.PopAsync(["a", "b", "c"], waitingTime: ForEver))!.Key.ToString());
    }

    [Fact]
    public async Task Lists_that_come_by_rename_and_by_commit_serve_those_who_wait()
    {
        await using var world = new ListWorld();
        await world.FilledAsync("source", "a", "b");
        var first = world["l"].PopAsync(waitingTime: ForEver).AsTask();
        await world.Keyspace.Keys.RenameAsync("source", "l");
        Assert.Equal("a", await first);
        await world["l"].DeleteAsync();

        var second = world["l"].PopAsync(ListEnd.Tail, ForEver).AsTask();
        await world.Keyspace.TransactAsync(async transaction =>
        {
            await transaction.List("l").PushAsync("x");
            await transaction.List("l").PushAsync("y");
        });
        Assert.Equal("y", await second);
        Assert.Equal("x", await world.TextAsync("l"));
    }

    [Fact]
    public async Task The_waiting_time_ends_with_nothing()
    {
        await using var world = new ListWorld();
        var one = world["l"].PopAsync(waitingTime: Second).AsTask();
        var move = world["l"].MoveAsync("m", waitingTime: Second).AsTask();
        var many = world["l"].PopAsync(3, waitingTime: 2 * Second).AsTask();

        world.Time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(one.IsCompleted);
        world.Time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Null(await one);
        Assert.Null(await move);
        Assert.False(many.IsCompleted);
        world.Time.Advance(Second);
        Assert.Empty(await many);
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task In_a_transaction_nobody_waits()
    {
        await using var world = new ListWorld();

        await world.Keyspace.TransactAsync(async transaction =>
        {
            var list = transaction.List("l");
            Assert.Null(await list.PopAsync(waitingTime: ForEver));
            Assert.Empty(await list.PopAsync(2, waitingTime: ForEver));
            Assert.Null(await list.MoveAsync("m", waitingTime: ForEver));
            Assert.Null(await transaction.Lists.PopAsync(["l"], waitingTime: ForEver));
            await list.PushAsync(["a", "b"]);
            Assert.Equal("b", await list.PopAsync(ListEnd.Tail, ForEver));
        });
        Assert.Equal("a", await world.TextAsync("l"));
    }
}
