namespace KvEmbedded.Conformance;

/// <summary><see cref="ISortedSets"/>, but waiting pops.</summary>
public abstract class SortedSetsContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly KvKey[] Both = ["one", "two"];

    /// <summary>one: a=1 b=2 c=3; two: b=10 c=1 d=1.</summary>
    private static async ValueTask<ISortedSets> MakeAsync(IKeyspace keyspace)
    {
        await keyspace.SortedSet("one").AddAsync([new("a", 1), new("b", 2), new("c", 3)]);
        await keyspace.SortedSet("two").AddAsync([new("b", 10), new("c", 1), new("d", 1)]);
        return keyspace.SortedSets;
    }

    private static string Text(IEnumerable<SortedSetEntry> entries) =>
        string.Join(' ', entries.Select(entry => $"{entry.Member}={entry.Score}"));

    [Fact]
    public Task A_union_has_the_members_of_any_set() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        Assert.Equal("a=1 d=1 c=4 b=12", Text(await sets.GetUnionAsync(Both)));
        Assert.Equal("a=1 c=1 d=1 b=2", Text(await sets.GetUnionAsync(Both, new CombineOptions { Aggregate = Aggregate.Min })));
        Assert.Equal("a=1 d=1 c=3 b=10", Text(await sets.GetUnionAsync(Both, new CombineOptions { Aggregate = Aggregate.Max })));
        Assert.Equal("d=-1 c=5 a=2 b=-6".Split(' ').Order(),
            Text(await sets.GetUnionAsync(Both, new CombineOptions { Weights = [2, -1] })).Split(' ').Order());
        Assert.Equal("a=1 b=2 c=3", Text(await sets.GetUnionAsync(["one", "missing"])));
        Assert.Equal("a=2 b=4 c=6", Text(await sets.GetUnionAsync(["one", "one"])));
    });

    [Fact]
    public Task An_intersection_has_the_members_of_all_sets() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        Assert.Equal("c=4 b=12", Text(await sets.GetIntersectionAsync(Both)));
        Assert.Equal("c=3 b=20", Text(await sets.GetIntersectionAsync(Both, new CombineOptions { Weights = [1, 2], Aggregate = Aggregate.Max })));
        Assert.Empty(await sets.GetIntersectionAsync(["one", "missing"]));
        Assert.Equal(2, await sets.CountIntersectionAsync(Both));
        Assert.Equal(1, await sets.CountIntersectionAsync(Both, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sets.CountIntersectionAsync(Both, 0));
    });

    [Fact]
    public Task A_difference_has_the_members_of_the_first_set_alone() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        Assert.Equal("a=1", Text(await sets.GetDifferenceAsync(Both)));
        Assert.Equal("d=1", Text(await sets.GetDifferenceAsync(["two", "one"])));
        Assert.Empty(await sets.GetDifferenceAsync(["one", "one"]));
    });

    [Fact]
    public Task Combinations_are_stored_in_place_of_what_was_there() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);
        await keyspace.Strings.SetAsync("to", "whatever", TimeSpan.FromHours(1));

        Assert.Equal(4, await sets.StoreUnionAsync("to", Both));
        Assert.Equal("a=1 d=1 c=4 b=12", Text(await keyspace.SortedSet("to").GetRangeAsync(..)));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("to"));
        Assert.Equal(2, await sets.StoreIntersectionAsync("to", Both, new CombineOptions { Aggregate = Aggregate.Min }));
        Assert.Equal("c=1 b=2", Text(await keyspace.SortedSet("to").GetRangeAsync(..)));
        Assert.Equal(1, await sets.StoreDifferenceAsync("one", Both));
        Assert.Equal("a=1", Text(await keyspace.SortedSet("one").GetRangeAsync(..)));
        Assert.Equal(0, await sets.StoreIntersectionAsync("to", ["one", "missing"]));
        Assert.False(await keyspace.Keys.ExistsAsync("to"));
    });

    [Fact]
    public Task The_first_set_that_has_an_entry_is_popped_off() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        var lowest = await sets.PopAsync(["missing", "two", "one"]);
        Assert.Equal(("two", "c=1"), (lowest!.Key.ToString(), Text(lowest.Entries)));
        var highest = await sets.PopAsync(Both, 2, SortedSetEnd.Highest);
        Assert.Equal(("one", "c=3 b=2"), (highest!.Key.ToString(), Text(highest.Entries)));
        Assert.Null(await sets.PopAsync(["missing"]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sets.PopAsync(Both, 0));
    });

    [Fact]
    public Task Commands_on_several_sets_need_one_and_a_weight_for_each() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sets.GetUnionAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sets.GetDifferenceAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sets.PopAsync([]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await sets.GetUnionAsync(Both, new CombineOptions { Weights = [1] }));
        await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await sets.StoreUnionAsync("to", Both, new CombineOptions { Weights = [1, double.NaN] }));
        Assert.False(await keyspace.Keys.ExistsAsync("to"));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error_and_nothing_is_stored() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);
        await keyspace.Strings.SetAsync("string", "x");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.GetUnionAsync(["one", "string"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.GetIntersectionAsync(["one", "string"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.StoreDifferenceAsync("to", ["one", "string"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.PopAsync(["missing", "string", "one"]));
        Assert.False(await keyspace.Keys.ExistsAsync("to"));
        Assert.Equal(3, await keyspace.SortedSet("one").CountAsync());
    });
}
