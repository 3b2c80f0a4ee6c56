namespace KvEmbedded.Conformance;

/// <summary><see cref="IKvSet"/>.</summary>
public abstract class SetContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    /// <summary>Members, as they print best.</summary>
    private static string Text(IEnumerable<KvValue> members) =>
        string.Join(' ', members.Select(static member => member.ToString()).Order(StringComparer.Ordinal));

    private static async ValueTask<string> AllAsync(IKvSet set) => Text(await set.GetMembersAsync());

    private static async ValueTask<IKvSet> MakeAsync(IKeyspace keyspace, params KvValue[] members)
    {
        var set = keyspace.Set("a");
        await set.AddAsync(members);
        return set;
    }

    [Fact]
    public Task A_member_is_there_once() => RunAsync(async keyspace =>
    {
        var set = keyspace.Set("a");

        Assert.True(await set.AddAsync("x"));
        Assert.False(await set.AddAsync("x"));
        Assert.Equal(2, await set.AddAsync(["x", "y", "z", "y"]));
        Assert.Equal(3, await set.CountAsync());
        Assert.Equal("x y z", await AllAsync(set));
        Assert.Equal(KeyType.Set, await keyspace.Keys.GetTypeAsync("a"));
    });

    [Fact]
    public Task Members_are_found_one_by_one_and_several_at_once() => RunAsync(async keyspace =>
    {
        var set = await MakeAsync(keyspace, "x", "");

        Assert.True(await set.ContainsAsync("x"));
        Assert.True(await set.ContainsAsync(""));
        Assert.False(await set.ContainsAsync("X"));
        Assert.Equal((bool[])[true, false, true, true], await set.ContainsAsync(["x", "y", "", "x"]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await set.ContainsAsync([]));
    });

    [Fact]
    public Task Integers_and_what_only_looks_like_them_are_members_as_they_are_written() => RunAsync(async keyspace =>
    {
        KvValue[] members = [1, -1, 0, 40_000, -3_000_000_000, long.MaxValue, long.MinValue, "01", "+1", "-0", " 1", "1.0", "9223372036854775808"];
        for (var count = 1; count <= members.Length; count++)
        {
            await keyspace.Keys.DeleteAsync("a");
            var set = await MakeAsync(keyspace, members[..count]);

            Assert.Equal(Text(members[..count]), await AllAsync(set));
            Assert.Equal(members.Select((_, i) => i < count), await set.ContainsAsync(members));
        }
    });

    [Fact]
    public Task A_set_that_has_lost_its_last_member_is_gone() => RunAsync(async keyspace =>
    {
        var set = await MakeAsync(keyspace, "x", "y", "z");

        Assert.True(await set.RemoveAsync("x"));
        Assert.False(await set.RemoveAsync("x"));
        Assert.Equal(2, await set.RemoveAsync(["y", "x", "z", "y"]));
        Assert.False(await set.ExistsAsync());
        Assert.Equal(0, await set.RemoveAsync(["y"]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await set.RemoveAsync([]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await set.AddAsync([]));
    });

    [Fact]
    public Task A_missing_key_is_an_empty_set() => RunAsync(async keyspace =>
    {
        var set = keyspace.Set("a");

        Assert.False(await set.ContainsAsync("x"));
        Assert.Equal(0, await set.CountAsync());
        Assert.Empty(await set.GetMembersAsync());
        Assert.Null(await set.PopAsync());
        Assert.Empty(await set.PopAsync(2));
        Assert.Null(await set.GetRandomAsync());
        Assert.Empty(await set.GetRandomAsync(2));
        Assert.Empty(await set.GetRandomAsync(2, RandomPick.Repeated));
        Assert.False(await set.RemoveAsync("x"));
        Assert.False(await set.ExistsAsync());
    });

    [Fact]
    public Task A_pop_takes_members_that_then_are_gone() => RunAsync(async keyspace =>
    {
        var set = await MakeAsync(keyspace, "a", "b", "c", "d", "e");

        var one = await set.PopAsync();
        var two = await set.PopAsync(2);
        Assert.Equal(2, two.Length);
        Assert.Equal("a b c d e", Text([one!.Value, .. two, .. await set.GetMembersAsync()]));
        Assert.Empty(await set.PopAsync(0));
        Assert.Equal(2, (await set.PopAsync(5)).Length);
        Assert.False(await set.ExistsAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.PopAsync(-1));
    });

    [Fact]
    public Task A_random_member_is_one_of_the_set_and_stays() => RunAsync(async keyspace =>
    {
        var set = await MakeAsync(keyspace, "a", "b", "c");

        Assert.Contains((await set.GetRandomAsync())!.Value.ToString(), (string[])["a", "b", "c"]);
        Assert.Equal(2, (await set.GetRandomAsync(2)).Distinct().Count());
        Assert.Equal("a b c", Text(await set.GetRandomAsync(9)));
        Assert.Equal(9, (await set.GetRandomAsync(9, RandomPick.Repeated)).Length);
        Assert.Empty(await set.GetRandomAsync(0));
        Assert.Equal(3, await set.CountAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await set.GetRandomAsync(-1));
    });

    [Fact]
    public Task A_scan_comes_by_every_member_once() => RunAsync(async keyspace =>
    {
        KvValue[] all = [.. Enumerable.Range(0, 2_000).Select(static i => (KvValue)$"m{i:d4}")];
        var set = await MakeAsync(keyspace, all);

        var seen = new List<KvValue>();
        await foreach (var member in set.ScanAsync(new MemberScan { PageSize = 50 })) seen.Add(member);
        Assert.Equal(all, seen.Distinct().Order());

        seen.Clear();
        var cursor = 0ul;
        do
        {
            var page = await set.ScanPageAsync(cursor, new MemberScan { Pattern = "m?77*", PageSize = 100 });
            seen.AddRange(page.Members);
            cursor = page.NextCursor;
        }
        while (cursor != 0);

        Assert.Equal(all.Where(static member => member.ToString()[2..4] == "77"), seen.Distinct().Order());
    });

    [Fact]
    public Task Many_members_are_read_at_once() => RunAsync(async keyspace =>
    {
        KvValue[] all = [.. Enumerable.Range(0, 10_000).Select(static i => (KvValue)$"m{i:d5}")];
        var set = await MakeAsync(keyspace, all);

        Assert.Equal(all, (await set.GetMembersAsync()).Order());
        Assert.Equal(5_000, (await set.GetRandomAsync(5_000)).Distinct().Count());
        Assert.Equal(9_000, (await set.PopAsync(9_000)).Distinct().Count());
        Assert.Equal(1_000, await set.CountAsync());
    });

    [Fact]
    public Task What_is_no_set_is_refused() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "text");
        var set = keyspace.Set("a");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.AddAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.ContainsAsync("x"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.GetMembersAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.PopAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await set.GetRandomAsync(3));
        Assert.Equal("text", await TextAsync(keyspace, "a"));
    });
}
