using FsCheck.Xunit;
using static KvEmbedded.Tests.Sets.SetKeyspace;

namespace KvEmbedded.Tests.Sets;

public sealed class SetCommandTests
{
    [Fact]
    public async Task Members_are_added_found_counted_and_removed()
    {
        await using var world = new SetKeyspace();
        var set = world["s"];

        Assert.True(await set.AddAsync("a"));
        Assert.False(await set.AddAsync("a"));
        Assert.Equal(2, await set.AddAsync(["a", "b", "c", "b"]));
        Assert.True(await set.ContainsAsync("b"));
        Assert.Equal((bool[])[true, false, true], await set.ContainsAsync(["a", "x", "c"]));
        Assert.Equal(3, await set.CountAsync());
        Assert.True(await set.RemoveAsync("b"));
        Assert.False(await set.RemoveAsync("b"));
        Assert.Equal("a c", await world.TextAsync("s"));
        Assert.Equal(2, await set.RemoveAsync(["a", "x", "c", "a"]));
        Assert.False(await set.ExistsAsync());
    }

    [Fact]
    public async Task A_missing_key_is_an_empty_set()
    {
        await using var world = new SetKeyspace();
        var set = world["missing"];

        Assert.False(await set.ContainsAsync("a"));
        Assert.Equal((bool[])[false, false], await set.ContainsAsync(["a", "b"]));
        Assert.Equal(0, await set.CountAsync());
        Assert.Empty(await set.GetMembersAsync());
        Assert.False(await set.RemoveAsync("a"));
        Assert.Equal(0, await set.RemoveAsync(["a"]));
        Assert.Null(await set.PopAsync());
        Assert.Empty(await set.PopAsync(3));
        Assert.Null(await set.GetRandomAsync());
        Assert.Empty(await set.GetRandomAsync(3));
        Assert.Empty(await set.GetRandomAsync(3, RandomPick.Repeated));
        Assert.False(await world.Sets.MoveAsync("missing", "other", "a"));
        Assert.False(await set.ExistsAsync());
    }

    [Fact]
    public async Task A_pop_of_all_removes_the_key_and_a_pop_of_some_leaves_the_others()
    {
        await using var world = new SetKeyspace();
        var set = await world.FilledAsync("s", "a b c d e");

        var popped = await set.PopAsync(2);
        Assert.Equal(2, popped.Distinct().Count());
        var one = (await set.PopAsync())!.Value;
        Assert.Equal("a b c d e", Text([.. await set.GetMembersAsync(), .. popped, one]));
        Assert.Empty(await set.PopAsync(0));
        Assert.Equal(2, (await set.PopAsync(9)).Length);
        Assert.False(await set.ExistsAsync());
    }

    [Fact]
    public async Task A_member_moves_from_set_to_set()
    {
        await using var world = new SetKeyspace();
        await world.FilledAsync("from", "a b");

        Assert.True(await world.Sets.MoveAsync("from", "to", "a"));
        Assert.False(await world.Sets.MoveAsync("from", "to", "a"));
        Assert.True(await world.Sets.MoveAsync("to", "to", "a"));
        Assert.False(await world.Sets.MoveAsync("to", "to", "b"));
        Assert.True(await world.Sets.MoveAsync("from", "to", "b"));
        Assert.Equal("a b", await world.TextAsync("to"));
        Assert.False(await world["from"].ExistsAsync());
    }

