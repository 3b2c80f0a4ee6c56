using FsCheck.Xunit;
using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.KeyTableWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>Scan and random keys.</summary>
public sealed class KeyTableWalkTests
{
    [Property(MaxTest = 300)]
    public void A_key_that_is_there_all_along_is_returned_exactly_once(
        byte stable, byte page, (byte Kind, byte Key)[] changes, int seed)
    {
        // Keys below `stable` are never touched; the others come and go between pages, in crowds, so that segments split
        // and merge under the scan.
        var table = new KeyTable(Crowded);
        for (var number = 0; number < stable; number++) table.PutString(Key(number), Hash(number), default);
        var random = new Random(seed);
        var seen = new List<int>();
        var owners = new List<object>();
        var (at, pages, step) = (0u, 0, 0);
        do
        {
            owners.Clear();
            at = table.Scan(at, 1 + (page % 12), owners);
            seen.AddRange(owners.Select(owner => NumberOf(KeyTable.KeyOf(owner))));
            for (var burst = random.Next(20); burst > 0 && step < changes.Length; burst--, step++) Change(table, changes[step]);
            Assert.True(++pages < 100_000, "The scan ends.");
        }
        while (at != 0);

        Assert.Equal(Enumerable.Range(0, stable), seen.Where(number => number < stable).Order());
        table.CheckInvariants();
    }

    [Fact]
    public void A_page_has_about_as_many_keys_as_were_asked_for()
    {
        var table = new KeyTable();
        for (var number = 0; number < 20_000; number++) table.PutString(Key(number), Spread(number), default);
        foreach (var size in (int[])[1, 10, 1000, 100_000])
        {
            var (at, pages, keys) = (0u, 0, 0);
            do
            {
                var owners = new List<object>();
                at = table.Scan(at, size, owners);
                Assert.InRange(owners.Count, 0, size);
                keys += owners.Count;
                pages++;
            }
            while (at != 0);
            Assert.Equal(20_000, keys);
            Assert.InRange(pages, 1, 2 + (20_000 / size * 3 / 2));
        }
    }

    [Fact]
    public void A_page_never_parts_keys_with_equal_hashes()
    {
        var table = new KeyTable();
        for (var number = 0; number < 100; number++) table.PutString(Key(number), number < 50 ? 5u : 70_000_000u, default);
        var owners = new List<object>();
        var at = table.Scan(0, 1, owners);
        Assert.All(owners, owner => Assert.InRange(NumberOf(KeyTable.KeyOf(owner)), 0, 49));
        Assert.Equal(50, owners.Count);
        while (at != 0)
        {
            owners.Clear();
            at = table.Scan(at, 1, owners);
            Assert.True(owners.Count is 0 or 50);
        }
    }

    [Fact]
    public void A_scan_of_nothing_ends_at_once()
    {
        var owners = new List<object>();
        Assert.Equal(0u, new KeyTable().Scan(0, 10, owners));
        Assert.Empty(owners);
        Assert.False(new KeyTable().TryRandom(new Random(1), out _));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(120)]
    public void Every_key_is_drawn_as_often_as_any_other(int keys)
    {
        // Half of the keys share their high bits: deep segments beside shallow ones.
        const int draws = 2000;
        var table = new KeyTable(Crowded);
        for (var number = 0; number < keys; number++)
            table.PutString(Key(number), number % 2 == 0 ? Spread(number) : Spread(number) >> 4, default);
        var random = new Random(5);
        var counts = new int[keys];
        for (var draw = 0; draw < draws * keys; draw++)
        {
            Assert.True(table.TryRandom(random, out var location));
            counts[NumberOf(location.CopyKey())]++;
        }

        // Six standard deviations of a binomial count.
        Assert.All(counts, count => Assert.InRange(count, draws - 270, draws + 270));
    }

    [Fact]
    public void A_random_key_is_found_in_a_table_that_is_nearly_empty()
    {
        var table = new KeyTable();
        for (var number = 0; number < 50_000; number++) table.PutString(Key(number), Spread(number), default);
        for (var number = 1; number < 50_000; number++)
        {
            table.TryFind(Key(number), Spread(number), out var location);
            table.Remove(location);
        }

        Assert.True(table.TryRandom(new Random(1), out var last));
        Assert.Equal(Key(0), last.CopyKey());
    }

    private static void Change(KeyTable table, (byte Kind, byte Key) change)
    {
        var number = 256 + change.Key;
        var location = Find(table, number);
        if (change.Kind % 3 != 0) table.PutString(location, Key(number), default, Expiry.Never);
        else if (location.Exists) table.Remove(location);
    }
}
