namespace KvEmbedded.Strings;

/// <summary>Something worked out of a blob's content and kept beside it until the next write.</summary>
internal abstract class StringBlobCompanion
{
    /// <summary>Bytes of memory held, O(1).</summary>
    public abstract long MemoryBytes { get; }
}

/// <summary>Reads a blob over several turns, and hears of what is written meanwhile.</summary>
internal interface IStringBlobReader
{
    /// <summary>A write is about to take place; it must not be hindered.</summary>
    /// <param name="old">The whole content as it is.</param>
    /// <param name="newLength">How long it will be.</param>
    /// <param name="offset">Where bytes will be overwritten or added; those of a gap before them become zero.</param>
    /// <param name="content">With what.</param>
    void BeforeWrite(ReadOnlySpan<byte> old, int newLength, int offset, ReadOnlySpan<byte> content);
}
