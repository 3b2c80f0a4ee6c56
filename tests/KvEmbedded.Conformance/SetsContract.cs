namespace KvEmbedded.Conformance;

/// <summary><see cref="IKvSets"/>.</summary>
public abstract class SetsContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly KvKey[] Both = ["one", "two"];

    /// <summary>one: a b c 1; two: b c d 1; ints: 1 2 3.</summary>
    private static async ValueTask<IKvSets> MakeAsync(IKeyspace keyspace)
    {
        await keyspace.Set("one").AddAsync(["a", "b", "c", "1"]);
        await keyspace.Set("two").AddAsync(["b", "c", "d", 1]);
        await keyspace.Set("ints").AddAsync([1, 2, 3]);
        return keyspace.Sets;
    }

    private static string Text(IEnumerable<KvValue> members) =>
        string.Join(' ', members.Select(static member => member.ToString()).Order(StringComparer.Ordinal));

    private static async ValueTask<string> AtAsync(IKeyspace keyspace, KvKey key) => Text(await keyspace.Set(key).GetMembersAsync());

    [Fact]
    public Task A_member_moves_from_one_set_to_another() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        Assert.True(await sets.MoveAsync("one", "two", "a"));
        Assert.True(await sets.MoveAsync("one", "two", "b"));
        Assert.False(await sets.MoveAsync("one", "two", "d"));
        Assert.True(await sets.MoveAsync("one", "new", "1"));
        Assert.True(await sets.MoveAsync("two", "two", "d"));
        Assert.Equal("c", await AtAsync(keyspace, "one"));
        Assert.Equal("1 a b c d", await AtAsync(keyspace, "two"));
        Assert.Equal("1", await AtAsync(keyspace, "new"));
        Assert.True(await sets.MoveAsync("one", "new", "c"));
        Assert.False(await keyspace.Set("one").ExistsAsync());
    });

    [Fact]
    public Task A_union_has_the_members_of_any_set() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        Assert.Equal("1 a b c d", Text(await sets.GetUnionAsync(Both)));
        Assert.Equal("1 a b c", Text(await sets.GetUnionAsync(["one", "missing", "one"])));
        Assert.Empty(await sets.GetUnionAsync(["missing"]));
        Assert.Equal(7, await sets.StoreUnionAsync("result", ["one", "two", "ints"]));
        Assert.Equal("1 2 3 a b c d", await AtAsync(keyspace, "result"));
        await Assert.ThrowsAsync<ArgumentException>(async () => await sets.GetUnionAsync([]));
    });

    [Fact]
    public Task An_intersection_has_the_members_of_all_sets() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        Assert.Equal("1 b c", Text(await sets.GetIntersectionAsync(Both)));
        Assert.Equal("1", Text(await sets.GetIntersectionAsync(["one", "two", "ints"])));
        Assert.Empty(await sets.GetIntersectionAsync(["one", "missing"]));
        Assert.Equal(3, await sets.StoreIntersectionAsync("result", Both));
        Assert.Equal("1 b c", await AtAsync(keyspace, "result"));
        Assert.Equal(3, await sets.CountIntersectionAsync(Both));
        Assert.Equal(2, await sets.CountIntersectionAsync(Both, 2));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await sets.CountIntersectionAsync(Both, 0));
    });

    [Fact]
    public Task A_difference_has_the_members_of_the_first_set_alone() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);

        Assert.Equal("a", Text(await sets.GetDifferenceAsync(Both)));
        Assert.Equal("2 3", Text(await sets.GetDifferenceAsync(["ints", "two", "missing"])));
        Assert.Empty(await sets.GetDifferenceAsync(["missing", "one"]));
        Assert.Empty(await sets.GetDifferenceAsync(["one", "one"]));
        Assert.Equal(3, await sets.StoreDifferenceAsync("result", ["one", "ints"]));
        Assert.Equal("a b c", await AtAsync(keyspace, "result"));
    });

    [Fact]
    public Task A_result_replaces_whatever_is_there_and_nothing_deletes_it() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);
        await keyspace.Strings.SetAsync("result", "text");
        await keyspace.Keys.ExpireAsync("result", TimeSpan.FromHours(1));

        Assert.Equal(5, await sets.StoreUnionAsync("result", Both));
        Assert.Null(await keyspace.Keys.GetTimeToLiveAsync("result"));
        Assert.Equal(1, await sets.StoreDifferenceAsync("one", Both));
        Assert.Equal("a", await AtAsync(keyspace, "one"));
        Assert.Equal(0, await sets.StoreIntersectionAsync("result", Both));
        Assert.False(await keyspace.Keys.ExistsAsync("result"));
    });

    [Fact]
    public Task What_is_no_set_is_refused_and_nothing_is_changed() => RunAsync(async keyspace =>
    {
        var sets = await MakeAsync(keyspace);
        await PutSortedSetAsync(keyspace, "sorted");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.GetUnionAsync(["one", "sorted"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.GetIntersectionAsync(["one", "sorted"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.StoreDifferenceAsync("one", ["one", "sorted"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.CountIntersectionAsync(["one", "sorted"]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await sets.MoveAsync("one", "sorted", "a"));
        Assert.Equal("1 a b c", await AtAsync(keyspace, "one"));
    });

    [Fact]
    public Task An_intersection_that_is_empty_already_still_refuses_what_is_no_set() => RunAsync(async keyspace =>
    {
        await PutSortedSetAsync(keyspace, "sorted");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.Sets.GetIntersectionAsync(["missing", "sorted"]));
    });
}
