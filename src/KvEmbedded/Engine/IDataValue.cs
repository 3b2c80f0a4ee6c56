namespace KvEmbedded.Engine;

/// <summary>What a key can hold, as the engine sees it. The engine names no data type.</summary>
/// <remarks>
/// Touched by the loop alone. Nothing that leaves it may be a view of its storage: bytes go out as copies, so that the
/// storage can change its form without touching another file.
/// </remarks>
internal interface IDataValue
{
    /// <summary>The public name of the type.</summary>
    KeyType Type { get; }

    /// <summary>True when the value has no element left; the turn then removes its key.</summary>
    bool IsEmpty { get; }

    /// <summary>Bytes of memory held, arrays and headers included, O(1).</summary>
    long MemoryBytes { get; }

    /// <summary>Where mutations report what they did; null while nobody listens, which is the normal case.</summary>
    /// <remarks>Every mutation, however small, reports one effect to it after it has taken place.</remarks>
    IEffectSink? Effects { get; set; }

    /// <summary>
    /// The text of a string whose key has gone for good, without a copy: nobody writes to it any more. Null for other types.
    /// </summary>
    KvValue? Legacy => null;

    /// <summary>A deep copy, with no sink (COPY).</summary>
    IDataValue Copy();

    /// <summary>Asserts every invariant of the structure; debug builds and tests call it.</summary>
    void CheckInvariants();
}
