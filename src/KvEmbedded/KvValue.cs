using System.Diagnostics.CodeAnalysis;
using KvEmbedded.Engine;

namespace KvEmbedded;

/// <summary>A value, member, field or element: a byte string, made from text (as UTF-8), bytes or a number.</summary>
/// <remarks>
/// Equality and order are those of the bytes; numbers have Redis's text form (<c>(KvValue)1.5</c> is the three bytes
/// <c>1.5</c>). The keyspace copies values in and out: nobody can change what is stored. Memory that a value was made from
/// must not change before the operation it is used in has ended. The default is the empty byte string.
/// </remarks>
public readonly struct KvValue : IEquatable<KvValue>, IComparable<KvValue>
{
    internal readonly Payload Payload;

    internal KvValue(Payload payload) => Payload = payload;

    /// <summary>The byte string of no bytes.</summary>
    public static KvValue Empty => default;

    /// <summary>Length in bytes.</summary>
    public int Length => Payload.Length;

    /// <summary>The UTF-8 bytes of <paramref name="text"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static implicit operator KvValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new KvValue(new Payload(text));
    }

    /// <summary>These bytes.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
    public static implicit operator KvValue(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new KvValue(new Payload(bytes));
    }

    /// <summary>These bytes.</summary>
    public static implicit operator KvValue(ReadOnlyMemory<byte> bytes) => new(new Payload(bytes));

    /// <summary>The decimal text of <paramref name="number"/>.</summary>
    public static implicit operator KvValue(long number) => new(new Payload(number));

    /// <summary>The shortest decimal text that reads back as <paramref name="number"/>.</summary>
    public static implicit operator KvValue(double number) => new(new Payload(number));

    /// <summary>The bytes as UTF-8 text; bytes that are no UTF-8 become U+FFFD.</summary>
    public static explicit operator string(KvValue value) => value.ToString();

    /// <summary>A copy of the bytes.</summary>
    public static explicit operator byte[](KvValue value) => value.ToArray();

    /// <summary>The integer that the bytes spell.</summary>
    /// <exception cref="FormatException">They spell no 64-bit integer.</exception>
    public static explicit operator long(KvValue value) => value.TryGetInt64(out var number)
        ? number
        : throw new FormatException($"The value of {value.Length} bytes is not a 64-bit integer. Use TryGetInt64 to ask first.");

    /// <summary>The number that the bytes spell.</summary>
    /// <exception cref="FormatException">They spell no number.</exception>
    public static explicit operator double(KvValue value) => value.TryGetDouble(out var number)
        ? number
        : throw new FormatException($"The value of {value.Length} bytes is not a number. Use TryGetDouble to ask first.");

    /// <summary>True, with the number, if the bytes are a 64-bit integer exactly as Redis writes one.</summary>
    public bool TryGetInt64(out long number) => Payload.TryGetInt64(out number);

    /// <summary>True, with the number, if the bytes are a decimal number or an infinity. NaN is none.</summary>
    public bool TryGetDouble(out double number) => Payload.TryGetDouble(out number);

    /// <summary>Writes the bytes to the start of <paramref name="destination"/>.</summary>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="Length"/>.</exception>
    public int CopyTo(Span<byte> destination) => Payload.CopyTo(destination);

    /// <summary>The bytes, without a copy where the value holds bytes already.</summary>
    public ReadOnlyMemory<byte> ToMemory() => Payload.ToMemory();

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => Payload.ToArray();

    /// <summary>The bytes as UTF-8 text; bytes that are no UTF-8 become U+FFFD.</summary>
    public override string ToString() => Payload.ToString();

    /// <inheritdoc/>
    public bool Equals(KvValue other) => Payload.Equals(other.Payload);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is KvValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Payload.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(KvValue other) => Payload.CompareTo(other.Payload);

    /// <summary>True if both are the same bytes.</summary>
    public static bool operator ==(KvValue left, KvValue right) => left.Equals(right);

    /// <summary>True if the bytes differ.</summary>
    public static bool operator !=(KvValue left, KvValue right) => !left.Equals(right);

    /// <summary>True if <paramref name="left"/> comes first, byte by byte.</summary>
    public static bool operator <(KvValue left, KvValue right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> comes first or both are equal, byte by byte.</summary>
    public static bool operator <=(KvValue left, KvValue right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> comes last, byte by byte.</summary>
    public static bool operator >(KvValue left, KvValue right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> comes last or both are equal, byte by byte.</summary>
    public static bool operator >=(KvValue left, KvValue right) => left.CompareTo(right) >= 0;
}
