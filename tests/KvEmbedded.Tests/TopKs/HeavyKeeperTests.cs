using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using KvEmbedded.Engine;
using KvEmbedded.Tests.SortedSets;
using KvEmbedded.TopKs;

namespace KvEmbedded.Tests.TopKs;

public sealed class HeavyKeeperTests
{
    [Property]
    public void Where_nothing_is_shared_the_list_is_exact((byte Number, byte By)[] seen)
    {
        var list = new HeavyKeeper(300, 100_000, 3, 0.9);
        var model = new Dictionary<string, long>();
        foreach (var (number, by) in seen)
        {
            model[Name(number)] = model.GetValueOrDefault(Name(number)) + by + 1;
            Assert.Null(Add(list, number, by + 1u));
        }

        list.CheckInvariants();
        Assert.Equal(
            model.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => (pair.Key, pair.Value)),
            Entries(list));
        Assert.All(model, pair => Assert.Equal((uint)pair.Value, Count(list, pair.Key)));
        Assert.Equal(0u, Count(list, "never"));
    }

    [Property]
    public void A_list_has_the_highest_counts_and_says_who_has_left_it(byte capacity, (byte Number, byte By)[] seen)
    {
        var list = new HeavyKeeper(1 + (capacity % 5), 1_000, 3, 0.9);
        var model = new HashSet<string>();
        foreach (var (number, by) in seen)
        {
            var lowest = Entries(list).Select(static entry => entry.Count).LastOrDefault();
            var wasThere = model.Contains(Name(number));
            var expelled = Add(list, number, by + 1u);
            if (expelled is not null) Assert.True(model.Remove(expelled) && !wasThere && Count(list, Name(number)) > lowest);
            if (Has(list, Name(number))) model.Add(Name(number));
            Assert.Equal(model.Order(StringComparer.Ordinal), Entries(list).Select(static entry => entry.Item).Order(StringComparer.Ordinal));
        }

        list.CheckInvariants();
    }

    [Theory]
    [InlineData(10, 64, 5, 0.9)]
    [InlineData(50, 400, 5, 0.9)]
    [InlineData(20, 300, 3, 0.99)]
    public void The_items_of_a_stream_that_come_most_often_are_found(int count, int width, int depth, double decay)
    {
        var list = new HeavyKeeper(count, width, depth, decay);
        var random = new Random(11);
        var truth = new int[50_000];

        // As in Zipf's law: the n-th item comes with a chance of 1 in n.
        for (var i = 0; i < 500_000; i++)
        {
            var number = (int)Math.Pow(truth.Length, random.NextDouble()) - 1;
            truth[number]++;
            list.Add(Bytes(Name(number)), ItemHash.Of(Bytes(Name(number))), 1, random);
        }

        var best = Enumerable.Range(0, truth.Length).OrderByDescending(number => truth[number]).Take(count).Select(Name).ToHashSet();
        var found = Entries(list);
        Assert.InRange(found.Count(entry => best.Contains(entry.Item)), count * 0.9, count);
        Assert.All(found, entry => Assert.InRange(entry.Count, truth[int.Parse(entry.Item, CultureInfo.InvariantCulture)] * 0.8, truth[int.Parse(entry.Item, CultureInfo.InvariantCulture)]));
        list.CheckInvariants();
    }

    [Fact]
    public void The_same_chance_gives_the_same_list()
    {
        Assert.Equal(Entries(Drawn(3)), Entries(Drawn(3)));
        Assert.NotEqual(Entries(Drawn(3)), Entries(Drawn(4)));

        static HeavyKeeper Drawn(int seed)
        {
            var list = new HeavyKeeper(5, 8, 2, 0.9);
            var random = new Random(seed);
            for (var i = 0; i < 2_000; i++) list.Add(Bytes(Name(i % 77)), ItemHash.Of(Bytes(Name(i % 77))), 1, random);
            return list;
        }
    }

    [Fact]
    public void A_counter_ends_at_its_range()
    {
        var chances = new DecayChances(0.9);
        var cell = CountingCells.Meet(new CountingCell(7, uint.MaxValue - 2), 7, 5, chances, new Random(1));
        Assert.Equal(new CountingCell(7, uint.MaxValue), cell);
    }

    [Fact]
    public void A_low_counter_is_taken_over_and_a_high_one_stays()
    {
        var chances = new DecayChances(0.9);
        Assert.Equal(8u, CountingCells.Meet(new CountingCell(7, 3), 8, 1_000, chances, new Random(1)).Fingerprint);
        Assert.Equal(new CountingCell(7, 100_000), CountingCells.Meet(new CountingCell(7, 100_000), 8, 100_000, chances, new Random(1)));
        Assert.Equal(0, chances.Of(1_000));
        Assert.Equal(Math.Pow(0.9999, 1_000), new DecayChances(0.9999).Of(1_000));
    }

    [Property]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_content(byte capacity, (byte Number, byte By)[] before, (byte Number, byte By)[] steps)
    {
        var list = new HeavyKeeper(1 + (capacity % 5), 4, 2, 0.5);
        foreach (var (number, by) in before) Add(list, number, by + 1u);
        var old = Content(list);
        var copy = (HeavyKeeper)list.Copy();
        var log = new EffectLog();
        list.Effects = log;
        foreach (var (number, by) in steps) Add(list, number, by + 1u);

        list.Effects = null;
        for (var at = log.Effects.Count - 1; at >= 0; at--) log.Effects[at].Undo(list);
        Assert.Equal(old, Content(list));
        Assert.Equal(old, Content(copy));
        list.CheckInvariants();
        copy.CheckInvariants();
    }

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Bytes(string name) => Encoding.ASCII.GetBytes(name);

    private static string? Add(HeavyKeeper list, int number, uint by) =>
        list.Add(Bytes(Name(number)), ItemHash.Of(Bytes(Name(number))), by, new Random(number)) is { } expelled ? Encoding.ASCII.GetString(expelled) : null;

    private static bool Has(HeavyKeeper list, string name) => list.Contains(Bytes(name), ItemHash.Of(Bytes(name)));

    private static uint Count(HeavyKeeper list, string name) => list.CountOf(Bytes(name), ItemHash.Of(Bytes(name)));

    private static List<(string Item, long Count)> Entries(HeavyKeeper list) =>
        list.Items().ConvertAll(static entry => (Encoding.ASCII.GetString(entry.Item), (long)entry.Count));

    private static (string, string) Content(HeavyKeeper list) => (string.Join(' ', Entries(list)), string.Join(' ', list.Cells()));
}

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class TopKMemoryTests
{
    [Theory]
    [InlineData(10, 8, 7)]
    [InlineData(1_000, 5_000, 5)]
    public void Memory_is_what_the_garbage_collector_says(int count, int width, int depth)
    {
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, Math.Max(1, 200_000 / (width * depth))).Select(_ => Filled(count, width, depth)).ToArray(),
            static lists => lists.Sum(static list => list.MemoryBytes));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    private static HeavyKeeper Filled(int count, int width, int depth)
    {
        var list = new HeavyKeeper(count, width, depth, 0.9);
        var random = new Random(1);
        for (var number = 0; number < 3 * count; number++) list.Add(BitConverter.GetBytes(number), ItemHash.Of(BitConverter.GetBytes(number)), 1, random);
        return list;
    }
}
