using System.Text;
using KvEmbedded.Lists;
using KvEmbedded.SortedSets;
using KvEmbedded.Strings;
using KvEmbedded.Tests.Streams;

namespace KvEmbedded.Tests.Ranges;

/// <summary>All small intervals there are, each against a look at every element.</summary>
public sealed class RangeArithmeticTests
{
    private const int LengthMax = 6;
    private const int IndexMax = 8;

    private static readonly Order[] Orders = [Order.Ascending, Order.Descending];

    [Fact]
    public void A_range_of_a_list() => EveryRange(static (range, length) =>
    {
        var (start, count) = ListReads.Resolve(range, length);
        return Enumerable.Range(start, count);
    });

    [Fact]
    public void A_range_of_a_string() => EveryRange(static (range, length) =>
    {
        var (start, count) = StringBlob.Resolve(range, length);
        return Enumerable.Range(start, count);
    });

    [Fact]
    public void A_range_of_ranks_in_both_orders() => EveryRange(static (range, length) =>
    {
        var set = Tree(Enumerable.Range(0, length).Select(static number => ($"{number}", (double)number)));
        var ascending = Read(set, EntryRange.Of(range)).Select(int.Parse).ToArray();
        var descending = Read(set, EntryRange.Of(range, Order.Descending)).Select(int.Parse);
        Assert.Equal(ascending, descending.Select(number => length - 1 - number));
        return ascending;
    });

    [Fact]
    public void A_range_of_bytes_in_bits() => EveryRange(static (range, length) =>
    {
        var (start, end) = BitRange.OfBytes(range).In(length);
        Assert.Equal((0, 0), (start % 8, end % 8));
        return Enumerable.Range((int)start / 8, (int)(end - start) / 8);
    });

    [Fact]
    public void A_range_of_bits() => EveryRange(
        static (range, length) =>
        {
            var (start, end) = BitRange.OfBits(range).In(length / 8);
            return Enumerable.Range((int)start, (int)(end - start));
        },
        [0, 8, 16]);

    [Fact]
    public void Scores_between_any_two_ends()
    {
        double[] scores = [double.NegativeInfinity, -1.5, 0, 2, double.PositiveInfinity];
        EveryInterval(
            static end => end.IsNone ? ScoreRange.All : end.IsExcluded ? ScoreRange.Above(end.Value) : ScoreRange.AtLeast(end.Value),
            static (range, end) => end.IsNone ? range : end.IsExcluded ? range.AndBelow(end.Value) : range.AndAtMost(end.Value),
            static (range, score) => range.Contains(score),
            static present =>
            {
                var set = Tree(present.Select(static score => ($"{score}", score)));
                return (range, order) => Read(set, EntryRange.Of(range, order)).Select(double.Parse);
            },
            scores);
    }

    [Fact]
    public void Members_between_any_two_ends()
    {
        string[] members = ["", "a", "a\0", "b", "bb"];
        EveryInterval(
            static end => end.IsNone ? MemberRange.All : end.IsExcluded ? MemberRange.Above(end.Value!) : MemberRange.AtLeast(end.Value!),
            static (range, end) => end.IsNone ? range : end.IsExcluded ? range.AndBelow(end.Value!) : range.AndAtMost(end.Value!),
            static (range, member) => range.Contains(member),
            static present =>
            {
                var set = Tree(present.Select(static member => (member, 0.0)));
                return (range, order) => Read(set, EntryRange.Of(range, order));
            },
            members);
    }

    [Fact]
    public async Task Ids_between_any_two_ends()
    {
        await using var world = new StreamWorld();
        StreamId[] ids = [new(0, 1), new(0, ulong.MaxValue), new(1, 0), new(1, 1), new(ulong.MaxValue, ulong.MaxValue)];
        EveryInterval(
            static end => end.IsNone ? StreamRange.All : end.IsExcluded ? StreamRange.Above(end.Value) : StreamRange.From(end.Value),
            static (range, end) => end.IsNone ? range : end.IsExcluded ? range.AndBelow(end.Value) : range.AndUpTo(end.Value),
            static (range, id) => range.Contains(id),
            present =>
            {
                var stream = world["a"];
                Answer(stream.DeleteAsync());
                foreach (var id in present) Answer(stream.AddAsync([new("n", 1)], new StreamAddOptions { Id = id }));
                return (range, order) => Answer(stream.GetRangeAsync(range, order)).Select(static entry => entry.Id);
            },
            ids);
    }

