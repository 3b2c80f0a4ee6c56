using System.Diagnostics.CodeAnalysis;
using KvEmbedded.Engine;

namespace KvEmbedded;

/// <summary>The name of a key: a byte string, made from text (as UTF-8), bytes or a number.</summary>
/// <remarks>
/// Equality and order are those of the bytes: <c>(KvKey)"7"</c> equals <c>(KvKey)7</c>. The empty key is a key like any
/// other. At most 512 MiB. Memory that a key was made from must not change before the operation it is used in has ended.
/// </remarks>
public readonly struct KvKey : IEquatable<KvKey>, IComparable<KvKey>
{
    internal readonly Payload Payload;

    internal KvKey(Payload payload) => Payload = payload;

    /// <summary>Length in bytes.</summary>
    public int Length => Payload.Length;

    /// <summary>The UTF-8 bytes of <paramref name="text"/>.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static implicit operator KvKey(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new KvKey(new Payload(text));
    }

    /// <summary>These bytes.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="bytes"/> is null.</exception>
    public static implicit operator KvKey(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new KvKey(new Payload(bytes));
    }

    /// <summary>These bytes.</summary>
    public static implicit operator KvKey(ReadOnlyMemory<byte> bytes) => new(new Payload(bytes));

    /// <summary>The decimal text of <paramref name="number"/>.</summary>
    public static implicit operator KvKey(long number) => new(new Payload(number));

    /// <summary>This key with <paramref name="prefix"/> before it, as a new key.</summary>
    public KvKey WithPrefix(KvKey prefix)
    {
        var length = prefix.Length;
        var bytes = new byte[length + Length];
        prefix.Payload.CopyTo(bytes);
        Payload.CopyTo(bytes.AsSpan(length));
        return bytes;
    }

    /// <summary>A copy of the bytes.</summary>
    public byte[] ToArray() => Payload.ToArray();

    /// <summary>The bytes as UTF-8 text; bytes that are no UTF-8 become U+FFFD.</summary>
    public override string ToString() => Payload.ToString();

    /// <inheritdoc/>
    public bool Equals(KvKey other) => Payload.Equals(other.Payload);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is KvKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Payload.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(KvKey other) => Payload.CompareTo(other.Payload);

    /// <summary>True if both are the same bytes.</summary>
    public static bool operator ==(KvKey left, KvKey right) => left.Equals(right);

    /// <summary>True if the bytes differ.</summary>
    public static bool operator !=(KvKey left, KvKey right) => !left.Equals(right);

    /// <summary>True if <paramref name="left"/> comes first, byte by byte.</summary>
    public static bool operator <(KvKey left, KvKey right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> comes first or both are equal, byte by byte.</summary>
    public static bool operator <=(KvKey left, KvKey right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> comes last, byte by byte.</summary>
    public static bool operator >(KvKey left, KvKey right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> comes last or both are equal, byte by byte.</summary>
    public static bool operator >=(KvKey left, KvKey right) => left.CompareTo(right) >= 0;
}
