using KvEmbedded.Lists;

namespace KvEmbedded.Tests.Lists;

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class ListMemoryTests
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(100, 16)]
    [InlineData(3_000, 16)]
    [InlineData(200_000, 16)]
    [InlineData(3_000, 1_500)]
    [InlineData(100, 20_000)]
    public void Memory_is_what_the_garbage_collector_says(int count, int length)
    {
        var lists = Math.Max(1, 200_000 / count * 16 / length);
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, lists).Select(_ => Filled(count, length)).ToArray(), static lists => lists.Sum(static list => list.MemoryBytes + IntPtr.Size));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    [Fact]
    public void An_element_of_16_bytes_takes_less_than_19()
    {
        Assert.InRange(Filled(1_000_000, 16).MemoryBytes / 1e6, 16, 19);
    }

    [Fact]
    public void A_list_of_a_few_elements_is_small()
    {
        Assert.InRange(Filled(1, 16).MemoryBytes, 0, 200);
        Assert.InRange(Filled(10, 16).MemoryBytes, 0, 480);
    }

    [Theory]
    [InlineData(1_200)]
    [InlineData(2_100)]
    [InlineData(3_000)]
    [InlineData(5_000)]
    public void Long_elements_waste_little(int length)
    {
        Assert.InRange(Filled(1_000, length).MemoryBytes / 1_000.0, length, (length * 1.1) + 50);
    }

    [Fact]
    public void Elements_that_are_removed_give_their_memory_back()
    {
        var list = Filled(100_000, 16);
        var full = list.MemoryBytes;
        var random = new Random(5);
        while (list.Count > 10_000) list.RemoveAt(random.Next(list.Count));
        list.CheckInvariants();
        Assert.InRange(list.MemoryBytes, 0, full / 2);
        list.Remove(ListEnd.Head, list.Count - 10);
        list.CheckInvariants();
        Assert.InRange(list.MemoryBytes, 0, 5_000);
        list.Remove(ListEnd.Tail, 9);
        Assert.InRange(list.MemoryBytes, 0, 400);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void A_queue_that_runs_makes_no_garbage(int count)
    {
        var list = Filled(count, 16);
        var element = new byte[16];
        Run(list, element, 3_000);
        var (before, memory) = (GC.GetAllocatedBytesForCurrentThread(), list.MemoryBytes);
        Run(list, element, 100_000);

        // A node of the tree now and then: less than a byte for an element.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, count > 10_000 ? 50_000 : 0);
        Assert.InRange(list.MemoryBytes, 0, memory + 20_000);

        static void Run(ListDeque list, byte[] element, int turns)
        {
            for (var turn = 0; turn < turns; turn++)
            {
                list.Push(ListEnd.Head, element);
                list.Remove(ListEnd.Tail, 1);
            }
        }
    }

    [Fact]
    public void A_queue_that_goes_to_and_fro_over_the_edge_of_a_chunk_makes_no_garbage()
    {
        var list = new ListDeque();
        var element = new byte[16];
        for (var i = 0; i < 226; i++) list.Push(ListEnd.Tail, element);
        Swing();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Swing();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Swing()
        {
            for (var turn = 0; turn < 1_000; turn++)
            {
                for (var i = 0; i < 3; i++) list.Push(ListEnd.Tail, element);
                list.Remove(ListEnd.Tail, 3);
            }
        }
    }

    private static ListDeque Filled(int count, int length)
    {
        var list = new ListDeque();
        var element = new byte[length];
        for (var i = 0; i < count; i++) list.Push(ListEnd.Tail, element);
        return list;
    }
}
