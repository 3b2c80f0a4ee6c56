using KvEmbedded.Engine;

namespace KvEmbedded.CountMinSketches;

/// <summary>Items were counted in one step.</summary>
internal sealed class CountMinIncremented((ItemHash Item, long By)[] increments, CounterChange[] changes, long countBefore) : Effect
{
    public ReadOnlyMemory<(ItemHash Item, long By)> Increments => increments;

    public override void Undo(IDataValue value) => ((CountMinGrid)value).Restore(changes, countBefore);
}

/// <summary>Other counters were put in place of all; nobody writes to the old ones any more.</summary>
internal sealed class CountMinReplaced(CountMinContent before, CountMinContent after) : Effect
{
    /// <summary>What is there now; the next increment changes it.</summary>
    public CountMinContent After => after;

    public override void Undo(IDataValue value) => ((CountMinGrid)value).Replace(before);
}
