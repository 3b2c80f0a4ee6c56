using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KvEmbedded.Engine;

/// <summary>
/// A short string and its key in one array of bytes: what a slot refers to, one cache miss away from it.
/// </summary>
/// <remarks>
/// <para>Layout: version (4), flags (1), slack (1), key length (2), [key length (4) if <see cref="LongKey"/>],
/// [deadline (8), timer (4), unused (4) if <see cref="Expires"/>], key, value, slack.</para>
/// <para>Fixed from birth: the key, its length, <see cref="Expires"/>, <see cref="LongKey"/>; hence where the value starts,
/// and a key can be compared at any time. The rest is written by the loop alone, under the version: odd while a write is
/// under way. The writer makes it odd, then (store barrier) writes, then (release) makes it even. A reader takes the
/// version (acquire), copies, then (load barrier) looks at the version again: if a load of the copy has seen a byte of
/// some write, the barriers order that write's odd version before the second look, which then differs from the first.
/// What a reader copies meanwhile may be torn, but never out of bounds: every slack ever written is at most the room.</para>
/// </remarks>
internal static partial class StringRecord
{
    private const byte Expires = 1;
    private const byte LongKey = 2;
    private const byte IsInteger = 4;

    private const int FlagsAt = 4;
    private const int SlackAt = 5;
    private const int KeyLengthAt = 6;
    private const int HeaderBytes = 8;
    private const int SlackMax = byte.MaxValue;

    /// <summary>Of the first eight bytes as one word: every flag, and that a write is under way.</summary>
    private const ulong PlainMask = 1 | ((ulong)(Expires | LongKey | IsInteger) << (8 * FlagsAt));

    /// <summary>A record that nobody sees yet.</summary>
    /// <remarks>Arrays take multiples of 8 bytes anyway: what is left of the last one becomes slack.</remarks>
    public static byte[] Create(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, Expiry expiry)
    {
        var record = Allocate(key, value.Length, !expiry.IsNever);
        WriteValue(record, value, expiry);
        return record;
    }

    /// <inheritdoc cref="Create(ReadOnlySpan{byte}, ReadOnlySpan{byte}, Expiry)"/>
    public static byte[] Create(ReadOnlySpan<byte> key, long value, Expiry expiry)
    {
        var record = Allocate(key, sizeof(long), !expiry.IsNever);
        WriteInteger(record, value, expiry);
        return record;
    }

    /// <summary>A copy of a record with another expiry.</summary>
    public static byte[] Create(byte[] source, Expiry expiry) =>
        TryGetRawInteger(source, out var number)
            ? Create(Key(source), number, expiry)
            : Create(Key(source), RawValue(source), expiry);

    /// <summary>Overwrites the value where it stands; false, and nothing has changed, if it does not fit.</summary>
    public static bool TryOverwrite(byte[] record, ReadOnlySpan<byte> value, Expiry expiry)
    {
        if (!Fits(record, value.Length, expiry)) return false;

        var version = BeginWrite(record);
        WriteValue(record, value, expiry);
        EndWrite(record, version);
        return true;
    }

    /// <inheritdoc cref="TryOverwrite(byte[], ReadOnlySpan{byte}, Expiry)"/>
    public static bool TryOverwrite(byte[] record, long value, Expiry expiry)
    {
        if (!Fits(record, sizeof(long), expiry)) return false;

        var version = BeginWrite(record);
        WriteInteger(record, value, expiry);
        EndWrite(record, version);
        return true;
    }

    /// <summary>Overwrites the value of a record without deadline; false, and nothing has changed, if it has one or the value does not fit.</summary>
    public static bool TryOverwriteEndless(byte[] record, ReadOnlySpan<byte> value) =>
        (record[FlagsAt] & Expires) == 0 && TryOverwrite(record, value, Engine.Expiry.Never);

    /// <summary>Adds to a number without deadline; false, and nothing has changed, if it is none or the sum is beyond 64 bits.</summary>
    public static bool TryAdd(byte[] record, long by, out long sum)
    {
        sum = 0;
        if ((record[FlagsAt] & (IsInteger | Expires)) != IsInteger) return false;

        ref var place = ref At(record, ValueStart(record));
        var old = Unsafe.ReadUnaligned<long>(ref place);
        sum = unchecked(old + by);
        if (((old ^ sum) & (by ^ sum)) < 0) return false;

        var version = BeginWrite(record);
        Unsafe.WriteUnaligned(ref place, sum);
        EndWrite(record, version);
        return true;
    }

