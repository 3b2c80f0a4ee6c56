using FsCheck.Xunit;
using KvEmbedded.SortedSets;
using static KvEmbedded.Tests.SortedSets.SortedSetWorld;

namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetEffectTests
{
    [Property(MaxTest = 200, EndSize = 300)]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_content(
        byte shape, (byte Member, sbyte Score)[] before, (byte Member, sbyte Score, byte Kind)[] steps)
    {
        var tree = SortedSetTreeTests.Filled(shape, before);
        var old = Bits(tree);
        var log = new EffectLog();
        tree.Effects = log;
        foreach (var (number, score, kind) in steps) Apply(tree, number, score, kind);

        tree.Effects = null;
        for (var at = log.Effects.Count - 1; at >= 0; at--) log.Effects[at].Undo(tree);
        tree.CheckInvariants();
        Assert.Equal(old, Bits(tree));
    }

    [Property(MaxTest = 200, EndSize = 300)]
    public void Effects_done_again_on_a_copy_give_the_same_content(
        byte shape, (byte Member, sbyte Score)[] before, (byte Member, sbyte Score, byte Kind)[] steps)
    {
        var tree = SortedSetTreeTests.Filled(shape, before);
        var copy = (SortedSetTree)tree.Copy();
        var log = new EffectLog();
        tree.Effects = log;
        foreach (var (number, score, kind) in steps) Apply(tree, number, score, kind);

        foreach (var effect in log.Effects)
        {
            if (effect is SortedSetPut put) Assert.NotEqual(PutResult.Unchanged, copy.Put(put.Member.Span, put.Score));
            else Assert.True(copy.Remove(((SortedSetRemoved)effect).Member.Span));
        }

        Assert.Equal(Bits(tree), Bits(copy));
    }

    [Fact]
    public void Each_mutation_reports_one_effect_with_what_was_before()
    {
        var log = new EffectLog();
        var tree = new SortedSetTree { Effects = log };
        tree.Put("a"u8, 1);
        tree.Put("a"u8, 1);
        tree.Put("a"u8, 2);
        tree.Remove("b"u8);
        tree.Remove("a"u8);

        Assert.Equal(3, log.Effects.Count);
        Assert.Null(Assert.IsType<SortedSetPut>(log.Effects[0]).Previous);
        var moved = Assert.IsType<SortedSetPut>(log.Effects[1]);
        Assert.Equal((1.0, 2.0), (moved.Previous, moved.Score));
        Assert.Equal(2, Assert.IsType<SortedSetRemoved>(log.Effects[2]).Score);
    }

    private static void Apply(SortedSetTree tree, byte number, sbyte score, byte kind)
    {
        if (kind % 8 == 0 && tree.Count > 0) tree.RemoveRange(number % tree.Count, 1 + (kind % (tree.Count - (number % tree.Count))));
        else if (kind % 3 == 0) tree.Remove(Bytes(MemberOf(number)));
        else tree.Put(Bytes(MemberOf(number)), ScoreOf(score));
    }

    private static List<(string, long)> Bits(SortedSetTree tree) =>
        Entries(tree).ConvertAll(entry => (entry.Member, BitConverter.DoubleToInt64Bits(entry.Score)));
}
