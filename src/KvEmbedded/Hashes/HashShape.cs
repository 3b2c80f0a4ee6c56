using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

/// <summary>The sizes a <see cref="HashFields"/> is built with. The defaults were measured; tests choose tiny ones.</summary>
internal sealed record HashShape : RecordShape
{
    public static HashShape Default { get; } = new();

    /// <summary>Up to this many fields are found by looking at each of them; a hash index would only cost memory. At least 1.</summary>
    public int UnindexedMax { get; init; } = 16;
}
