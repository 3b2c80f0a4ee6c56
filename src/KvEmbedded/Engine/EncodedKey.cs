namespace KvEmbedded.Engine;

/// <summary>A key ready for the loop: its own copy of the bytes, and their hash, both made before the loop is taken.</summary>
internal readonly struct EncodedKey : IEquatable<EncodedKey>
{
    public readonly byte[] Bytes;

    /// <summary>In the table's form, so that a key that comes back from the table equals the one that went in.</summary>
    public readonly uint Hash;

    /// <param name="bytes">Owned by the key from here on: nobody may change them.</param>
    public EncodedKey(byte[] bytes)
    {
        Bytes = bytes;
        Hash = KeyTable.TagOf(ByteHash.Of(bytes));
    }

    public EncodedKey(byte[] bytes, uint hash)
    {
        Bytes = bytes;
        Hash = KeyTable.TagOf(hash);
    }

    public ReadOnlySpan<byte> Span => Bytes;

    public bool Equals(EncodedKey other) => Hash == other.Hash && Span.SequenceEqual(other.Span);

    public override bool Equals(object? obj) => obj is EncodedKey other && Equals(other);

    public override int GetHashCode() => (int)Hash;

    public override string ToString() => System.Text.Encoding.UTF8.GetString(Bytes);
}
