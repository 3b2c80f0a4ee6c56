using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace KvEmbedded.Engine;

/// <summary>
/// A byte string in the form in which it arrived: text, bytes or a number, 16 bytes in all. What it means is always its
/// bytes; which form it has is an economy (no array for a number, no transcoding before it is needed).
/// </summary>
internal readonly struct Payload : IEquatable<Payload>, IComparable<Payload>
{
    /// <summary>More than any number needs as text.</summary>
    public const int NumberLengthMax = 32;

    /// <summary>More than any number needs that is written in full, without an exponent.</summary>
    private const int DoubleLengthMax = 512;

    private static readonly object IntegerForm = new();
    private static readonly object DoubleForm = new();

    // string, byte[] or one of the two forms above; null is the empty byte string.
    private readonly object? source;

    // byte[]: offset in the high half, length in the low; numbers: their bits.
    private readonly long bits;

    private Payload(object? source, long bits)
    {
        this.source = source;
        this.bits = bits;
    }

    public Payload(string text) : this(source: text, 0)
    {
    }

    public Payload(long number) : this(IntegerForm, number)
    {
    }

    public Payload(double number) : this(DoubleForm, BitConverter.DoubleToInt64Bits(number))
    {
    }

    public Payload(byte[] bytes) : this(bytes, bytes.Length)
    {
    }

    public Payload(ReadOnlyMemory<byte> bytes)
    {
        if (MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Array is not null)
        {
            source = segment.Array;
            bits = ((long)segment.Offset << 32) | (uint)segment.Count;
        }
        else
        {
            source = bytes.ToArray();
            bits = bytes.Length;
        }
    }

    public bool IsNumber => ReferenceEquals(source, IntegerForm) || ReferenceEquals(source, DoubleForm);

    /// <summary>True, with the number, if this was made from an integer; no text is parsed.</summary>
    public bool IsInteger(out long number)
    {
        number = bits;
        return ReferenceEquals(source, IntegerForm);
    }

    /// <summary>The exact length in bytes.</summary>
    public int Length => source is byte[] ? (int)(uint)bits : LengthOfOtherForms();

    /// <summary>A bound of <see cref="Length"/> that costs no look at the text.</summary>
    public int LengthMax => source switch
    {
        null => 0,
        byte[] => (int)(uint)bits,
        string text => Encoding.UTF8.GetMaxByteCount(text.Length),
        _ => NumberLengthMax,
    };

    /// <summary>The bytes themselves, where they already are bytes.</summary>
    public bool TryGetBytes(out ReadOnlySpan<byte> bytes)
    {
        if (source is byte[] array)
        {
            bytes = array.AsSpan((int)(bits >> 32), (int)(uint)bits);
            return true;
        }

        bytes = default;
        return source is null;
    }

    /// <summary>Writes the bytes; <paramref name="destination"/> has room for <see cref="LengthMax"/> or knows the length.</summary>
    public int CopyTo(Span<byte> destination)
    {
        switch (source)
        {
            case null:
                return 0;
            case string text:
                return Encoding.UTF8.GetBytes(text, destination);
            case byte[] array:
                var bytes = array.AsSpan((int)(bits >> 32), (int)(uint)bits);
                bytes.CopyTo(destination);
                return bytes.Length;
            default:
                return WriteNumber(destination);
        }
    }

    /// <summary>The bytes, in <paramref name="scratch"/> if they are not bytes yet and fit, else in a new array.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(Span<byte> scratch)
    {
        if (source is string text && text.Length <= scratch.Length / 3)
            return scratch[..Utf8Text.Encode(text, scratch)];
        return BytesSlow(scratch);
    }

    /// <summary>As <see cref="Bytes(Span{byte})"/>, with their hash; for short text both come in one go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(Span<byte> scratch, out uint hash)
    {
        if (source is string text && text.Length <= scratch.Length / 3) return scratch[..ByteHash.OfText(text, scratch, out hash)];
        var bytes = BytesSlow(scratch);
        hash = ByteHash.Of(bytes);
        return bytes;
    }

    private ReadOnlySpan<byte> BytesSlow(Span<byte> scratch)
    {
        if (TryGetBytes(out var bytes)) return bytes;
        return LengthMax <= scratch.Length ? scratch[..CopyTo(scratch)] : ToArray();
    }

    /// <summary>A fresh array with the bytes.</summary>
    public byte[] ToArray()
    {
        switch (source)
        {
            case null:
                return [];
            case string text:
                return Encoding.UTF8.GetBytes(text);
            case byte[] array:
                return array.AsSpan((int)(bits >> 32), (int)(uint)bits).ToArray();
            default:
                Span<byte> number = stackalloc byte[NumberLengthMax];
                return number[..WriteNumber(number)].ToArray();
        }
    }

    /// <summary>The bytes as memory: the caller's own where they are bytes, a fresh array elsewhere.</summary>
    public ReadOnlyMemory<byte> ToMemory() =>
        source is byte[] array ? array.AsMemory((int)(bits >> 32), (int)(uint)bits) : ToArray();

    /// <summary>The 64-bit integer that the bytes spell exactly as Redis would write it.</summary>
    public bool TryGetInt64(out long number)
    {
        if (IsInteger(out number)) return true;
        Span<byte> scratch = stackalloc byte[NumberLengthMax];
        return LengthMax <= 3 * NumberLengthMax && Length <= NumberLengthMax && NumberText.TryParseInt64(Bytes(scratch), out number);
    }

    /// <summary>The number that the bytes spell; "inf", "+inf" and "-inf" in any case are infinities, NaN is none.</summary>
    public bool TryGetDouble(out double number)
    {
        if (ReferenceEquals(source, DoubleForm))
        {
            number = BitConverter.Int64BitsToDouble(bits);
            return !double.IsNaN(number);
        }

        if (IsInteger(out var integer))
        {
            number = integer;
            return true;
        }

        // The longest double has 309 digits when it is written without an exponent, and it may have a fraction.
        Span<byte> scratch = stackalloc byte[DoubleLengthMax];
        number = 0;
        return LengthMax <= 3 * DoubleLengthMax && Length <= scratch.Length && NumberText.TryParseDouble(Bytes(scratch), out number);
    }

    public override string ToString()
    {
        if (source is string text) return text;
        Span<byte> scratch = stackalloc byte[NumberLengthMax];
        return Encoding.UTF8.GetString(Bytes(scratch));
    }

    public bool Equals(Payload other)
    {
        if (source is string mine && other.source is string theirs && mine == theirs) return true;
        if (IsInteger(out var left) && other.IsInteger(out var right)) return left == right;
        Span<byte> mineScratch = stackalloc byte[128], theirScratch = stackalloc byte[128];
        return Bytes(mineScratch).SequenceEqual(other.Bytes(theirScratch));
    }

    public int CompareTo(Payload other)
    {
        Span<byte> mineScratch = stackalloc byte[128], theirScratch = stackalloc byte[128];
        return Bytes(mineScratch).SequenceCompareTo(other.Bytes(theirScratch));
    }

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Payload other && Equals(other);

    public override int GetHashCode()
    {
        Span<byte> scratch = stackalloc byte[128];
        return (int)ByteHash.Of(Bytes(scratch));
    }

    private int LengthOfOtherForms()
    {
        if (source is null) return 0;
        if (source is string text) return Encoding.UTF8.GetByteCount(text);
        return WriteNumber(stackalloc byte[NumberLengthMax]);
    }

    private int WriteNumber(Span<byte> destination) =>
        ReferenceEquals(source, IntegerForm)
            ? Utf8Formatter.TryFormat(bits, destination, out var written) ? written : 0
            : NumberText.Write(BitConverter.Int64BitsToDouble(bits), destination);
}
