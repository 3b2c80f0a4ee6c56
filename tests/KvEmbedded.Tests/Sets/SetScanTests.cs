using FsCheck.Xunit;
using KvEmbedded.Sets;
using static KvEmbedded.Tests.Sets.SetWorld;

namespace KvEmbedded.Tests.Sets;

public sealed class SetScanTests
{
    // The world is small enough for a set to change its form, up and down, several times in one scan.
    [Property(MaxTest = 400, EndSize = 400)]
    public void Members_there_all_along_are_seen_exactly_once_whatever_happens_between_the_pages(
        byte shape, byte[] stay, byte[] first, byte pageSize, (byte Member, bool Adds)[] between)
    {
        var staying = stay.Take(8).Select(MemberOf).ToHashSet(StringComparer.Ordinal);
        var set = Filled(shape, first.Select(MemberOf).Concat(staying));
        var (seen, positions, cursor, step) = (new List<string>(), new List<uint>(), 0u, 0);
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        do
        {
            cursor = set.Scan(cursor, 1 + (pageSize % 20), positions);
            foreach (var position in positions) seen.Add(Text(set.Member(position, scratch)));
            for (var change = 0; change < 30 && step < between.Length; change++, step++)
            {
                var member = MemberOf(between[step].Member);
                if (between[step].Adds) set.Add(Bytes(member));
                else if (!staying.Contains(member)) set.Remove(Bytes(member));
            }

            set.CheckInvariants();
        }
        while (cursor != 0);

        Assert.Equal(seen.Count, seen.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(staying.Order(StringComparer.Ordinal), seen.Where(staying.Contains).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Members_that_stay_are_seen_while_the_set_shrinks_to_a_smaller_form()
    {
        var set = Filled(3, Enumerable.Range(0, 5000).Select(static number => $"member {number}"));
        var (seen, positions, cursor, gone) = (new HashSet<string>(), new List<uint>(), 0u, 0);
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        do
        {
            cursor = set.Scan(cursor, 50, positions);
            foreach (var position in positions) seen.Add(Text(set.Member(position, scratch)));
            for (var end = Math.Min(5000, gone + 300); gone < end; gone++)
            {
                if (gone % 500 != 0) set.Remove(Bytes($"member {gone}"));
            }
        }
        while (cursor != 0);

        Assert.IsType<FlatMembers>(set.Form);
        Assert.All(Enumerable.Range(0, 10), number => Assert.Contains($"member {number * 500}", seen));
    }

    [Fact]
    public void Pages_of_many_members_are_about_as_large_as_asked()
    {
        var set = Filled(3, Enumerable.Range(0, 50_000).Select(static number => $"{number}"));
        var positions = new List<uint>();
        var cursor = set.Scan(0, 10, positions);
        while (cursor != 0)
        {
            Assert.InRange(positions.Count, 9, 12);
            cursor = set.Scan(cursor, 10, positions);
        }
    }

    [Fact]
    public void A_page_size_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MemberSet().Scan(0, 0, []));

    [Property(MaxTest = 200, EndSize = 200)]
    public void The_command_sees_members_there_all_along_once_whatever_is_changed_in_between(
        byte[] stay, byte pageSize, (byte Member, bool Stays)[] changes)
    {
        var keyspace = new Keyspace(new KeyspaceOptions { RandomSeed = 1 });
        var set = keyspace.Set("s");
        foreach (var member in stay) Done(set.AddAsync(Stayer(member)));
        var (options, seen, at, cursor) = (new MemberScan { PageSize = 1 + (pageSize % 20) }, new List<KvValue>(), 0, 0ul);
        do
        {
            var page = Done(set.ScanPageAsync(cursor, options));
            seen.AddRange(page.Members);
            cursor = page.NextCursor;
            for (var i = 0; i < 20 && at < changes.Length; i++, at++)
            {
                var (member, stays) = changes[at];
                if (stays && stay.Length > 0) Done(set.AddAsync(Stayer(stay[member % stay.Length])));
                else if (!Done(set.RemoveAsync($"goes {member}"))) Done(set.AddAsync($"goes {member}"));
            }
        }
        while (cursor != 0);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Subset(seen.ToHashSet(), stay.Select(Stayer).ToHashSet());

        static KvValue Stayer(byte member) => member;

        static T Done<T>(ValueTask<T> task)
        {
            Assert.True(task.IsCompletedSuccessfully);
            return task.Result;
        }
    }

    [Fact]
    public async Task A_scan_returns_every_member_once_and_a_pattern_leaves_those_that_match()
    {
        await using var world = new SetKeyspace();
        KvValue[] all = [.. Enumerable.Range(0, 1_000).Select(static i => (KvValue)$"member {i}")];
        await world["s"].AddAsync(all);

        foreach (var size in (int[])[1, 10, 250, 10_000])
            Assert.Equal(all.Order(), (await SeenAsync(world["s"], new MemberScan { PageSize = size })).Order());
        Assert.Equal("member 190 member 191", SetKeyspace.Text(await SeenAsync(world["s"], new MemberScan { Pattern = "*19[01]" })));
        Assert.Empty(await SeenAsync(world["missing"], new MemberScan()));
    }

    [Fact]
    public async Task A_cursor_that_was_not_given_out_is_refused()
    {
        await using var world = new SetKeyspace();

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world["s"].ScanPageAsync(ulong.MaxValue); });
        Assert.StartsWith("No scan of this process gave out this cursor.", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<KvValue>> SeenAsync(IKvSet set, MemberScan options)
    {
        var seen = new List<KvValue>();
        await foreach (var member in set.ScanAsync(options)) seen.Add(member);
        return seen;
    }
}
