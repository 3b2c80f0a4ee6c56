using FsCheck.Xunit;
using KvEmbedded.CountMinSketches;
using KvEmbedded.Engine;
using KvEmbedded.Tests.SortedSets;
using static KvEmbedded.Tests.Records.Items;

namespace KvEmbedded.Tests.CountMinSketches;

public sealed class CountMinGridTests
{
    [Property]
    public void A_count_is_never_too_low_and_exact_where_nothing_is_shared(byte width, byte depth, (byte Number, byte By)[] seen)
    {
        var small = new CountMinGrid(1 + (width % 20), 1 + (depth % 4));
        var large = new CountMinGrid(1_000_000, 3);
        var model = new Dictionary<int, long>();
        foreach (var (number, by) in seen)
        {
            var truth = model[number] = model.GetValueOrDefault(number) + by + 1;
            Assert.InRange(Count(small, number, by + 1), truth, long.MaxValue);
            Assert.Equal(truth, Count(large, number, by + 1));
        }

        small.CheckInvariants();
        large.CheckInvariants();
        Assert.Equal(model.Values.Sum(), small.Count);
        Assert.All(model, pair => Assert.InRange(small.CountOf(Item(pair.Key)), pair.Value, small.Count));
        Assert.All(model, pair => Assert.Equal(pair.Value, large.CountOf(Item(pair.Key))));
        Assert.Equal(0u, large.CountOf(Item(-1)));
    }

    [Theory]
    [InlineData(0.01, 0.01)]
    [InlineData(0.001, 0.01)]
    [InlineData(0.001, 0.1)]
    [InlineData(0.1, 0.5)]
    public void Counts_are_too_high_by_more_than_promised_no_more_often_than_promised(double errorRate, double errorProbability)
    {
        var sketch = new CountMinGrid(CountMinSizes.Width(errorRate), CountMinSizes.Depth(errorProbability));
        var random = new Random(7);
        var truth = new int[20_000];
        for (var i = 0; i < 400_000; i++)
        {
            // About as in texts: the n-th item comes with a chance of 1 in n.
            var number = (int)Math.Pow(truth.Length, random.NextDouble()) - 1;
            truth[number]++;
            Count(sketch, number, 1);
        }

        var allowed = errorRate * sketch.Count;
        var wrong = Enumerable.Range(0, truth.Length).Count(number => sketch.CountOf(Item(number)) - truth[number] > allowed);
        Assert.InRange(wrong / (double)truth.Length, 0, errorProbability);
        Assert.All(Enumerable.Range(0, truth.Length), number => Assert.InRange(sketch.CountOf(Item(number)), truth[number], long.MaxValue));
    }

    [Theory]
    [InlineData(0.01, 0.01, 200, 7)]
    [InlineData(0.001, 0.002, 2000, 9)]
    [InlineData(0.3, 0.9, 7, 1)]
    public void Sizes_follow_from_the_promise(double errorRate, double errorProbability, long width, int depth) =>
        Assert.Equal((width, depth), (CountMinSizes.Width(errorRate), CountMinSizes.Depth(errorProbability)));

    [Fact]
    public void A_counter_ends_at_its_range_and_nothing_has_changed()
    {
        var sketch = new CountMinGrid(4, 2);
        Assert.Equal(uint.MaxValue - 1, Count(sketch, 1, uint.MaxValue - 1));
        var old = Content(sketch);
        var counts = new long[3];

        Assert.False(sketch.TryIncrement([(Item(2), 3), (Item(1), 1), (Item(1), 1)], counts));
        Assert.Equal(old, Content(sketch));
        Assert.False(sketch.TryIncrement([(Item(1), long.MaxValue)], counts));
        Assert.Equal(uint.MaxValue, Count(sketch, 1, 1));
        sketch.CheckInvariants();
    }

    [Property]
    public void A_sum_is_the_sketch_of_all_that_was_seen((byte Number, byte By)[] first, (byte Number, byte By)[] second, byte weight)
    {
        CountMinGrid[] sources = [Of(first, 1), Of(second, 1)];
        var both = Of([.. first], 1);
        foreach (var (number, by) in second) if (weight > 0) Count(both, number, (by + 1) * weight);

        var target = Of(second, 3);
        Assert.True(target.TrySum(sources, [1, weight], out var sum));
        target.Replace(sum);

        Assert.Equal(Content(both), Content(target));
        target.CheckInvariants();
    }

    [Fact]
    public void A_sum_outside_the_range_is_refused()
    {
        var full = new CountMinGrid(4, 2);
        Count(full, 1, uint.MaxValue);
        var one = new CountMinGrid(4, 2);
        Count(one, 1, 1);

        Assert.False(full.TrySum([full, one], [1, 1], out _));
        Assert.False(full.TrySum([one], [1L << 32], out _));
        Assert.False(full.TrySum([one], [long.MaxValue], out _));
        Assert.False(full.TrySum([one, one], [long.MaxValue, long.MaxValue], out _));
        Assert.True(full.TrySum([one, full], [uint.MaxValue, 0], out var sum));
        Assert.Equal(uint.MaxValue, sum.Count);
    }

    [Property]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_content((byte Number, byte By)[] before, (byte Number, byte By)[] steps)
    {
        var sketch = Of(before, 1);
        var old = Content(sketch);
        var log = new EffectLog();
        sketch.Effects = log;
        foreach (var (number, by) in steps)
        {
            if (by % 8 == 0)
            {
                sketch.TrySum([sketch, Of(before, 1)], [1, 2], out var sum);
                sketch.Replace(sum);
            }
            else
            {
                sketch.TryIncrement([(Item(number), by), (Item(by), 1)], new long[2]);
            }
        }

        sketch.Effects = null;
        for (var at = log.Effects.Count - 1; at >= 0; at--) log.Effects[at].Undo(sketch);
        Assert.Equal(old, Content(sketch));
        sketch.CheckInvariants();
    }

    [Property]
    public void Effects_done_again_on_a_copy_give_the_same_content((byte Number, byte By)[] before, (byte Number, byte By)[] steps)
    {
        var sketch = Of(before, 1);
        var copy = (CountMinGrid)sketch.Copy();
        var log = new EffectLog();
        sketch.Effects = log;
        foreach (var (number, by) in steps) sketch.TryIncrement([(Item(number), by + 1), (Item(by), 1)], new long[2]);

        foreach (var effect in log.Effects) Assert.True(copy.TryIncrement(((CountMinIncremented)effect).Increments.Span, new long[2]));
        Assert.Equal(Content(sketch), Content(copy));
        copy.CheckInvariants();
    }

    private static CountMinGrid Of((byte Number, byte By)[] seen, int times)
    {
        var sketch = new CountMinGrid(16, 3);
        foreach (var (number, by) in seen) Count(sketch, number, (by + 1) * times);
        return sketch;
    }

    private static long Count(CountMinGrid sketch, int number, long by)
    {
        var counts = new long[1];
        Assert.True(sketch.TryIncrement([(Item(number), by)], counts));
        return counts[0];
    }

    private static (long, string) Content(CountMinGrid sketch) => (sketch.Count, string.Join(' ', sketch.Cells()));
}
