using FsCheck.Xunit;
using KvEmbedded.CuckooFilters;
using KvEmbedded.Tests.SortedSets;
using static KvEmbedded.Tests.Records.Items;

namespace KvEmbedded.Tests.CuckooFilters;

public sealed class CuckooLayersTests
{
    private static CuckooFilterOptions Small(int shape) => new()
    {
        Capacity = 1 + (shape % 7),
        BucketSize = 1 + (shape / 7 % 4),
        MaxIterations = 1 + (shape / 28 % 3),
        Expansion = 1 + (shape / 84 % 3),
    };

    [Property(EndSize = 300)]
    public void What_was_added_and_not_removed_is_there_as_often(byte shape, (byte Number, bool Adds)[] steps)
    {
        var filter = new CuckooLayers(Small(shape));
        var model = new Dictionary<int, int>();
        foreach (var (number, adds) in steps)
        {
            var count = model.GetValueOrDefault(number % 32);
            if (adds) Assert.True(filter.TryAdd(Item(number % 32)));
            else if (count == 0) continue;
            else Assert.True(filter.Remove(Item(number % 32)));
            model[number % 32] = count + (adds ? 1 : -1);
        }

        filter.CheckInvariants();
        Assert.Equal(model.Values.Sum(), filter.Count);
        Assert.All(model, pair => Assert.InRange(filter.CountOf(Item(pair.Key)), pair.Value, long.MaxValue));
        Assert.All(model, pair => Assert.True(pair.Value == 0 || filter.Contains(Item(pair.Key))));
    }

