using FsCheck.Xunit;
using KvEmbedded.Lists;
using static KvEmbedded.Tests.Lists.DequeWorld;

namespace KvEmbedded.Tests.Lists;

public sealed class ListDequeTests
{
    /// <summary>A letter of the small alphabet: what it does at which place, with a short, a middle or a long element.</summary>
    private static readonly DequeOperation[] Alphabet =
    [
        new(0, 0, 1),    // push at the head, one byte
        new(2, 0, 191),  // push at the tail, seven bytes: three fill a chunk
        new(2, 0, 246),  // push at the tail, longer than a chunk
        new(4, 0, 0),    // pop off the head
        new(5, 0, 0),    // pop off the tail
        new(6, 2, 191),  // insert, seven bytes
        new(6, 1, 210),  // insert, more than half a chunk
        new(8, 1, 191),  // replace
        new(9, 1, 0),    // remove by index
        new(10, 3, 191), // remove two that are equal, from the tail
        new(11, 4, 0),   // remove two at the head
    ];

    [Theory]
    [InlineData(0, 6)]
    [InlineData(7, 5)]
    [InlineData(90, 4)]
    public void Every_short_sequence_of_operations_does_what_a_plain_list_does(int before, int length)
    {
        var (list, model) = (new ListDeque(Tiny), new List<string>());
        for (var i = 0; i < before; i++)
        {
            var push = new DequeOperation((byte)(i % 3), 0, (byte)(i % 2 == 0 ? 191 : 100 + i));
            push.Apply(list);
            push.Apply(model);
        }

        var sequences = 0;
        Go(list, model, length);
        Assert.True(sequences >= Math.Pow(Alphabet.Length, length));

        void Go(ListDeque list, List<string> model, int left)
        {
            sequences++;
            if (left == 0) return;
            foreach (var operation in Alphabet)
            {
                var (nextList, nextModel) = ((ListDeque)list.Copy(), new List<string>(model));
                operation.Apply(nextList);
                operation.Apply(nextModel);
                AssertSame(nextModel, nextList, operation);
                Go(nextList, nextModel, left - 1);
            }
        }
    }

    [Property(MaxTest = 400, EndSize = 400)]
    public void Any_sequence_of_operations_does_what_a_plain_list_does(byte shape, byte[] before, DequeOperation[] operations)
    {
        var (list, model) = (Filled(Shape(shape), before), new List<string>());
        model.AddRange(Elements(list));
        foreach (var operation in operations)
        {
            var version = list.Version;
            operation.Apply(list);
            operation.Apply(model);
            AssertSame(model, list, operation);
            Assert.True(list.Version >= version);
        }

        Assert.Equal(Enumerable.Reverse(model), Elements(list, ListEnd.Tail));
        for (var i = 0; i < model.Count; i++) Assert.Equal(model[i], Text(list.ElementAt(i)));
        Assert.Equal(model, Elements((ListDeque)list.Copy()));
    }

    [Property(MaxTest = 200)]
    public void Reading_may_begin_anywhere_and_go_either_way(byte shape, byte[] before, byte at)
    {
        var list = Filled(Shape(shape), [.. before, .. before, 1]);
        var elements = Elements(list);
        var index = at % list.Count;

        Assert.Equal(elements[index..], Read(list.From(index, ListEnd.Head)));
        Assert.Equal(Enumerable.Reverse(elements[..(index + 1)]), Read(list.From(index, ListEnd.Tail)));

        static List<string> Read(ListCursor cursor)
        {
            var read = new List<string>();
            while (cursor.MoveNext()) read.Add($"{Text(cursor.Current)}");
            return read;
        }
    }

    [Fact]
    public void Lengths_of_every_size_read_the_same_from_both_sides()
    {
        foreach (var length in (int[])[0, 1, 126, 127, 128, 129, 16_383, 16_384, 2_097_151, 2_097_152])
        {
            var list = new ListDeque();
            var element = new byte[length];
            Random.Shared.NextBytes(element);
            list.Push(ListEnd.Head, "before"u8);
            list.Push(ListEnd.Tail, element);
            list.Push(ListEnd.Tail, "after"u8);
            list.CheckInvariants();

            Assert.True(list.ElementAt(1).SequenceEqual(element));
            list.Pop(ListEnd.Tail);
            Assert.Equal(element, list.Pop(ListEnd.Tail));
            Assert.Equal("before", Text(list.Peek(ListEnd.Tail)));
        }
    }

    [Fact]
    public void A_million_elements_are_found_by_index()
    {
        var list = new ListDeque();
        for (var i = 0; i < 500_000; i++)
        {
            list.Push(ListEnd.Tail, BitConverter.GetBytes((long)i));
            list.Push(ListEnd.Head, BitConverter.GetBytes(-1L - i));
        }

        list.CheckInvariants();
        for (var index = 0; index < 1_000_000; index += 997) Assert.Equal(index - 500_000, BitConverter.ToInt64(list.ElementAt(index)));
        list.Remove(ListEnd.Head, 499_990);
        list.Remove(ListEnd.Tail, 499_990);
        list.CheckInvariants();
        Assert.Equal(Enumerable.Range(-10, 20).Select(static number => (long)number), Enumerable.Range(0, 20).Select(i => BitConverter.ToInt64(list.ElementAt(i))));
    }

    [Fact]
    public void An_index_outside_of_the_list_is_refused()
    {
        var list = Filled(Tiny, [1, 2, 3]);

        Assert.Throws<ArgumentOutOfRangeException>(() => list.ElementAt(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => list.ElementAt(-1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Insert(4, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Remove(ListEnd.Head, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.RemoveAt(3));
        Assert.Throws<ArgumentOutOfRangeException>(() => list.Set(3, []));
        list.CheckInvariants();
    }

    private static void AssertSame(List<string> model, ListDeque list, DequeOperation operation)
    {
        list.CheckInvariants();
        if (!model.SequenceEqual(Elements(list))) Assert.Fail($"{operation} has made [{string.Join(' ', Elements(list))}] instead of [{string.Join(' ', model)}].");
    }
}
