using FsCheck.Xunit;
using KvEmbedded.BloomFilters;
using KvEmbedded.Tests.SortedSets;
using static KvEmbedded.Tests.BloomFilters.BloomWorld;

namespace KvEmbedded.Tests.BloomFilters;

public sealed class BloomLayersTests
{
    private static readonly double[] Rates = [0.9, 0.5, 0.1, 0.01, 0.0001];

    [Property]
    public void What_was_added_is_there_and_counted_unless_it_was_taken_for_known(byte rate, byte capacity, byte expansion, ushort[] numbers)
    {
        var filter = new BloomLayers(Rates[rate % Rates.Length], 1 + (capacity % 20), 1 + (expansion % 4));
        var count = 0;
        foreach (var number in numbers)
        {
            var wasThere = filter.Contains(Item(number));
            Assert.Equal(!wasThere, filter.Add(Item(number)));
            if (!wasThere) count++;
        }

        Assert.All(numbers, number => Assert.True(filter.Contains(Item(number))));
        Assert.Equal(count, filter.Count);
        filter.CheckInvariants();
    }

    [Theory]
    [InlineData(0.5, 1_000, 0)]
    [InlineData(0.1, 10, 0)]
    [InlineData(0.1, 10_000, 0)]
    [InlineData(0.01, 100, 0)]
    [InlineData(0.01, 10_000, 0)]
    [InlineData(0.01, 1_000_000, 0)]
    [InlineData(0.001, 100, 0)]
    [InlineData(0.001, 100_000, 0)]
    [InlineData(0.0001, 10, 0)]
    [InlineData(0.0001, 100_000, 0)]
    [InlineData(0.01, 100, 2)]
    [InlineData(0.01, 1, 2)]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.001, 1000, 4)]
    public void Errors_are_no_more_than_promised(double errorRate, int capacity, int expansion)
    {
        // One that grows is filled far past its first layer, to the end of its last one.
        var filter = Filled(errorRate, capacity, expansion, capacity);
        for (var number = capacity; expansion > 0 && filter.Count < Math.Max(1_000, 30 * capacity); number++) filter.Add(Item(number));

        // The probes are a sample: what three standard deviations allow is theirs, not the filter's.
        const int probes = 2_000_000;
        Assert.InRange(MeasuredErrorRate(filter, probes), 0, errorRate + (3 * Math.Sqrt(errorRate / probes)));
        filter.CheckInvariants();
    }

    [Fact]
    public void Many_small_filters_keep_the_promise_together()
    {
        // A filter of a few hundred bits whose errors came in clusters would show here.
        var errors = 0.0;
        for (var from = 0; from < 200; from++)
        {
            var filter = new BloomLayers(0.001, 10, 0);
            for (var number = 0; filter.Count < 10; number++) filter.Add(Item((from * 1000) + number));
            errors += MeasuredErrorRate(filter, 20_000);
        }

        Assert.InRange(errors / 200, 0, 0.001);
    }

    [Fact]
    public void Layers_grow_by_the_expansion_and_halve_the_error()
    {
        var filter = Filled(0.01, 10, 3, 10);
        Assert.Equal((1, 10L), (filter.LayerCount, filter.Capacity));
        filter = Filled(0.01, 10, 3, 41);
        Assert.Equal((3, 10L + 30 + 90), (filter.LayerCount, filter.Capacity));
        Assert.Equal([0.005, 0.0025, 0.00125], [.. Enumerable.Range(0, 3).Select(static i => BloomSizes.LayerRate(0.01, 3, i))]);
    }

    [Theory]
    [InlineData(0.01, 7)]
    [InlineData(0.001, 10)]
    [InlineData(0.9, 1)]
    [InlineData(1e-300, 64)]
    public void Hash_functions_are_as_many_as_halve_the_error(double rate, int hashes) => Assert.Equal(hashes, BloomSizes.Hashes(rate));

    [Fact]
    public void Room_is_as_long_as_a_fixed_size_has_it()
    {
        var filter = Filled(0.01, 10, 0, 8);
        Assert.True(filter.HasRoomFor(2));
        Assert.False(filter.HasRoomFor(3));
        Assert.True(Filled(0.01, 10, 2, 10).HasRoomFor(1_000));
    }

    [Fact]
    public void A_filter_grows_as_far_as_a_layer_may()
    {
        Assert.Equal(BloomSizes.CapacityMax, BloomSizes.NextCapacity(BloomSizes.CapacityMax, 2, 0.01));
        Assert.Equal(BloomSizes.CapacityMax / 2, BloomSizes.NextCapacity(BloomSizes.CapacityMax, 2, 1e-12));
    }

    [Property]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_content(byte capacity, byte expansion, ushort[] before, ushort[] after)
    {
        var filter = new BloomLayers(0.1, 1 + (capacity % 10), 1 + (expansion % 3));
        foreach (var number in before) filter.Add(Item(number));
        var old = Content(filter);
        var copy = (BloomLayers)filter.Copy();
        var log = new EffectLog();
        filter.Effects = log;
        foreach (var number in after) filter.Add(Item(number));
        filter.Effects = null;

        foreach (var effect in log.Effects.OfType<BloomItemAdded>()) Assert.True(copy.Add(effect.Item));
        Assert.Equal(Content(filter), Content(copy));
        copy.CheckInvariants();
        for (var at = log.Effects.Count - 1; at >= 0; at--) log.Effects[at].Undo(filter);
        Assert.Equal(old, Content(filter));
        filter.CheckInvariants();
    }

    [Fact]
    public void Each_mutation_reports_what_it_changed()
    {
        var log = new EffectLog();
        var filter = new BloomLayers(0.01, 1, 1) { Effects = log };
        filter.Add(Item(1));
        filter.Add(Item(1));
        filter.Add(Item(2));

        Assert.Equal(8, Assert.IsType<BloomItemAdded>(log.Effects[0]).NewBits.Length);
        Assert.IsType<BloomLayerAdded>(log.Effects[1]);
        Assert.Equal(Item(2), Assert.IsType<BloomItemAdded>(log.Effects[2]).Item);
        Assert.Equal(3, log.Effects.Count);
    }

    private static (long, int, long, string) Content(BloomLayers filter) =>
        (filter.Count, filter.LayerCount, filter.Capacity, string.Join(' ', filter.Bits()));
}
