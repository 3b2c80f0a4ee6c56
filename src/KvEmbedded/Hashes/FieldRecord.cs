using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

/// <summary>One field with its value, as it lies in the pages.</summary>
/// <remarks>
/// Marks (1 byte); lengths of the field and the value, and the room the value has, in 1 byte each, or after 3 unused bytes
/// in 4 bytes each; if a mark says so, the place of its deadline (4 bytes, 0 for none); field; value; what is left of its
/// room, which fills up to a multiple of 4 bytes. A value that fits into the room is overwritten where it stands.
/// </remarks>
internal readonly struct FieldRecord : IRecord
{
    private const byte Dead = 1, Long = 2, Timed = 4;
    private const int ShortHeader = 4, LongHeader = 16, PlaceBytes = 4;

    /// <summary>Room up to here is kept when the value becomes much shorter.</summary>
    private const int KeptRoom = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bytes(ref byte record) => (Start(ref record) + FieldLength(ref record) + Room(ref record) + 3) & -4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Name(ref byte record) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref record, Start(ref record)), FieldLength(ref record));

    public static bool IsDead(ref byte record) => (record & Dead) != 0;

    public static void Kill(ref byte record) => record |= Dead;

    /// <summary>The value; a view of storage.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Value(ref byte record) => MemoryMarshal.CreateReadOnlySpan(
        ref Unsafe.Add(ref record, Start(ref record) + FieldLength(ref record)),
        (record & Long) == 0 ? Unsafe.Add(ref record, 2) : ReadInt(ref record, 8));

    /// <summary>Bytes that a new record takes.</summary>
    public static int BytesOf(int fieldLength, int valueLength, bool isTimed) =>
        checked((HeaderBytes(fieldLength, valueLength) + (isTimed ? PlaceBytes : 0) + fieldLength + valueLength + 3) & -4);

    /// <summary>Writes a new record into its room, which has as many bytes as <see cref="BytesOf"/> says. It has no deadline.</summary>
    public static void Write(Span<byte> record, ReadOnlySpan<byte> field, ReadOnlySpan<byte> value, bool isTimed)
    {
        var start = HeaderBytes(field.Length, value.Length);
        var room = record.Length - start - (isTimed ? PlaceBytes : 0) - field.Length;
        record[0] = isTimed ? Timed : (byte)0;
        if (start == ShortHeader)
        {
            (record[1], record[2], record[3]) = ((byte)field.Length, (byte)value.Length, (byte)Math.Min(room, byte.MaxValue));
        }
        else
        {
            record[0] |= Long;
            MemoryMarshal.Write(record[4..], field.Length);
            MemoryMarshal.Write(record[8..], value.Length);
            MemoryMarshal.Write(record[12..], room);
        }

        if (isTimed)
        {
            MemoryMarshal.Write(record[start..], 0);
            start += PlaceBytes;
        }

        field.CopyTo(record[start..]);
        value.CopyTo(record[(start + field.Length)..]);
    }

    /// <summary>Overwrites the value where it stands. False, with nothing changed, if it does not fit or would leave much room.</summary>
    public static bool TrySetValue(ref byte record, ReadOnlySpan<byte> value)
    {
        var room = Room(ref record);
        if (value.Length > room || (room > KeptRoom && value.Length < room / 2)) return false;
        if ((record & Long) == 0) Unsafe.Add(ref record, 2) = (byte)value.Length;
        else WriteInt(ref record, 8, value.Length);
        value.CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref record, Start(ref record) + FieldLength(ref record)), room));
        return true;
    }

    /// <summary>True if the record can have a deadline.</summary>
    public static bool IsTimed(ref byte record) => (record & Timed) != 0;

    /// <summary>The place of its deadline; 0 if it has none.</summary>
    public static int Place(ref byte record) => IsTimed(ref record) ? ReadInt(ref record, HeaderBytes(ref record)) : 0;

    /// <summary>Notes the place of its deadline. The record can have one.</summary>
    public static void SetPlace(ref byte record, int place) => WriteInt(ref record, HeaderBytes(ref record), place);

    private static int HeaderBytes(int fieldLength, int valueLength) =>
        fieldLength <= byte.MaxValue && valueLength <= byte.MaxValue ? ShortHeader : LongHeader;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int HeaderBytes(ref byte record) => (record & Long) == 0 ? ShortHeader : LongHeader;

    /// <summary>Where the field starts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Start(ref byte record) => HeaderBytes(ref record) + (record & Timed);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int FieldLength(ref byte record) => (record & Long) == 0 ? Unsafe.Add(ref record, 1) : ReadInt(ref record, 4);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Room(ref byte record) => (record & Long) == 0 ? Unsafe.Add(ref record, 3) : ReadInt(ref record, 12);

    private static int ReadInt(ref byte record, int at) => Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref record, at));

    private static void WriteInt(ref byte record, int at, int value) => Unsafe.WriteUnaligned(ref Unsafe.Add(ref record, at), value);
}
