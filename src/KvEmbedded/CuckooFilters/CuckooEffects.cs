using KvEmbedded.Engine;

namespace KvEmbedded.CuckooFilters;

/// <summary>Items were added in one step.</summary>
internal sealed class CuckooItemsAdded(ItemHash[] items, bool onlyMissing, int count, CellChange[] changes) : Effect
{
    public ReadOnlyMemory<ItemHash> Items => items;

    /// <summary>True if those that were there were passed over.</summary>
    public bool OnlyMissing => onlyMissing;

    public override void Undo(IDataValue value) => ((CuckooLayers)value).Restore(changes, count, 0);
}

/// <summary>An item was removed once.</summary>
internal sealed class CuckooItemRemoved(ItemHash item, CellChange change) : Effect
{
    public ItemHash Item => item;

    public override void Undo(IDataValue value) => ((CuckooLayers)value).Restore([change], 0, 1);
}

/// <summary>A layer was put behind the last one, which was full.</summary>
internal sealed class CuckooLayerAdded : Effect
{
    public override void Undo(IDataValue value) => ((CuckooLayers)value).RemoveLayer();
}
