namespace KvEmbedded.Conformance;

/// <summary><see cref="IKvList"/>, but waiting pops.</summary>
public abstract partial class ListContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static string Text(IEnumerable<KvValue> elements) => string.Join(' ', elements);

    private static async ValueTask<string> AllAsync(IKvList list) => Text(await list.GetRangeAsync(..));

    private static async ValueTask<IKvList> MakeAsync(IKeyspace keyspace, params KvValue[] elements)
    {
        var list = keyspace.List("a");
        await list.PushAsync(elements);
        return list;
    }

    [Fact]
    public Task Elements_are_pushed_at_either_end() => RunAsync(async keyspace =>
    {
        var list = keyspace.List("a");

        Assert.Equal(1, await list.PushAsync("b"));
        Assert.Equal(2, await list.PushAsync("c", ListEnd.Tail));
        Assert.Equal(3, await list.PushAsync("a", ListEnd.Head));
        Assert.Equal("a b c", await AllAsync(list));
        Assert.Equal(5, await list.PushAsync(["d", "e"]));
        Assert.Equal(7, await list.PushAsync(["0", "00"], ListEnd.Head));
        Assert.Equal("00 0 a b c d e", await AllAsync(list));
        Assert.Equal(7, await list.CountAsync());
        Assert.Equal(KeyType.List, await keyspace.Keys.GetTypeAsync("a"));
    });

    [Fact]
    public Task Any_bytes_are_an_element() => RunAsync(async keyspace =>
    {
        KvValue[] elements = ["", new byte[] { 0, 255, 13, 10 }, 7, -1.5, new string('x', 5_000), ""];
        var list = await MakeAsync(keyspace, elements);

        Assert.Equal(elements, await list.GetRangeAsync(..));
    });

    [Fact]
    public Task No_element_at_all_cannot_be_pushed() => RunAsync(async keyspace =>
    {
        var list = keyspace.List("a");

        await Assert.ThrowsAsync<ArgumentException>(async () => await list.PushAsync(Array.Empty<KvValue>()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await list.PushIfPresentAsync(Array.Empty<KvValue>()));
        await Assert.ThrowsAsync<ArgumentException>(async () => await list.PushAndTrimAsync(Array.Empty<KvValue>(), 5));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.PushAsync("x", (ListEnd)7));
        Assert.False(await list.ExistsAsync());
    });

    [Fact]
    public Task Elements_are_pushed_to_a_list_that_is_there() => RunAsync(async keyspace =>
    {
        var list = keyspace.List("a");

        Assert.Equal(0, await list.PushIfPresentAsync("a"));
        Assert.Equal(0, await list.PushIfPresentAsync(["a", "b"], ListEnd.Head));
        Assert.False(await list.ExistsAsync());
        await list.PushAsync("m");
        Assert.Equal(2, await list.PushIfPresentAsync("z"));
        Assert.Equal(4, await list.PushIfPresentAsync(["b", "a"], ListEnd.Head));
        Assert.Equal("a b m z", await AllAsync(list));
    });

    [Fact]
    public Task A_bounded_log_keeps_the_newest() => RunAsync(async keyspace =>
    {
        var list = keyspace.List("a");

        for (var i = 1; i <= 5; i++) Assert.Equal(Math.Min(i, 3), await list.PushAndTrimAsync(i, 3));
        Assert.Equal("3 4 5", await AllAsync(list));
        Assert.Equal(2, await list.PushAndTrimAsync("new", 2, ListEnd.Head));
        Assert.Equal("new 3", await AllAsync(list));
        Assert.Equal(2, await list.PushAndTrimAsync(["x", "y", "z"], 2));
        Assert.Equal("y z", await AllAsync(list));
        Assert.Equal(4, await list.PushAndTrimAsync(["w", "v"], long.MaxValue, ListEnd.Head));
        Assert.Equal("v w y z", await AllAsync(list));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.PushAndTrimAsync("x", 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.PushAndTrimAsync(["x"], -1));
    });

    [Fact]
    public Task Elements_are_popped_off_either_end() => RunAsync(async keyspace =>
    {
        var list = await MakeAsync(keyspace, "a", "b", "c", "d", "e", "f");

        Assert.Equal("a", await list.PopAsync());
        Assert.Equal("f", await list.PopAsync(ListEnd.Tail));
        Assert.Equal("b c", Text(await list.PopAsync(2)));
        Assert.Empty(await list.PopAsync(0));
        Assert.Equal("e d", Text(await list.PopAsync(10, ListEnd.Tail)));
        Assert.False(await list.ExistsAsync());
        Assert.Null(await list.PopAsync());
        Assert.Empty(await list.PopAsync(2));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await list.PopAsync(-1));
    });

    [Fact]
    public Task An_element_moves_from_list_to_list() => RunAsync(async keyspace =>
    {
        var (list, other) = (await MakeAsync(keyspace, "a", "b", "c", "d"), keyspace.List("b"));

        Assert.Equal("a", await list.MoveAsync("b"));
        Assert.Equal("d", await list.MoveAsync("b", ListEnd.Tail, ListEnd.Head));
        Assert.Equal("b", await list.MoveAsync("b", ListEnd.Head, ListEnd.Head));
        Assert.Equal("b d a", await AllAsync(other));
        Assert.Equal("c", await list.MoveAsync("b", ListEnd.Tail, ListEnd.Tail));
        Assert.False(await list.ExistsAsync());
        Assert.Null(await list.MoveAsync("b"));
        Assert.Equal("b d a c", await AllAsync(other));
    });

    [Fact]
    public Task A_list_is_turned_round_by_moves_to_itself() => RunAsync(async keyspace =>
    {
        var list = await MakeAsync(keyspace, "a", "b", "c");

        Assert.Equal("a", await list.MoveAsync("a"));
        Assert.Equal("b c a", await AllAsync(list));
        Assert.Equal("a", await list.MoveAsync("a", ListEnd.Tail, ListEnd.Head));
        Assert.Equal("a b c", await AllAsync(list));
        Assert.Equal("c", await list.MoveAsync("a", ListEnd.Tail, ListEnd.Tail));
        Assert.Equal("a b c", await AllAsync(list));
        await list.TrimAsync(..1);
        Assert.Equal("a", await list.MoveAsync("a"));
        Assert.Equal("a", await AllAsync(list));
    });

    [Fact]
    public Task A_move_to_a_key_of_another_type_takes_nothing() => RunAsync(async keyspace =>
    {
        var list = await MakeAsync(keyspace, "a");
        await keyspace.Strings.SetAsync("b", "x");

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await list.MoveAsync("b"));
        Assert.Equal((KeyType.String, KeyType.List), (error.Actual, error.Expected));
        Assert.Equal("a", await AllAsync(list));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error_and_stays_as_it_is() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        var list = keyspace.List("a");

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await list.PushAsync("x"));
        Assert.Equal((KeyType.String, KeyType.List), (error.Actual, error.Expected));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.PushAsync(["x"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.PushIfPresentAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.PushAndTrimAsync("x", 1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.PopAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.PopAsync(2));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.MoveAsync("b"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.GetAsync(0));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.GetRangeAsync(..));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.SetAsync(0, "x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.InsertAsync("x", ListSide.After, "y"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.RemoveAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.TrimAsync(..1));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.IndexOfAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await list.IndexesOfAsync("x"));
        Assert.Equal("x", await TextAsync(keyspace, "a"));
    });
}
