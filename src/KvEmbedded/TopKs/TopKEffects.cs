using KvEmbedded.Engine;

namespace KvEmbedded.TopKs;

/// <summary>An item was counted: cells were written to, and the list may have changed.</summary>
internal sealed class TopKCounted(CellBefore[] changes, Listing listing) : Effect
{
    /// <summary>What the cells were before.</summary>
    public ReadOnlyMemory<CellBefore> Changes => changes;

    public override void Undo(IDataValue value) => ((HeavyKeeper)value).Restore(changes, listing);
}