    /// <summary>Overwrites a part of the text where it stands; false, and nothing has changed, if it reaches outside or is a number.</summary>
    public static bool TryWriteAt(byte[] record, int offset, ReadOnlySpan<byte> part)
    {
        var start = ValueStart(record);
        if ((record[FlagsAt] & IsInteger) != 0 || offset + (long)part.Length > record.Length - start - record[SlackAt]) return false;

        var version = BeginWrite(record);
        part.CopyTo(record.AsSpan(start + offset));
        EndWrite(record, version);
        return true;
    }

    /// <summary>Overwrites deadline and timer where they stand; false if the record has no room for them.</summary>
    public static bool TryOverwrite(byte[] record, Expiry expiry)
    {
        if ((record[FlagsAt] & Expires) == 0) return expiry.IsNever;

        var version = BeginWrite(record);
        WriteExpiry(record, expiry);
        EndWrite(record, version);
        return true;
    }

    private static bool Fits(byte[] record, int length, Expiry expiry)
    {
        var slack = record.Length - ValueStart(record) - length;
        return (uint)slack <= SlackMax && (expiry.IsNever || (record[FlagsAt] & Expires) != 0);
    }

    private static byte[] Allocate(ReadOnlySpan<byte> key, int valueLength, bool expires)
    {
        var flags = (byte)((expires ? Expires : 0) | (key.Length > ushort.MaxValue ? LongKey : 0));
        var record = GC.AllocateUninitializedArray<byte>(
            checked(KeyStart(flags) + key.Length + valueLength + 7) & ~7);
        Unsafe.WriteUnaligned(ref At(record, 0), 0);
        record[FlagsAt] = flags;
        Unsafe.WriteUnaligned(ref At(record, KeyLengthAt), (ushort)((flags & LongKey) != 0 ? 0 : key.Length));
        if ((flags & LongKey) != 0) Unsafe.WriteUnaligned(ref At(record, HeaderBytes), key.Length);
        key.CopyTo(MemoryMarshal.CreateSpan(ref At(record, KeyStart(flags)), key.Length));
        return record;
    }

    private static void WriteValue(byte[] record, ReadOnlySpan<byte> value, Expiry expiry)
    {
        var start = ValueStart(record);
        record[FlagsAt] = (byte)(record[FlagsAt] & ~IsInteger);
        record[SlackAt] = (byte)(record.Length - start - value.Length);
        if ((record[FlagsAt] & Expires) != 0) WriteExpiry(record, expiry);
        value.CopyTo(record.AsSpan(start));
    }

    private static void WriteInteger(byte[] record, long value, Expiry expiry)
    {
        var start = ValueStart(record);
        record[FlagsAt] |= IsInteger;
        record[SlackAt] = (byte)(record.Length - start - sizeof(long));
        if ((record[FlagsAt] & Expires) != 0) WriteExpiry(record, expiry);
        Unsafe.WriteUnaligned(ref At(record, start), value);
    }

    private static void WriteExpiry(byte[] record, Expiry expiry)
    {
        var end = KeyStart(record);
        Unsafe.WriteUnaligned(ref At(record, end - 16), expiry.Deadline);
        Unsafe.WriteUnaligned(ref At(record, end - 8), expiry.Timer);
    }

    private static int BeginWrite(byte[] record)
    {
        ref var word = ref Version(record);
        var version = word;
        Debug.Assert((version & 1) == 0, "There is one writer.");
        Volatile.Write(ref word, version + 1);
        Volatile.WriteBarrier();
        return version;
    }

    private static void EndWrite(byte[] record, int version) => Volatile.Write(ref Version(record), version + 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref int Version(byte[] record) =>
        ref Unsafe.As<byte, int>(ref MemoryMarshal.GetArrayDataReference(record));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref byte At(byte[] record, int index) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(record), index);
}
