using FsCheck.Xunit;
using KvEmbedded.Records;
using KvEmbedded.SortedSets;
using static KvEmbedded.Tests.SortedSets.SortedSetWorld;

namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetScanTests
{
    [Property(MaxTest = 300, EndSize = 300)]
    public void Members_there_all_along_are_seen_exactly_once_whatever_happens_between_the_pages(
        byte shape, byte[] stay, byte pageSize, (byte Member, sbyte Score)[] between)
    {
        var staying = stay.Select(MemberOf).ToHashSet(StringComparer.Ordinal);
        var tree = SortedSetTreeTests.Filled(shape, Array.ConvertAll(stay, member => (member, (sbyte)member)));
        var seen = new List<string>();
        var page = new ScanPage<ScoredMember>();
        var cursor = 0u;
        var step = 0;
        do
        {
            cursor = tree.Scan(cursor, 1 + (pageSize % 20), page);
            for (var at = 0; at < page.Count; at++)
            {
                seen.Add(Text(page.Member(at)));
                Assert.True(tree.TryGetScore(page.Member(at), out var score));
                Assert.Equal(score, page.Score(at));
            }

            for (var change = 0; change < 40 && step < between.Length; change++, step++)
            {
                var (number, score) = between[step];
                var member = MemberOf(number);
                if (score % 3 == 0 && !staying.Contains(member)) tree.Remove(Bytes(member));
                else tree.Put(Bytes(member), ScoreOf(score));
            }

            tree.CheckInvariants();
        }
        while (cursor != 0);

        Assert.Equal(staying.Order(StringComparer.Ordinal), seen.Where(staying.Contains).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Members_that_stay_are_seen_while_the_set_shrinks_to_them()
    {
        var tree = new SortedSetTree(Middle);
        for (var number = 0; number < 5000; number++) tree.Put(BitConverter.GetBytes(number), number);
        var seen = new HashSet<int>();
        var page = new ScanPage<ScoredMember>();
        var (cursor, gone) = (0u, 0);
        do
        {
            cursor = tree.Scan(cursor, 50, page);
            for (var at = 0; at < page.Count; at++) seen.Add(BitConverter.ToInt32(page.Member(at)));
            for (var end = Math.Min(5000, gone + 300); gone < end; gone++)
            {
                if (gone % 100 != 0) tree.Remove(BitConverter.GetBytes(gone));
            }
        }
        while (cursor != 0);

        tree.CheckInvariants();
        Assert.All(Enumerable.Range(0, 50), number => Assert.Contains(number * 100, seen));
    }

    [Fact]
    public void Pages_are_about_as_large_as_asked()
    {
        var tree = new SortedSetTree();
        for (var number = 0; number < 50_000; number++) tree.Put(BitConverter.GetBytes(number), number);
        var page = new ScanPage<ScoredMember>();
        var cursor = tree.Scan(0, 10, page);
        while (cursor != 0)
        {
            Assert.InRange(page.Count, 9, 12);
            cursor = tree.Scan(cursor, 10, page);
        }
    }

    [Fact]
    public void Members_of_equal_hash_are_never_parted()
    {
        var tree = new SortedSetTree(Colliding);
        for (var number = 0; number < 400; number++) tree.Put(BitConverter.GetBytes(number), number);
        var page = new ScanPage<ScoredMember>();
        var (cursor, pages, total) = (0u, 0, 0);
        do
        {
            cursor = tree.Scan(cursor, 1, page);
            total += page.Count;
            if (page.Count > 0) pages++;
        }
        while (cursor != 0);

        Assert.Equal((8, 400), (pages, total));
    }

    [Fact]
    public void A_page_size_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SortedSetTree().Scan(0, 0, new ScanPage<ScoredMember>()));
}
