using static KvEmbedded.Tests.Lists.ListWorld;

namespace KvEmbedded.Tests.Lists;

/// <summary>What belongs to no family: errors, limits, undo, copies.</summary>
public sealed class ListCommandTests
{
    [Fact]
    public async Task A_key_of_another_type_says_what_it_holds()
    {
        await using var world = new ListWorld();
        await world.Keyspace.Strings.SetAsync("a", "text");

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await world["a"].PushAsync("x"));
        Assert.Equal(
            "Key 'a' holds a String, but this operation needs a List. Use another key, or delete this one first.", error.Message);
        await world["b"].PushAsync("x");
        error = await Assert.ThrowsAsync<WrongTypeException>(async () => await world.Keyspace.String("b").AppendAsync("x"));
        Assert.Equal((KeyType.List, KeyType.String), (error.Actual, error.Expected));
    }

    [Fact]
    public async Task An_element_that_is_too_long_is_refused_and_nothing_is_pushed()
    {
        await using var world = new ListWorld(static options => options.ValueLengthMax = 4);
        var list = await world.FilledAsync("a", "1234");

        Assert.Throws<ValueTooLongException>(() => { _ = list.PushAsync("12345"); });
        var error = Assert.Throws<ValueTooLongException>(() => { _ = list.PushAsync(["1", "12345"]); });
        Assert.StartsWith("The value of key 'a' would be 5 bytes long, but the keyspace allows 4.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ValueTooLongException>(() => { _ = list.PushIfPresentAsync("12345"); });
        Assert.Throws<ValueTooLongException>(() => { _ = list.PushAndTrimAsync("12345", 1); });
        Assert.Throws<ValueTooLongException>(() => { _ = list.SetAsync(0, "12345"); });
        Assert.Throws<ValueTooLongException>(() => { _ = list.InsertAsync("12345", ListSide.Before, "1234"); });
        Assert.Equal("1234", await world.TextAsync("a"));
    }

    [Fact]
    public async Task Arguments_say_what_is_wrong()
    {
        await using var world = new ListWorld();
        var list = world["a"];

        var empty = Assert.Throws<ArgumentException>(() => { _ = list.PushAsync(Array.Empty<KvValue>()); });
        Assert.StartsWith("At least one element is needed.", empty.Message, StringComparison.Ordinal);
        var named = Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.PushAsync("x", (ListEnd)3); });
        Assert.StartsWith("There is no such ListEnd. Use a named one.", named.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.InsertAsync("x", (ListSide)2, "y"); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.RemoveAsync("x", 0); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.RemoveAsync("x", 1, (ListEnd)2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.PushAndTrimAsync("x", 0); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.IndexOfAsync("x", new ListSearch { From = (ListEnd)2 }); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = list.IndexesOfAsync("x", 0); });
        Assert.Throws<ArgumentNullException>(() => { _ = list.PushAsync((IReadOnlyCollection<KvValue>)null!); });
    }

    [Fact]
    public async Task A_full_keyspace_refuses_pushes_and_gives_what_it_has()
    {
        await using var world = new ListWorld(static options => options.MemoryLimitBytes = 1 << 20);
        var list = world["a"];
        while (world.Turn.MemoryBytes < 1 << 20) await list.PushAsync(new byte[20_000]);
        var count = await list.CountAsync();

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await list.PushAsync("x"));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await list.PushAsync(["x", "y"], ListEnd.Head));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await list.PushIfPresentAsync("x"));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await list.PushAndTrimAsync("x", 1));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await list.SetAsync(0, "x"));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await list.InsertAsync("x", ListSide.Before, new byte[20_000]));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await list.MoveAsync("b"));
        Assert.Equal(count, await list.CountAsync());

        Assert.Equal(count - 5, await list.TrimAsync(..5));
        Assert.Equal(20_000, (await list.PopAsync())!.Value.Length);
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await list.PushAsync([.. Enumerable.Repeat<KvValue>(new byte[40_000], 30)]));
        Assert.Equal(5, await list.PushAsync("fits"));
    }

    [Fact]
    public async Task A_transaction_that_fails_leaves_lists_as_they_were()
    {
        await using var world = new ListWorld();
        await world.FilledAsync("a", [.. Enumerable.Range(0, 2_000).Select(static i => (KvValue)i)]);
        await world.FilledAsync("b", "x", "y");
        var before = await world.TextAsync("a");
        var memory = await world.Keyspace.Keys.GetMemoryUsageAsync("b");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async transaction =>
        {
            var list = transaction.List("a");
            await list.PushAsync(["p", "q"], ListEnd.Head);
            await list.InsertAsync("between", ListSide.After, "1000");
            await list.RemoveAsync("5");
            await list.SetAsync(^1, "last");
            await list.MoveAsync("b");
            await list.TrimAsync(100..^100);
            await list.PopAsync(50, ListEnd.Tail);
            await transaction.List("c").PushAndTrimAsync(["1", "2", "3"], 2);
            await transaction.List("b").PopAsync(10);
            throw new InvalidOperationException();
        }));

        world.CheckInvariants("a");
        Assert.Equal(before, await world.TextAsync("a"));
        Assert.Equal("x y", await world.TextAsync("b"));
        Assert.Equal(memory, await world.Keyspace.Keys.GetMemoryUsageAsync("b"));
        Assert.False(await world["c"].ExistsAsync());
    }

    [Fact]
    public async Task A_copy_is_a_list_of_its_own_and_expires_as_the_first_does()
    {
        await using var world = new ListWorld();
        var list = await world.FilledAsync("a", "1", "2", "3");
        await list.ExpireAsync(TimeSpan.FromMinutes(1));

        Assert.True(await world.Keyspace.Keys.CopyAsync("a", "b"));
        await list.PopAsync();
        await world["b"].PushAsync("4");

        Assert.Equal("2 3", await world.TextAsync("a"));
        Assert.Equal("1 2 3 4", await world.TextAsync("b"));
        world.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, await world.Keyspace.Keys.CountAsync());
        Assert.Equal(1, await world["b"].PushAsync("new"));
        Assert.Null(await world["b"].GetTimeToLiveAsync());
    }

    [Fact]
    public async Task What_is_pushed_and_what_is_popped_is_nobody_elses()
    {
        await using var world = new ListWorld();
        byte[] bytes = [1, 2, 3];
        await world["a"].PushAsync(bytes);
        bytes[0] = 9;
        var read = (await world["a"].GetAsync(0))!.Value;
        await world["a"].SetAsync(0, new byte[] { 7, 7, 7 });

        Assert.Equal((KvValue)new byte[] { 1, 2, 3 }, read);
        Assert.Equal((KvValue)new byte[] { 7, 7, 7 }, await world["a"].PopAsync());
    }

    [Fact]
    public async Task A_busy_loop_does_the_same_in_its_own_time()
    {
        await using var world = new ListWorld();
        var dispatcher = world.Keyspace.Store.Dispatcher;
        Assert.True(dispatcher.TryTakeInline());
        var (push, pop) = (world["a"].PushAsync("x").AsTask(), world["a"].PopAsync().AsTask());
        var (set, wait) = (world["a"].SetAsync(0, "y").AsTask(), world["a"].PopAsync(waitingTime: ForEver).AsTask());
        Assert.False(push.IsCompleted || pop.IsCompleted);
        dispatcher.Release();

        Assert.Equal(1, await push);
        Assert.Equal("x", await pop);
        Assert.False(await set);
        await world["a"].PushAsync("z");
        Assert.Equal("z", await wait);
    }
}