    /// <summary>Every way to add and remove three items, seven steps long, in the smallest filters there are.</summary>
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 1)]
    [InlineData(1, 2, 0)]
    public void In_a_small_world_no_way_loses_an_item(int capacity, int bucketSize, int expansion)
    {
        var options = new CuckooFilterOptions { Capacity = capacity, BucketSize = bucketSize, MaxIterations = 2, Expansion = expansion };
        const int steps = 7;
        for (var way = 0; way < Math.Pow(6, steps); way++)
        {
            var filter = new CuckooLayers(options);
            var model = new int[3];
            for (var (step, rest) = (0, way); step < steps; step++, rest /= 6)
            {
                var item = rest % 3;
                if (rest % 6 < 3) model[item] += filter.TryAdd(Item(item)) ? 1 : 0;
                else if (model[item] > 0) model[item] -= filter.Remove(Item(item)) ? 1 : 99;
            }

            for (var item = 0; item < 3; item++)
            {
                if (filter.CountOf(Item(item)) < model[item]) Assert.Fail($"Way {way} lost item {item}.");
            }

            if (filter.Count != model.Sum()) Assert.Fail($"Way {way} counts {filter.Count}.");
        }
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(1, 20_000)]
    [InlineData(2, 100)]
    [InlineData(2, 1_000)]
    [InlineData(2, 1_400)]
    [InlineData(2, 100_000)]
    [InlineData(3, 20_000)]
    [InlineData(4, 1_000)]
    [InlineData(4, 3_400)]
    [InlineData(4, 200_000)]
    [InlineData(8, 100_000)]
    public void A_layer_holds_the_items_it_is_made_for(int bucketSize, int capacity)
    {
        for (var world = 0; world < 5; world++)
        {
            var filter = new CuckooLayers(new CuckooFilterOptions { Capacity = capacity, BucketSize = bucketSize, Expansion = 0 });
            for (var number = 0; number < capacity; number++) Assert.True(filter.TryAdd(Item((world * 1_000_000) + number)), $"{number}");
        }
    }

    [Theory]
    [InlineData(1, 100_000)]
    [InlineData(2, 100_000)]
    [InlineData(4, 100_000)]
    [InlineData(2, 1_000)]
    public void Errors_are_as_rare_as_the_fingerprints_promise(int bucketSize, int capacity)
    {
        var filter = new CuckooLayers(new CuckooFilterOptions { Capacity = capacity, BucketSize = bucketSize, Expansion = 0 });
        for (var number = 0; number < capacity; number++) filter.TryAdd(Item(number));

        const int probes = 1_000_000;
        var promised = 2.0 * bucketSize / ushort.MaxValue;
        var measured = Enumerable.Range(1, probes).Count(number => filter.Contains(Item(-number))) / (double)probes;
        Assert.InRange(measured, 0, promised + (3 * Math.Sqrt(promised / probes)));
    }

    [Fact]
    public void Layers_grow_by_the_expansion_and_are_never_many()
    {
        Assert.Equal(128, CuckooSizes.NextBuckets(32, 2, 3, 1));
        Assert.Equal(32, CuckooSizes.NextBuckets(32, 2, 1, 31));
        Assert.Equal(64, CuckooSizes.NextBuckets(32, 2, 1, 32));
        Assert.Equal(CuckooSizes.CellsMax / 2, CuckooSizes.NextBuckets(CuckooSizes.CellsMax / 2, 2, 2, 2));
        Assert.InRange(CuckooSizes.Buckets(CuckooSizes.CapacityMax, 1), CuckooSizes.CapacityMax, CuckooSizes.CellsMax);
        Assert.InRange(CuckooSizes.Buckets(CuckooSizes.CapacityMax, 255) * 255, CuckooSizes.CapacityMax, CuckooSizes.CellsMax);
        var filter = new CuckooLayers(new CuckooFilterOptions { Capacity = 4 });
        for (var number = 0; number < 20_000; number++) filter.TryAdd(Item(number));
        Assert.InRange(filter.LayerCount, 32, 50);
        filter.CheckInvariants();
    }

    [Fact]
    public void A_fingerprint_leads_from_either_bucket_to_the_other()
    {
        var layer = new CuckooLayer(1 << 20, 2);
        for (var number = 0; number < 10_000; number++)
        {
            var fingerprint = CuckooLayer.Fingerprint(Item(number));
            var other = layer.OtherBucket(layer.FirstBucket(Item(number)), fingerprint);
            Assert.NotEqual(0, fingerprint);
            Assert.InRange(other, 0ul, (1ul << 20) - 1);
            Assert.NotEqual(layer.FirstBucket(Item(number)), other);
            Assert.Equal(layer.FirstBucket(Item(number)), layer.OtherBucket(other, fingerprint));
        }
    }

    [Property]
    public void Items_that_do_not_all_fit_change_nothing(byte shape, byte[] before, byte[] items, bool onlyMissing)
    {
        var filter = new CuckooLayers(Small(shape) with { Expansion = 0 });
        foreach (var number in before) filter.TryAdd(Item(number));
        var old = Content(filter);
        var added = new bool[items.Length];

        if (filter.TryAddAll([.. items.Select(static number => Item(number))], onlyMissing, added)) Assert.Equal(old.Item1 + added.Count(static isNew => isNew), filter.Count);
        else Assert.Equal(old, Content(filter));
        filter.CheckInvariants();
    }

    [Property(EndSize = 200)]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_content(
        byte shape, byte[] before, (byte Number, byte Kind)[] steps)
    {
        var filter = new CuckooLayers(Small(shape));
        foreach (var number in before) filter.TryAdd(Item(number));
        var old = Content(filter);
        var copy = (CuckooLayers)filter.Copy();
        var log = new EffectLog();
        filter.Effects = log;
        foreach (var (number, kind) in steps)
        {
            if (kind % 3 == 0) filter.Remove(Item(number));
            else filter.TryAddAll([Item(number), Item(kind)], onlyMissing: kind % 2 == 0, []);
        }

        filter.Effects = null;
        foreach (var effect in log.Effects)
        {
            if (effect is CuckooItemsAdded items) Assert.True(copy.TryAddAll(items.Items.Span, items.OnlyMissing, []));
            else if (effect is CuckooItemRemoved removed) Assert.True(copy.Remove(removed.Item));
        }

        Assert.Equal(Content(filter), Content(copy));
        for (var at = log.Effects.Count - 1; at >= 0; at--) log.Effects[at].Undo(filter);
        Assert.Equal(old, Content(filter));
        filter.CheckInvariants();
    }

    private static (long, long, int, string) Content(CuckooLayers filter) =>
        (filter.Count, filter.Removed, filter.LayerCount, string.Join(' ', filter.Cells()));
}
