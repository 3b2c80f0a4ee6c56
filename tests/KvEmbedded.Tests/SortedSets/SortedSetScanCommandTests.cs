using FsCheck.Xunit;
using static KvEmbedded.Tests.SortedSets.BoardWorld;

namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetScanCommandTests
{
    [Fact]
    public async Task A_scan_returns_every_entry_once()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        SortedSetEntry[] all = [.. Enumerable.Range(0, 1_000).Select(static i => new SortedSetEntry($"member {i}", i % 7))];
        await board.AddAsync(all);

        foreach (var size in (int[])[1, 10, 250, 10_000])
        {
            var seen = new List<SortedSetEntry>();
            await foreach (var entry in board.ScanAsync(new MemberScan { PageSize = size })) seen.Add(entry);
            Assert.Equal(all.OrderBy(static entry => entry.Member), seen.OrderBy(static entry => entry.Member));
        }
    }

    [Fact]
    public async Task A_pattern_leaves_the_members_that_match()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        await board.AddAsync([new("apple", 1), new("avocado", 2), new("banana", 3), new("", 4)]);

        Assert.Equal("apple=1 avocado=2", await ScanAsync(board, "a*"));
        Assert.Equal("banana=3", await ScanAsync(board, "[^a]*"));
        Assert.Equal("", await ScanAsync(board, "x*"));
        Assert.Equal("=4 apple=1 avocado=2 banana=3", await ScanAsync(board, "*"));
        Assert.Equal("", await ScanAsync(world["missing"], "*"));
    }

    [Fact]
    public async Task A_page_at_a_time_leads_through_all_and_a_cursor_never_expires()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        await board.AddAsync([.. Enumerable.Range(0, 300).Select(static i => new SortedSetEntry(i, i))]);
        var options = new MemberScan { PageSize = 40, Pattern = "1*" };
        var seen = new List<KvValue>();
        var cursors = new List<ulong>();

        var page = await board.ScanPageAsync(0, options);
        for (; page.NextCursor != 0; page = await board.ScanPageAsync(page.NextCursor, options))
        {
            seen.AddRange(page.Entries.Select(static entry => entry.Member));
            cursors.Add(page.NextCursor);
        }

        seen.AddRange(page.Entries.Select(static entry => entry.Member));
        Assert.Equal(111, seen.Distinct().Count());
        Assert.Equal(111, seen.Count);
        Assert.InRange(cursors.Count, 5, 12);

        await board.DeleteAsync();
        foreach (var cursor in cursors) Assert.Equal(0ul, (await board.ScanPageAsync(cursor)).NextCursor);
    }

    [Fact]
    public async Task A_cursor_that_was_not_given_out_is_refused()
    {
        await using var world = new BoardWorld();

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => { _ = world["board"].ScanPageAsync(ulong.MaxValue); });
        Assert.StartsWith("No scan of this process gave out this cursor.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scan_inside_a_transaction_is_steps_of_it()
    {
        await using var world = new BoardWorld();
        await world.FilledAsync("board", 1, 2, 3);

        await world.Keyspace.TransactAsync(async tx =>
        {
            var seen = new List<SortedSetEntry>();
            await foreach (var entry in tx.SortedSet("board").ScanAsync(new MemberScan { PageSize = 1 })) seen.Add(entry);
            Assert.Equal("a=1 b=2 c=3", Text(seen));
        });
    }

    [Property(MaxTest = 200, EndSize = 200)]
    public void Members_there_all_along_are_seen_once_whatever_is_changed_in_between(byte[] stay, byte pageSize, (byte Member, bool Stays)[] changes)
    {
        var keyspace = new Keyspace(new KeyspaceOptions { RandomSeed = 1 });
        var board = keyspace.SortedSet("board");
        foreach (var member in stay) Done(board.AddAsync(Stayer(member), member));
        var (options, seen, at) = (new MemberScan { PageSize = 1 + (pageSize % 20) }, new List<KvValue>(), 0);
        ulong cursor = 0;
        do
        {
            var page = Done(board.ScanPageAsync(cursor, options));
            seen.AddRange(page.Entries.Select(static entry => entry.Member));
            cursor = page.NextCursor;
            for (var i = 0; i < 20 && at < changes.Length; i++, at++)
            {
                var (member, stays) = changes[at];
                if (stays) Done(board.AddAsync(Stayer(stay.Length == 0 ? member : stay[member % stay.Length]), -member));
                else if (!Done(board.RemoveAsync($"goes {member}"))) Done(board.AddAsync($"goes {member}", member));
            }
        }
        while (cursor != 0);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Subset(seen.ToHashSet(), stay.Select(Stayer).ToHashSet());

        static KvValue Stayer(byte member) => $"stays {member}";

        static T Done<T>(ValueTask<T> task)
        {
            Assert.True(task.IsCompletedSuccessfully);
            return task.Result;
        }
    }

    private static async Task<string> ScanAsync(ISortedSet board, KvValue pattern)
    {
        var seen = new List<SortedSetEntry>();
        await foreach (var entry in board.ScanAsync(new MemberScan { Pattern = pattern })) seen.Add(entry);
        return Text(seen.OrderBy(static entry => entry.Member));
    }
}
