using KvEmbedded.Sets;

namespace KvEmbedded.Tests.Sets;

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class SetMemoryTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(100, true)]
    [InlineData(500, true)]
    [InlineData(1, false)]
    [InlineData(60, false)]
    [InlineData(3_000, false)]
    [InlineData(200_000, false)]
    public void Memory_is_what_the_garbage_collector_says(int count, bool areIntegers)
    {
        var sets = Math.Max(1, 200_000 / count);
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, sets).Select(_ => Filled(count, areIntegers)).ToArray(), static sets => sets.Sum(static set => set.MemoryBytes + IntPtr.Size));

        Assert.InRange(ratio, 0.97, 1.03);
    }

    [Fact]
    public void Members_that_are_removed_give_their_memory_back()
    {
        var set = Filled(100_000, areIntegers: false);
        var full = set.MemoryBytes;
        var numbers = Enumerable.Range(0, 100_000).ToArray();
        new Random(5).Shuffle(numbers);
        foreach (var number in numbers.AsSpan(10_000)) set.Remove(Member(number));

        set.CheckInvariants();
        Assert.InRange(set.MemoryBytes, 0, full / 4);
        foreach (var number in numbers.AsSpan(0, 10_000)) set.Remove(Member(number));
        Assert.InRange(set.MemoryBytes, 0, 1_000);
    }

    [Fact]
    public void Members_that_come_and_go_do_not_grow_the_set()
    {
        var set = Filled(20_000, areIntegers: false);
        var once = set.MemoryBytes;
        var random = new Random(6);
        for (var turn = 0; turn < 400_000; turn++)
        {
            set.RemoveAt(set.Pick(random));
            set.Add(Member(100_000 + turn));
        }

        set.CheckInvariants();
        Assert.InRange(set.MemoryBytes, 0, once * 2);
    }

    [Fact]
    public void A_set_of_a_few_members_takes_little_more_than_their_bytes()
    {
        Assert.InRange(Filled(1, areIntegers: true).MemoryBytes, 0, 150);
        Assert.InRange(Filled(500, areIntegers: true).MemoryBytes, 1_000, 1_500);
        Assert.InRange(Filled(1, areIntegers: false).MemoryBytes, 0, 150);
        Assert.InRange(Filled(40, areIntegers: false).MemoryBytes, 40 * 17, (40 * 17) + 350);
    }

    [Fact]
    public void A_member_of_16_bytes_among_many_takes_less_than_half_of_what_it_takes_in_Redis() =>
        Assert.InRange(Filled(200_000, areIntegers: false).MemoryBytes / 200_000.0, 20, 36);

    [Fact]
    public void Nothing_is_allocated_by_looking_and_picking()
    {
        foreach (var set in (MemberSet[])[Filled(10_000, areIntegers: false), Filled(300, areIntegers: true), Filled(50, areIntegers: false)])
        {
            Work(set);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Work(set);
            Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }
    }

    private static readonly Random Chance = new(1);

    private static void Work(MemberSet set)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        for (var turn = 0; turn < 1000; turn++)
        {
            set.Contains("no such member"u8);
            var member = set.Member(set.Pick(Chance), scratch);
            Assert.True(set.Contains(member));
        }
    }

    private static MemberSet Filled(int count, bool areIntegers)
    {
        var set = new MemberSet();
        for (var number = 0; number < count; number++)
            set.Add(areIntegers ? System.Text.Encoding.ASCII.GetBytes($"{number}") : Member(number));
        return set;
    }

    private static byte[] Member(int number) => System.Text.Encoding.ASCII.GetBytes($"mem:{number:d12}");
}
