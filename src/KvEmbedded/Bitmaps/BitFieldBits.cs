using System.Buffers.Binary;

namespace KvEmbedded.Bitmaps;

/// <summary>The arithmetic of bit fields, and where their bits are in the bytes.</summary>
internal static class BitFieldBits
{
    /// <summary>The longest field can touch so many bytes.</summary>
    public const int BytesMax = 9;

    /// <summary>Room for <see cref="BytesMax"/> bytes that can be read as one word.</summary>
    public const int RoomBytes = 16;

    /// <summary>The bytes that a field touches.</summary>
    public static (int Start, int Count) BytesOf(BitField field)
    {
        var start = field.Offset >> 3;
        return ((int)start, (int)((field.LastBit >> 3) - start + 1));
    }

    /// <summary>The number of a field, out of a room that begins with its bytes.</summary>
    public static long Get(ReadOnlySpan<byte> room, BitField field)
    {
        var bits = (ulong)(BinaryPrimitives.ReadUInt128BigEndian(room) >> ShiftOf(field)) & MaskOf(field.Type.Width);
        var unused = 64 - field.Type.Width;
        return field.Type.IsSigned ? (long)(bits << unused) >> unused : (long)bits;
    }

    /// <summary>Writes a number that fits into its field.</summary>
    public static void Set(Span<byte> room, BitField field, long number)
    {
        var (mask, shift) = (MaskOf(field.Type.Width), ShiftOf(field));
        var word = BinaryPrimitives.ReadUInt128BigEndian(room) & ~((UInt128)mask << shift);
        BinaryPrimitives.WriteUInt128BigEndian(room, word | (UInt128)((ulong)number & mask) << shift);
    }

    /// <summary>Makes a number fit a type. False if it does not and may not be changed.</summary>
    public static bool TryFit(Int128 number, BitFieldType type, BitOverflow overflow, out long fitted)
    {
        var max = (Int128)(MaskOf(type.Width) >> (type.IsSigned ? 1 : 0));
        var min = type.IsSigned ? -max - 1 : 0;
        fitted = (long)(overflow == BitOverflow.Wrap ? Wrapped(number, type) : Int128.Clamp(number, min, max));
        return overflow != BitOverflow.Fail || fitted == number;
    }

    /// <summary>What a field is set to by a number: an unsigned one takes it for its 64 bits.</summary>
    public static Int128 Meant(long number, BitFieldType type) => type.IsSigned ? number : (Int128)(ulong)number;

    private static Int128 Wrapped(Int128 number, BitFieldType type)
    {
        var unused = 128 - type.Width;
        return type.IsSigned ? number << unused >> unused : number << unused >>> unused;
    }

    private static ulong MaskOf(int width) => ulong.MaxValue >> (64 - width);

    private static int ShiftOf(BitField field) => 128 - (int)(field.Offset & 7) - field.Type.Width;
}
