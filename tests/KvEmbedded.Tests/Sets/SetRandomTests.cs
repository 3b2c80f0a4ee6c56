namespace KvEmbedded.Tests.Sets;

public sealed class SetRandomTests
{
    public static TheoryData<string> Forms => ["integers", "flat", "hashed"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Distinct_picks_are_different_members_and_all_if_there_are_not_more(string form)
    {
        await using var world = new SetKeyspace();
        var all = await FilledAsync(world, form);

        foreach (var count in (int[])[0, 1, 2, all.Length / 4, all.Length / 2, all.Length - 1, all.Length, all.Length + 1, int.MaxValue])
        {
            var picks = await world["s"].GetRandomAsync(count);
            Assert.Equal(Math.Min(count, all.Length), picks.Distinct().Count());
            Assert.Equal(Math.Min(count, all.Length), picks.Length);
            Assert.Subset(all.ToHashSet(), picks.ToHashSet());
        }

        Assert.Equal(all.Length, await world["s"].CountAsync());
        Assert.Equal(5 * all.Length, (await world["s"].GetRandomAsync(5 * all.Length, RandomPick.Repeated)).Length);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Every_member_is_about_as_likely_as_any_other(string form)
    {
        await using var world = new SetKeyspace();
        var all = await FilledAsync(world, form);
        var (one, few, most, popped) = (Counts(), Counts(), Counts(), Counts());
        var rounds = 200 * all.Length;
        for (var i = 0; i < rounds; i++)
        {
            one[(await world["s"].GetRandomAsync())!.Value]++;
            var pop = (await world["s"].PopAsync())!.Value;
            popped[pop]++;
            await world["s"].AddAsync(pop);
            if (i % all.Length != 0) continue;
            foreach (var pick in await world["s"].GetRandomAsync(all.Length / 8)) few[pick]++;
            foreach (var pick in await world["s"].GetRandomAsync(all.Length / 2)) most[pick]++;
        }

        // Six standard deviations around the mean, with a seed that does not change.
        Assert.All(one.Values, static count => Assert.InRange(count, 115, 285));
        Assert.All(popped.Values, static count => Assert.InRange(count, 115, 285));
        Assert.All(few.Values, static count => Assert.InRange(count, 0, 55));
        Assert.All(most.Values, static count => Assert.InRange(count, 57, 143));
        Assert.Equal(200 * (all.Length / 2), most.Values.Sum());

        Dictionary<KvValue, int> Counts() => all.ToDictionary(static member => member, static _ => 0);
    }

    [Fact]
    public async Task Pops_of_several_are_a_fair_choice()
    {
        await using var world = new SetKeyspace();
        var all = await FilledAsync(world, "hashed");
        var counts = all.ToDictionary(static member => member, static _ => 0);
        for (var i = 0; i < 200; i++)
        {
            var popped = await world["s"].PopAsync(all.Length / 2);
            foreach (var member in popped) counts[member]++;
            await world["s"].AddAsync(popped);
        }

        Assert.All(counts.Values, static count => Assert.InRange(count, 57, 143));
    }

    private static async Task<KvValue[]> FilledAsync(SetKeyspace world, string form)
    {
        KvValue[] members = form switch
        {
            "integers" => [.. Enumerable.Range(-20, 40).Select(static i => (KvValue)(i * i * i))],
            "flat" => [.. Enumerable.Range(0, 40).Select(static i => (KvValue)$"m{i}")],
            _ => [.. Enumerable.Range(0, 300).Select(static i => (KvValue)$"member {i}")],
        };
        await world["s"].AddAsync(members);
        return members;
    }
}
