namespace KvEmbedded.Conformance;

/// <summary><see cref="IKvLists"/>, but waiting pops.</summary>
public abstract class ListsContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Fact]
    public Task The_first_list_that_has_an_element_is_popped_off() => RunAsync(async keyspace =>
    {
        await keyspace.List("one").PushAsync(["a", "b", "c"]);
        await keyspace.List("two").PushAsync(["x", "y"]);

        var one = await keyspace.Lists.PopAsync(["missing", "one", "two"]);
        Assert.Equal(("one", "a"), (one!.Key.ToString(), string.Join(' ', one.Elements)));
        var several = await keyspace.Lists.PopAsync(["two", "one"], 5, ListEnd.Tail);
        Assert.Equal(("two", "y x"), (several!.Key.ToString(), string.Join(' ', several.Elements)));
        Assert.False(await keyspace.Keys.ExistsAsync("two"));
        Assert.Equal("one", (await keyspace.Lists.PopAsync(["two", "one"], 1, ListEnd.Tail))!.Key.ToString());
        Assert.Equal(1, await keyspace.List("one").CountAsync());
        Assert.Null(await keyspace.Lists.PopAsync(["missing", "two"]));
    });

    [Fact]
    public Task It_needs_a_key_and_a_count() => RunAsync(async keyspace =>
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await keyspace.Lists.PopAsync([]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Lists.PopAsync(["a"], 0));
    });

    [Fact]
    public Task A_key_of_another_type_before_the_first_list_is_an_error() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("string", "x");
        await keyspace.List("one").PushAsync("a");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.Lists.PopAsync(["missing", "string", "one"]));
        Assert.NotNull(await keyspace.Lists.PopAsync(["one", "string"]));
    });
}
