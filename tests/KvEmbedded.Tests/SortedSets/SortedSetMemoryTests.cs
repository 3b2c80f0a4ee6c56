using KvEmbedded.SortedSets;

namespace KvEmbedded.Tests.SortedSets;

[CollectionDefinition("Memory figures", DisableParallelization = true)]
public sealed class MemoryFigures;

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class SortedSetMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(3_000)]
    [InlineData(200_000)]
    public void Memory_is_what_the_garbage_collector_says(int count)
    {
        var sets = Math.Max(1, 200_000 / count);
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, sets).Select(_ => Filled(count)).ToArray(), static trees => trees.Sum(static tree => tree.MemoryBytes));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    [Fact]
    public void Members_that_are_removed_give_their_memory_back()
    {
        var tree = Filled(100_000);
        var full = tree.MemoryBytes;
        var random = new Random(5);
        var numbers = Enumerable.Range(0, 100_000).ToArray();
        random.Shuffle(numbers);
        foreach (var number in numbers.AsSpan(10_000)) tree.Remove(Member(number));

        tree.CheckInvariants();
        Assert.InRange(tree.MemoryBytes, 0, full / 4);
        tree.RemoveRange(0, tree.Count);
        tree.CheckInvariants();
        Assert.InRange(tree.MemoryBytes, 0, 20_000);
    }

    [Fact]
    public void Members_that_come_and_go_do_not_grow_the_set()
    {
        var tree = Filled(20_000);
        var once = tree.MemoryBytes;
        var random = new Random(6);
        for (var turn = 0; turn < 400_000; turn++)
        {
            tree.RemoveRange(random.Next(tree.Count), 1);
            tree.Put(Member(100_000 + turn), random.NextDouble());
        }

        tree.CheckInvariants();
        Assert.InRange(tree.MemoryBytes, 0, once * 2);
    }

    [Fact]
    public void A_set_of_a_few_members_is_small()
    {
        Assert.InRange(Filled(1).MemoryBytes, 0, 400);
        Assert.InRange(Filled(16).MemoryBytes - (16 * 24), 0, 800);
    }

    [Fact]
    public void Nothing_is_allocated_by_reads_and_by_moves()
    {
        var tree = Filled(10_000);
        var member = Member(77);
        Work(tree, member);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(tree, member);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Work(SortedSetTree tree, byte[] member)
    {
        for (var turn = 0; turn < 1000; turn++)
        {
            tree.TryGetScore(member, out _);
            tree.TryGetRank(member, out _, out _);
            tree.RankAtScore(0.5);
            var cursor = tree.From(100, Order.Descending);
            while (cursor.MoveNext()) _ = cursor.Member;
            tree.Put(member, turn % 2);
            tree.Put(member, 0.5 + (turn % 2 * 0.00001));
        }
    }

    private static SortedSetTree Filled(int count)
    {
        var random = new Random(4);
        var tree = new SortedSetTree();
        for (var number = 0; number < count; number++) tree.Put(Member(number), random.NextDouble());
        return tree;
    }

    private static byte[] Member(int number) => System.Text.Encoding.ASCII.GetBytes($"mem:{number:d12}");
}
