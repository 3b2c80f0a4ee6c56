using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

/// <summary>A member was added or got another score.</summary>
internal sealed class SortedSetPut(byte[] member, double score, double? previous) : Effect
{
    public ReadOnlyMemory<byte> Member => member;

    public double Score => score;

    /// <summary>Its score before; null if it is new.</summary>
    public double? Previous => previous;

    public override void Undo(IDataValue value)
    {
        var set = (SortedSetTree)value;
        if (previous is { } before) set.Put(member, before);
        else set.Remove(member);
    }
}

/// <summary>A member was removed.</summary>
internal sealed class SortedSetRemoved(byte[] member, double score) : Effect
{
    public ReadOnlyMemory<byte> Member => member;

    public double Score => score;

    public override void Undo(IDataValue value) => ((SortedSetTree)value).Put(member, score);
}
