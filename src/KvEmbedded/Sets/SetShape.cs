using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>The sizes up to which a <see cref="MemberSet"/> keeps its smaller forms, and those of its pages and index.</summary>
internal sealed record SetShape : RecordShape
{
    public static SetShape Default { get; } = new();

    /// <summary>Most members of a set of integers without an index.</summary>
    public int IntegersMax { get; init; } = 512;

    /// <summary>Most members of a flat form: each is looked at to find one.</summary>
    public int FlatMembersMax { get; init; } = 64;

    /// <summary>Most bytes of a flat form, lengths included. At most 32 Ki.</summary>
    public int FlatBytesMax { get; init; } = 1024;
}