    [Fact]
    public async Task What_is_no_set_is_refused_by_name()
    {
        await using var world = new SetKeyspace();
        await world.Keyspace.Strings.SetAsync("text", "value");

        var error = await Assert.ThrowsAsync<WrongTypeException>(async () => await world["text"].AddAsync("a"));
        Assert.Equal("Key 'text' holds a String, but this operation needs a Set. Use another key, or delete this one first.", error.Message);
        await Assert.ThrowsAsync<WrongTypeException>(async () => await world["text"].PopAsync(0));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await world.Sets.GetIntersectionAsync(["missing", "text"]));
        await world.FilledAsync("s", "a");
        await Assert.ThrowsAsync<WrongTypeException>(async () => await world.Sets.MoveAsync("s", "text", "x"));
        Assert.False(await world.Sets.MoveAsync("missing", "text", "x"));
        Assert.Equal("a", await world.TextAsync("s"));
    }

    [Fact]
    public async Task Arguments_are_checked_before_the_loop()
    {
        await using var world = new SetKeyspace(static options => options.ValueLengthMax = 10);

        Assert.StartsWith("At least one member is needed.", Assert.Throws<ArgumentException>(() => { _ = world["s"].AddAsync([]); }).Message);
        Assert.Throws<ArgumentException>(() => { _ = world["s"].RemoveAsync([]); });
        Assert.Throws<ArgumentException>(() => { _ = world["s"].ContainsAsync([]); });
        Assert.Throws<ArgumentNullException>(() => { _ = world["s"].AddAsync((KvValue[])null!); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world["s"].PopAsync(-1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world["s"].GetRandomAsync(-1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world["s"].GetRandomAsync(1, (RandomPick)2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world.Sets.CountIntersectionAsync(["s"], 0); });
        Assert.Throws<ArgumentException>(() => { _ = world.Sets.GetUnionAsync([]); });
        Assert.Throws<ValueTooLongException>(() => { _ = world["s"].AddAsync("eleven byte"); });
        Assert.Throws<ValueTooLongException>(() => { _ = world["s"].AddAsync(["short", "eleven byte"]); });
        Assert.Throws<ValueTooLongException>(() => { _ = world.Sets.MoveAsync("s", "t", "eleven byte"); });
        Assert.Equal(0, await world["s"].CountAsync());
    }

    [Fact]
    public async Task A_set_that_finds_no_room_stays_as_it_is()
    {
        await using var world = new SetKeyspace(static options => options.MemoryLimitBytes = 1 << 20);
        await world.FilledAsync("s", "a b c");
        KvValue[] many = [.. Enumerable.Range(0, 60_000).Select(static i => (KvValue)$"some member {i}")];

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await world["s"].AddAsync(many));
        Assert.Equal("a b c", await world.TextAsync("s"));
        await world["s"].AddAsync(many.AsSpan(0, 9_000).ToArray());
        await Assert.ThrowsAsync<MemoryLimitException>(async () =>
        {
            for (var i = 0; ; i++) await world.Sets.StoreUnionAsync($"t{i}", ["s"]);
        });
    }

    [Fact]
    public async Task Members_can_be_read_while_they_are_many_and_change()
    {
        await using var world = new SetKeyspace();
        KvValue[] many = [.. Enumerable.Range(0, 30_000).Select(static i => (KvValue)i)];
        await world["s"].AddAsync(many);

        Assert.Equal(many.Order(), (await world["s"].GetMembersAsync()).Order());
        await world.Keyspace.TransactAsync(async tx =>
        {
            var members = tx.Set("s").GetMembersAsync();
            Assert.True(members.IsCompletedSuccessfully);
            Assert.Equal(30_000, (await members).Length);
        });
    }

    [Property(MaxTest = 200, EndSize = 120)]
    public void Algebra_is_that_of_plain_sets(byte[][] sources, byte limit)
    {
        if (sources.Length == 0 || sources.Any(static source => source is null)) return;
        using var keyspace = new Keyspace(new KeyspaceOptions { RandomSeed = 1 });
        var keys = new KvKey[sources.Length];
        var models = sources.Select(static source => source.Select(Name).ToHashSet()).ToArray();
        for (var i = 0; i < sources.Length; i++)
        {
            keys[i] = $"key {i}";
            foreach (var member in models[i]) Done(keyspace.Set(keys[i]).AddAsync(member));
        }

        var union = models.SelectMany(static model => model).ToHashSet();
        var intersection = models.Aggregate(static (left, right) => [.. left.Intersect(right)]);
        var difference = models[0].Except(models.Skip(1).SelectMany(static model => model)).ToHashSet();
        var sets = keyspace.Sets;
        Same(union, Done(sets.GetUnionAsync(keys)));
        Same(intersection, Done(sets.GetIntersectionAsync(keys)));
        Same(difference, Done(sets.GetDifferenceAsync(keys)));
        Assert.Equal(Math.Min(intersection.Count, limit + 1), Done(sets.CountIntersectionAsync(keys, limit + 1)));

        Assert.Equal(difference.Count, Done(sets.StoreDifferenceAsync("result", keys)));
        Same(difference, Done(keyspace.Set("result").GetMembersAsync()));
        Assert.Equal(intersection.Count, Done(sets.StoreIntersectionAsync("result", keys)));
        Same(intersection, Done(keyspace.Set("result").GetMembersAsync()));
        Assert.Equal(union.Count, Done(sets.StoreUnionAsync(keys[0], keys)));
        Same(union, Done(keyspace.Set(keys[0]).GetMembersAsync()));
        for (var i = 1; i < sources.Length; i++) Same(models[i], Done(keyspace.Set(keys[i]).GetMembersAsync()));

        static KvValue Name(byte member) => SetWorld.MemberOf(member, member % 5 != 0);

        static void Same(HashSet<KvValue> expected, KvValue[] actual) => Assert.Equal(expected.Order(), actual.Order());

        static T Done<T>(ValueTask<T> task) => task.GetAwaiter().GetResult();
    }

    [Fact]
    public async Task Algebra_of_large_sets_is_that_of_plain_sets()
    {
        await using var world = new SetKeyspace();
        KvValue[] all = [.. Enumerable.Range(0, 9_000).Select(static i => (KvValue)$"member {i}")];
        await world["all"].AddAsync(all);
        await world["low"].AddAsync(all[..4_000]);
        await world["few"].AddAsync(all[3_990..4_010]);

        Assert.Equal(9_000, (await world.Sets.GetUnionAsync(["few", "low", "all"])).Distinct().Count());
        Assert.Equal(4_010, (await world.Sets.GetUnionAsync(["few", "low", "missing", "few"])).Length);
        Assert.Equal(10, (await world.Sets.GetIntersectionAsync(["low", "all", "few"])).Length);
        Assert.Equal(5_000, (await world.Sets.GetDifferenceAsync(["all", "low"])).Length);
        Assert.Equal(4_990, (await world.Sets.GetDifferenceAsync(["all", "low", "few"])).Length);
        Assert.Equal(0, await world.Sets.StoreDifferenceAsync("all", ["low", "all"]));
        Assert.False(await world["all"].ExistsAsync());
    }
}
