using FsCheck.Xunit;
using KvEmbedded.SortedSets;
using static KvEmbedded.Tests.SortedSets.SortedSetWorld;

namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetTreeTests
{
    // Bytes for members and scores: a small world, so that ties and moves happen in every run.
    [Property(MaxTest = 400, EndSize = 400)]
    public void It_behaves_like_a_dictionary_that_is_sorted_on_demand(byte shape, (byte Member, sbyte Score, byte Kind)[] steps)
    {
        var tree = new SortedSetTree(Shape(shape));
        var model = new SortedSetModel();
        foreach (var (number, score, kind) in steps)
        {
            var member = MemberOf(number);
            if (kind % 3 == 0) Assert.Equal(model.Remove(member), tree.Remove(Bytes(member)));
            else Assert.Equal(model.Put(member, ScoreOf(score)), tree.Put(Bytes(member), ScoreOf(score)));
            tree.CheckInvariants();
        }

        var sorted = model.Sorted();
        Assert.Equal(sorted.Count, tree.Count);
        Assert.Equal(sorted.Count == 0, tree.IsEmpty);
        Assert.Equal(sorted, Entries(tree));
        sorted.Reverse();
        Assert.Equal(sorted, Entries(tree, Order.Descending));
        for (var number = 0; number <= byte.MaxValue; number++)
        {
            var member = MemberOf((byte)number);
            Assert.Equal(model.ScoreOf(member), tree.TryGetScore(Bytes(member), out var score) ? score : null);
            Assert.Equal(model.ScoreOf(member) is not null, tree.Contains(Bytes(member)));
        }
    }

    [Property(EndSize = 300)]
    public void Rank_is_the_place_in_a_plain_sort(byte shape, (byte Member, sbyte Score)[] puts)
    {
        var tree = Filled(shape, puts);
        var sorted = Entries(tree);
        for (var rank = 0; rank < sorted.Count; rank++)
        {
            Assert.True(tree.TryGetRank(Bytes(sorted[rank].Member), out var found, out var score));
            Assert.Equal((rank, sorted[rank].Score), (found, score));
            Assert.Equal(sorted[rank].Member, Text(tree.MemberAt(rank, out var scoreAt)));
            Assert.Equal(score, scoreAt);
        }

        Assert.False(tree.TryGetRank("absent"u8, out _, out _));
    }

    [Property(EndSize = 300)]
    public void Score_bounds_are_ranks_of_a_plain_sort(byte shape, (byte Member, sbyte Score)[] puts, sbyte bound)
    {
        var tree = Filled(shape, puts);
        var scores = Entries(tree).ConvertAll(entry => entry.Score);
        foreach (var score in (double[])[ScoreOf(bound), -0.0, double.NegativeInfinity, double.PositiveInfinity, bound + 0.5])
        {
            Assert.Equal(scores.Count(each => each < score), tree.RankAtScore(score));
            Assert.Equal(scores.Count(each => each <= score), tree.RankAboveScore(score));
        }
    }

    [Property(EndSize = 300)]
    public void Member_bounds_are_ranks_of_a_plain_sort_when_scores_are_equal(byte shape, byte[] members, byte bound)
    {
        var tree = Filled(shape, Array.ConvertAll(members, member => (member, (sbyte)0)));
        var sorted = Entries(tree).ConvertAll(entry => entry.Member);
        foreach (var member in (string[])[MemberOf(bound), MemberOf(bound) + "+", "", "zzz"])
        {
            Assert.Equal(sorted.Count(each => string.CompareOrdinal(each, member) < 0), tree.RankAtMember(Bytes(member)));
            Assert.Equal(sorted.Count(each => string.CompareOrdinal(each, member) <= 0), tree.RankAboveMember(Bytes(member)));
        }
    }

    [Property(EndSize = 300)]
    public void Member_bounds_stay_inside_the_set_when_scores_differ(byte shape, (byte Member, sbyte Score)[] puts, byte bound)
    {
        var tree = Filled(shape, puts);
        Assert.InRange(tree.RankAtMember(Bytes(MemberOf(bound))), 0, tree.Count);
        Assert.InRange(tree.RankAboveMember(Bytes(MemberOf(bound))), 0, tree.Count);
    }

    [Property(EndSize = 300)]
    public void A_range_of_ranks_is_removed_like_a_slice_of_a_list(
        byte shape, (byte Member, sbyte Score)[] puts, (byte Rank, byte Removed)[] ranges)
    {
        var tree = Filled(shape, puts);
        var sorted = Entries(tree);
        foreach (var (start, length) in ranges)
        {
            var rank = start % (sorted.Count + 1);
            var removed = length % (sorted.Count - rank + 1);
            sorted.RemoveRange(rank, removed);
            tree.RemoveRange(rank, removed);
            tree.CheckInvariants();
            Assert.Equal(sorted, Entries(tree));
        }
    }

    [Property(EndSize = 300)]
    public void A_cursor_reads_both_ways_from_any_rank(byte shape, (byte Member, sbyte Score)[] puts, byte start)
    {
        var tree = Filled(shape, puts);
        var sorted = Entries(tree);
        var rank = start % (sorted.Count + 1);
        var ahead = tree.From(rank, Order.Ascending);
        for (var at = rank; at < sorted.Count; at++)
        {
            Assert.True(ahead.MoveNext());
            Assert.Equal(sorted[at], (Text(ahead.Member), ahead.Score));
        }

        Assert.False(ahead.MoveNext());
        var back = tree.From(rank, Order.Descending);
        for (var at = rank; rank < sorted.Count && at >= 0; at--)
        {
            Assert.True(back.MoveNext());
            Assert.Equal(sorted[at], (Text(back.Member), back.Score));
        }

        Assert.False(back.MoveNext());
        Assert.False(tree.From(-1, Order.Ascending).MoveNext());
        Assert.False(tree.From(tree.Count, Order.Descending).MoveNext());
    }

    [Property(EndSize = 300)]
    public void A_copy_lives_its_own_life(byte shape, (byte Member, sbyte Score)[] puts, (byte Member, sbyte Score)[] later)
    {
        var tree = Filled(shape, puts);
        foreach (var (number, _) in puts.Take(puts.Length / 2)) tree.Remove(Bytes(MemberOf(number)));
        var before = Entries(tree);
        var copy = (SortedSetTree)tree.Copy();
        copy.CheckInvariants();
        Assert.Equal(before, Entries(copy));

        foreach (var (number, score) in later)
        {
            if (score % 2 == 0) copy.Remove(Bytes(MemberOf(number)));
            else copy.Put(Bytes(MemberOf(number)), ScoreOf(score));
            copy.CheckInvariants();
        }

        tree.CheckInvariants();
        Assert.Equal(before, Entries(tree));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void Thousands_of_members_come_and_go_in_any_order(int shape)
    {
        var random = new Random(shape);
        var tree = new SortedSetTree(Shape(shape));
        var model = new SortedSetModel();
        for (var step = 0; step < 60_000; step++)
        {
            var member = "member:" + random.Next(6000);
            var growing = step / 10_000 % 2 == 0;
            var score = random.Next(4) == 0 ? random.Next(8) : Math.Round(random.NextDouble(), 5);
            if (random.Next(10) < (growing ? 2 : 7)) Assert.Equal(model.Remove(member), tree.Remove(Bytes(member)));
            else Assert.Equal(model.Put(member, score), tree.Put(Bytes(member), score));
            if (step % 2000 == 1999)
            {
                tree.CheckInvariants();
                Assert.Equal(model.Sorted(), Entries(tree));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Scores_that_only_rise_or_only_fall_leave_full_leaves_behind(int direction)
    {
        var (rising, random) = (new SortedSetTree(), new SortedSetTree());
        var numbers = Enumerable.Range(0, 20_000).ToArray();
        foreach (var number in numbers) rising.Put(BitConverter.GetBytes(number), direction * number);
        new Random(1).Shuffle(numbers);
        foreach (var number in numbers) random.Put(BitConverter.GetBytes(number), direction * number);

        rising.CheckInvariants();
        Assert.Equal(Entries(random), Entries(rising));
        Assert.True(rising.MemoryBytes < random.MemoryBytes - (numbers.Length * 3));
    }

    [Fact]
    public void Minus_zero_and_zero_are_one_score()
    {
        var tree = new SortedSetTree();
        Assert.Equal(PutResult.Added, tree.Put("b"u8, -0.0));
        Assert.Equal(PutResult.Added, tree.Put("a"u8, 0.0));
        Assert.Equal(PutResult.Unchanged, tree.Put("b"u8, 0.0));
        Assert.Equal("a", Text(tree.MemberAt(0, out _)));
        Assert.True(tree.TryGetScore("b"u8, out var score) && double.IsNegative(score));
    }

    [Fact]
    public void Infinities_stand_at_the_ends()
    {
        var tree = Filled(0, Enumerable.Range(0, 100).Select(n => ((byte)n, (sbyte)n)).ToArray());
        tree.Put("top"u8, double.PositiveInfinity);
        tree.Put("bottom"u8, double.NegativeInfinity);
        tree.CheckInvariants();
        Assert.Equal("bottom", Text(tree.MemberAt(0, out _)));
        Assert.Equal("top", Text(tree.MemberAt(tree.Count - 1, out _)));
        Assert.Equal(1, tree.RankAboveScore(double.NegativeInfinity));
        Assert.Equal(tree.Count - 1, tree.RankAtScore(double.PositiveInfinity));
        Assert.Equal(tree.Count, tree.RankAboveScore(double.PositiveInfinity));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(254)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(16_370)]
    [InlineData(16_384)]
    [InlineData(65_536)]
    [InlineData(1_048_576)]
    public void Members_of_any_length_are_kept_whole(int length)
    {
        var tree = new SortedSetTree();
        var member = new byte[length];
        new Random(length).NextBytes(member);
        for (var turn = 0; turn < 3; turn++)
        {
            Assert.Equal(PutResult.Added, tree.Put(member, turn));
            for (byte number = 1; number < 60; number++) tree.Put([number, number, 7], number);
            tree.CheckInvariants();
            Assert.True(tree.TryGetRank(member, out var rank, out _));
            Assert.True(tree.MemberAt(rank, out _).SequenceEqual(member));
            Assert.True(tree.Remove(member));
            tree.CheckInvariants();
        }
    }

    [Fact]
    public void Ranges_outside_the_set_are_refused()
    {
        var tree = new SortedSetTree();
        tree.Put("a"u8, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.RemoveRange(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.RemoveRange(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => tree.RemoveRange(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => { tree.MemberAt(1, out _); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { tree.MemberAt(-1, out _); });
        Assert.Equal(1, tree.Count);
    }

    internal static SortedSetTree Filled(byte shape, (byte Member, sbyte Score)[] puts)
    {
        var tree = new SortedSetTree(Shape(shape));
        foreach (var (number, score) in puts) tree.Put(Bytes(MemberOf(number)), ScoreOf(score));
        tree.CheckInvariants();
        return tree;
    }
}