    [Fact]
    public void Any_part_of_an_interval_from_either_end()
    {
        for (var start = 0; start <= 3; start++)
        for (var count = 0; count <= LengthMax; count++)
        for (var skip = 0; skip <= IndexMax; skip++)
        for (var take = 0; take <= IndexMax; take++)
        foreach (var order in Orders)
        {
            var ranks = Enumerable.Range(start, count);
            var expected = (order == Order.Ascending ? ranks : ranks.Reverse()).Skip(skip).Take(take).Order();
            var part = new RankRange(start, count).Part(order, skip, take);
            Assert.Equal(expected, Enumerable.Range(part.Start, part.Count));
        }
    }

    /// <summary>Each length, and each pair of ends, counted from the start and from the end, inside and outside.</summary>
    private static void EveryRange(Func<Range, int, IEnumerable<int>> resolve, int[]? lengths = null)
    {
        foreach (var length in lengths ?? [.. Enumerable.Range(0, LengthMax + 1)])
        {
            Index[] ends = [.. Enumerable.Range(0, Math.Max(IndexMax, length + 2) + 1).SelectMany(static i => new[] { new Index(i), new Index(i, fromEnd: true) })];
            foreach (var start in ends)
            foreach (var end in ends)
            {
                var (from, to) = (Place(start, length), Place(end, length));
                var expected = Enumerable.Range(0, length).Where(i => i >= from && i < to);
                Assert.Equal((start, end, length, string.Join(' ', expected)), (start, end, length, string.Join(' ', resolve(start..end, length))));
            }
        }

        static int Place(Index index, int length) => index.IsFromEnd ? length - index.Value : index.Value;
    }

    /// <summary>
    /// Each pair of ends among some values in their order, left out or not, or missing: what the range says of each value, and
    /// what is read of each set of these values, both ways round.
    /// </summary>
    private static void EveryInterval<TRange, TValue>(
        Func<End<TValue>, TRange> from, Func<TRange, End<TValue>, TRange> upTo, Func<TRange, TValue, bool> contains,
        Func<TValue[], Func<TRange, Order, IEnumerable<TValue>>> store, TValue[] values)
    {
        End<TValue>[] ends = [new(-1, default!, false), .. values.SelectMany(static (value, i) => new[] { new End<TValue>(i, value, false), new End<TValue>(i, value, true) })];
        for (var present = 0; present < 1 << values.Length; present++)
        {
            int[] places = [.. Enumerable.Range(0, values.Length).Where(i => (present & (1 << i)) != 0)];
            var read = store([.. places.Select(i => values[i])]);
            foreach (var low in ends)
            foreach (var high in ends)
            {
                var range = upTo(from(low), high);
                Assert.Equal(Enumerable.Range(0, values.Length).Where(IsInside), Enumerable.Range(0, values.Length).Where(i => contains(range, values[i])));
                var expected = places.Where(IsInside).Select(i => values[i]).ToArray();
                Assert.Equal(expected, read(range, Order.Ascending));
                Assert.Equal(expected.Reverse(), read(range, Order.Descending));

                bool IsInside(int i) =>
                    (low.IsNone || i > low.Place || (i == low.Place && !low.IsExcluded))
                    && (high.IsNone || i < high.Place || (i == high.Place && !high.IsExcluded));
            }
        }
    }

    private static SortedSetTree Tree(IEnumerable<(string Member, double Score)> entries)
    {
        var set = new SortedSetTree();
        foreach (var (member, score) in entries) set.Put(Encoding.UTF8.GetBytes(member), score);
        return set;
    }

    /// <summary>The members of the interval, read in its order.</summary>
    private static List<string> Read(SortedSetTree set, EntryRange range)
    {
        var ranks = range.In(set);
        var members = new List<string>();
        if (ranks.Count == 0) return members;
        var cursor = set.From(range.Order == Order.Ascending ? ranks.Start : ranks.End - 1, range.Order);
        while (members.Count < ranks.Count && cursor.MoveNext()) members.Add(Encoding.UTF8.GetString(cursor.Member));
        return members;
    }

    private static T Answer<T>(ValueTask<T> command)
    {
        Assert.True(command.IsCompletedSuccessfully);
        return command.Result;
    }

    /// <summary>One end of an interval; place -1 is that it has none.</summary>
    private readonly record struct End<TValue>(int Place, TValue Value, bool IsExcluded)
    {
        public bool IsNone => Place < 0;
    }
}
