using System.Text;
using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.KeyTableWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>Many keys, alike and unlike: splitting, merging, links, memory.</summary>
public sealed class KeyTableGrowthTests
{
    [Fact]
    public void Keys_come_and_go_by_the_hundred_thousand_and_leave_nothing_behind()
    {
        var table = new KeyTable();
        var empty = table.MemoryBytes;
        for (var number = 0; number < 100_000; number++) table.PutString(Key(number), Spread(number), Key(number));
        table.CheckInvariants();
        Assert.Equal(100_000, table.Count);
        for (var number = 0; number < 100_000; number++)
            Assert.Equal(Key(number), table.Read(Key(number), Spread(number)).Bytes);

        for (var number = 0; number < 100_000; number++)
        {
            Assert.True(table.TryFind(Key(number), Spread(number), out var location));
            table.Remove(location);
            if (number % 20_000 == 0) table.CheckInvariants();
        }

        table.CheckInvariants();
        Assert.Equal(empty, table.MemoryBytes);
    }

    [Fact]
    public void Half_of_the_keys_gone_is_memory_given_back()
    {
        var table = new KeyTable();
        for (var number = 0; number < 100_000; number++) table.PutString(Key(number), Spread(number), default);
        var full = table.MemoryBytes;
        for (var number = 0; number < 80_000; number++)
        {
            table.TryFind(Key(number), Spread(number), out var location);
            table.Remove(location);
        }

        Assert.True(table.MemoryBytes < full / 2, $"{table.MemoryBytes} of {full} bytes");
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(0xFFFF_FFFFu)]
    [InlineData(0x8000_0000u)]
    public void Keys_whose_hashes_are_all_equal_are_kept_all_the_same(uint hash)
    {
        const int keys = 2500;
        var table = new KeyTable();
        var empty = table.MemoryBytes;
        for (var number = 0; number < keys; number++) table.PutString(Key(number), hash, Key(number));
        table.CheckInvariants();
        Assert.True(table.MemoryBytes < empty + (keys * 200), "The directory must not grow for them.");
        Assert.Equal(keys, ScanAll(table).Count);
        for (var number = 0; number < keys; number++)
            Assert.Equal(Key(number), table.Read(Key(number), hash).Bytes);
        Assert.Equal(ReadOutcome.Missing, table.Read(Key(keys), hash).Outcome);
        Assert.True(table.TryRandom(new Random(1), out var any) && any.Exists);

        var order = Enumerable.Range(0, keys).ToArray();
        new Random(2).Shuffle(order);
        foreach (var number in order)
        {
            Assert.True(table.TryFind(Key(number), hash, out var location));
            table.Remove(location);
            if (number % 200 == 0) table.CheckInvariants();
        }

        Assert.Equal(empty, table.MemoryBytes);
    }

    [Fact]
    public void Links_go_when_the_hashes_spread_again()
    {
        var table = new KeyTable();
        for (var number = 0; number < 1500; number++) table.PutString(Key(number), 99, Key(number));
        for (var number = 1500; number < 40_000; number++) table.PutString(Key(number), Spread(number), Key(number));
        for (var number = 0; number < 1400; number++)
        {
            table.TryFind(Key(number), 99, out var location);
            table.Remove(location);
        }

        table.CheckInvariants();
        for (var number = 1400; number < 40_000; number++)
            Assert.True(table.TryFind(Key(number), number < 1500 ? 99 : Spread(number), out _));
    }

    [Fact]
    public void A_crowd_around_the_last_slot_wraps_to_the_first()
    {
        // Tags whose home is one of the last slots: their multiples of the golden ratio are near the top of 32 bits.
        var inverse = ModularInverse(0x9E3779B1);
        var table = new KeyTable();
        for (var number = 0; number < 400; number++)
            table.PutString(Key(number), unchecked(inverse * (uint)(-1 - number)), Key(number));
        table.CheckInvariants();
        for (var number = 0; number < 400; number++)
            Assert.Equal(Key(number), table.Read(Key(number), unchecked(inverse * (uint)(-1 - number))).Bytes);
        for (var number = 0; number < 400; number += 2)
        {
            table.TryFind(Key(number), unchecked(inverse * (uint)(-1 - number)), out var location);
            table.Remove(location);
            table.CheckInvariants();
        }

        Assert.Equal(200, ScanAll(table).Count);
    }

    [Fact]
    public void Keys_that_collide_without_the_seed_spread_like_any_others()
    {
        var hostile = new KeyTable();
        var friendly = new KeyTable();
        for (var number = 0; number < 100_000; number++)
        {
            var key = CollidingKey(number);
            hostile.PutString(key, ByteHash.Of(key), default);
            var other = Encoding.ASCII.GetBytes($"{number:D34}");
            friendly.PutString(other, ByteHash.Of(other), default);
        }

        hostile.CheckInvariants();
        Assert.Equal(100_000, hostile.Count);
        Assert.InRange(hostile.MemoryBytes / (double)friendly.MemoryBytes, 0.9, 1.1);
    }

    /// <summary>"Aa" and "BB" are the same to every hash of the form h * 31 + c; 17 of them make 131,072 keys that are.</summary>
    private static byte[] CollidingKey(int number)
    {
        var key = new byte[34];
        for (var at = 0; at < 17; at++) (((number >> at) & 1) == 0 ? "Aa"u8 : "BB"u8).CopyTo(key.AsSpan(at * 2));
        return key;
    }

    private static uint ModularInverse(uint odd)
    {
        var inverse = odd;
        for (var step = 0; step < 5; step++) inverse *= unchecked(2 - (odd * inverse));
        return inverse;
    }
}
