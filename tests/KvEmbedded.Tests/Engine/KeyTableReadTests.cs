using System.Buffers;
using System.Text;
using FsCheck.Xunit;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

/// <summary>One string, in all the forms in which it can be kept and read.</summary>
public sealed class KeyTableReadTests
{
    private const uint Hash = 0x1234_5678;
    private static readonly byte[] Key = "some key"u8.ToArray();
    private readonly KeyTable table = new();

    [Property]
    public void A_text_reads_the_same_in_every_form(byte[] key, byte[] text, bool expires)
    {
        var expiry = expires ? new Expiry(17, 3) : Expiry.Never;
        table.TryFind(key, Hash, out var location);
        table.PutString(location, key, text, expiry);
        ReadsAs(key, text, expiry.Deadline);
    }

    [Property]
    public void A_number_reads_as_its_text_in_every_form(long number, bool expires)
    {
        var expiry = expires ? new Expiry(17, 3) : Expiry.Never;
        table.TryFind(Key, Hash, out var location);
        table.PutInteger(location, Key, number, expiry);
        Assert.Equal(number, table.Read(Key, Hash).Integer);
        ReadsAs(Key, Encoding.ASCII.GetBytes($"{number}"), expiry.Deadline);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    public void A_key_may_have_any_length(int length)
    {
        var key = new byte[length];
        new Random(length).NextBytes(key);
        foreach (var expiry in (Expiry[])[Expiry.Never, new Expiry(5, 6)])
        {
            table.TryFind(key, Hash, out var location);
            var owner = table.PutString(location, key, "value"u8, expiry);
            Assert.Equal(key, KeyTable.KeyOf(owner));
            Assert.Equal(ByteHash.Of(key), KeyTable.HashOf(owner));
            Assert.Equal(expiry, KeyTable.ExpiryOf(owner));
            ReadsAs(key, "value"u8.ToArray(), expiry.Deadline);
        }

        if (length == 0) return;
        key[length / 2] ^= 1;
        Assert.Equal(ReadOutcome.Missing, table.Read(key, Hash).Outcome);
        Assert.False(table.TryFind(key, Hash, out _));
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("-9223372036854775808", true)]
    [InlineData("9223372036854775807", true)]
    [InlineData("9223372036854775808", false)]
    [InlineData("01", false)]
    [InlineData("-0", false)]
    [InlineData("+1", false)]
    [InlineData(" 1", false)]
    [InlineData("1 ", false)]
    [InlineData("", false)]
    public void Only_the_canonical_text_of_a_number_is_a_number(string text, bool expected)
    {
        table.PutString(Key, Hash, Encoding.ASCII.GetBytes(text));
        table.TryFind(Key, Hash, out var location);
        Assert.Equal(expected, location.TryGetInteger(out var number));
        if (expected) Assert.Equal(text, $"{number}");
    }

    [Fact]
    public void A_range_of_the_text_can_be_copied()
    {
        table.TryFind(Key, Hash, out var location);
        table.PutInteger(location, Key, -12345, Expiry.Never);
        table.TryFind(Key, Hash, out location);
        var copy = new byte[3];
        location.CopyString(2, copy);
        Assert.Equal("234"u8, copy);
        Assert.Equal(6, location.StringLength);
    }

    [Fact]
    public void Overwriting_with_what_fits_keeps_the_object_and_takes_no_memory()
    {
        var owner = table.PutString(Key, Hash, new byte[100]);
        for (var round = 0; round < 2; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            table.TryFind(Key, Hash, out var location);
            Assert.Same(owner, table.PutInteger(location, Key, 42, Expiry.Never));
            Assert.Same(owner, table.PutString(Key, Hash, "shorter"u8));
            Assert.Same(owner, table.PutString(Key, Hash, default));
            if (round == 1) Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        }

        Assert.NotSame(owner, table.PutString(Key, Hash, new byte[200]));
    }

    [Fact]
    public void A_value_that_would_waste_more_than_a_byte_can_count_gets_a_new_object()
    {
        var owner = table.PutString(Key, Hash, new byte[1000]);
        Assert.Same(owner, table.PutString(Key, Hash, new byte[1000 - 255 + 7]));
        Assert.NotSame(owner, table.PutString(Key, Hash, new byte[10]));
    }

    [Fact]
    public void A_deadline_needs_room_once_and_then_changes_in_place()
    {
        var plain = table.PutString(Key, Hash, "value"u8);
        table.TryFind(Key, Hash, out var location);
        Assert.Same(plain, table.SetExpiry(location, Expiry.Never));
        var timed = table.SetExpiry(location, new Expiry(10, 1));
        Assert.NotSame(plain, timed);
        table.TryFind(Key, Hash, out location);
        Assert.Same(timed, table.SetExpiry(location, new Expiry(10, 9)));
        table.TryFind(Key, Hash, out location);
        Assert.Equal(new Expiry(10, 9), location.Expiry);
        Assert.Same(timed, table.SetExpiry(location, Expiry.Never));
        Assert.True(location.Expiry.IsNever);
        Assert.Equal(Expiry.NoDeadline, table.Read(Key, Hash).Deadline);
    }

    [Fact]
    public void Restoring_puts_back_the_very_object_or_nothing()
    {
        var first = table.PutString(Key, Hash, "first"u8);
        var second = table.PutString(Key, Hash, "other"u8, preserve: true);
        Assert.NotSame(first, second);
        table.Restore(Key, Hash, first);
        table.TryFind(Key, Hash, out var location);
        Assert.Same(first, location.Owner);
        Assert.Equal("first"u8, location.CopyString());
        table.Restore(Key, Hash, null);
        Assert.Equal(0, table.Count);
        table.Restore(Key, Hash, null);
        table.Restore(Key, Hash, second);
        Assert.Equal("other"u8, table.Read(Key, Hash).Bytes);
        table.CheckInvariants();
    }

    [Fact]
    public void Clearing_can_be_taken_back_whole()
    {
        for (var number = 0; number < 3000; number++) table.PutString(BitConverter.GetBytes(number), (uint)number * 77_777_777, "v"u8);
        var bytes = table.MemoryBytes;
        var contents = table.Clear();
        Assert.Equal(0, table.Count);
        Assert.Equal(new KeyTable().MemoryBytes, table.MemoryBytes);
        table.PutString(Key, Hash, "in between"u8);
        table.RestoreAll(contents);
        table.CheckInvariants();
        Assert.Equal((3000, bytes), (table.Count, table.MemoryBytes));
        Assert.Equal(ReadOutcome.Missing, table.Read(Key, Hash).Outcome);
        Assert.Equal("v"u8, table.Read(BitConverter.GetBytes(2999), unchecked((uint)2999 * 77_777_777)).Bytes);
    }

    private void ReadsAs(byte[] key, byte[] text, long deadline)
    {
        var read = table.Read(key, Hash);
        Assert.Equal(deadline, read.Deadline);
        if (read.Outcome == ReadOutcome.Bytes) Assert.Equal(text, read.Bytes);
        else Assert.Equal(ReadOutcome.Integer, read.Outcome);

        Assert.Equal(ReadOutcome.Bytes, table.TryReadLength(key, Hash, out var length, out var seen));
        Assert.Equal((text.Length, deadline), (length, seen));

        var writer = new ArrayBufferWriter<byte>(1);
        writer.Write("front"u8);
        Assert.Equal(ReadOutcome.Bytes, table.TryWriteTo(key, Hash, writer, out length, out seen));
        Assert.Equal((text.Length, deadline), (length, seen));
        writer.Advance(length);
        Assert.Equal([.. "front"u8, .. text], writer.WrittenSpan.ToArray());

        var exact = new byte[text.Length];
        Assert.Equal(ReadOutcome.Bytes, table.TryRead(key, Hash, exact, out length, out seen));
        Assert.Equal((text.Length, deadline), (length, seen));
        Assert.Equal(text, exact);
        if (text.Length == 0) return;
        Assert.Equal(ReadOutcome.TooLong, table.TryRead(key, Hash, exact.AsSpan(1), out length, out seen));
        Assert.Equal((text.Length, deadline), (length, seen));
    }
}
