using KvEmbedded.Engine;
using KvEmbedded.Hashes;

namespace KvEmbedded.Tests.Hashes;

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class HashMemoryTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(10, false)]
    [InlineData(100, true)]
    [InlineData(3_000, false)]
    [InlineData(200_000, false)]
    [InlineData(200_000, true)]
    public void Memory_is_what_the_garbage_collector_says(int count, bool isTimed)
    {
        var hashes = Math.Max(1, 200_000 / count);
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, hashes).Select(_ => Filled(count, isTimed)).ToArray(), static all => all.Sum(static fields => fields.MemoryBytes));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    [Fact]
    public void Fields_that_are_removed_give_their_memory_back()
    {
        var fields = Filled(100_000, isTimed: true);
        var full = fields.MemoryBytes;
        var numbers = Enumerable.Range(0, 100_000).ToArray();
        new Random(5).Shuffle(numbers);
        foreach (var number in numbers.AsSpan(10_000)) fields.Remove(Field(number));

        fields.CheckInvariants();
        Assert.InRange(fields.MemoryBytes, 0, full / 4);
        fields.RemoveDue(long.MaxValue - 1, int.MaxValue);
        fields.CheckInvariants();
        Assert.True(fields.IsEmpty);
        Assert.InRange(fields.MemoryBytes, 0, 20_000);
    }

    [Fact]
    public void Fields_that_come_and_go_and_values_that_change_their_length_do_not_grow_the_hash()
    {
        var fields = Filled(20_000, isTimed: false);
        var once = fields.MemoryBytes;
        var random = new Random(6);
        for (var turn = 0; turn < 400_000; turn++)
        {
            fields.Put(Field(random.Next(20_000)), new byte[random.Next(32)], random.Next(4) == 0 ? turn : Expiry.NoDeadline);
            if (turn % 3 == 0) fields.Remove(Field(random.Next(20_000)));
        }

        fields.CheckInvariants();
        Assert.InRange(fields.MemoryBytes, 0, once * 2);
    }

    [Fact]
    public void A_hash_of_a_few_fields_is_small() => Assert.InRange(Filled(1, isTimed: false).MemoryBytes, 0, 320);

    [Fact]
    public void Nothing_is_allocated_by_reads_and_by_values_of_the_same_length()
    {
        var fields = Filled(10_000, isTimed: true);
        var field = Field(77);
        Work(fields, field);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work(fields, field);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Work(HashFields fields, byte[] field)
    {
        for (var turn = 0; turn < 1_000; turn++)
        {
            fields.TryGet(field, out _, out _);
            fields.Put(field, "0123456789abcdef"u8, turn);
            fields.SetDeadline(field, 7);
        }
    }

    private static HashFields Filled(int count, bool isTimed)
    {
        var random = new Random(4);
        var fields = new HashFields();
        for (var number = 0; number < count; number++)
            fields.Put(Field(number), "0123456789abcdef"u8, isTimed ? random.NextInt64(1L << 40) : Expiry.NoDeadline);
        return fields;
    }

    private static byte[] Field(int number) => System.Text.Encoding.ASCII.GetBytes($"fld:{number:d12}");
}
