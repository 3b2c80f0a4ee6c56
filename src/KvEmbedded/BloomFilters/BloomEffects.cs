using KvEmbedded.Engine;

namespace KvEmbedded.BloomFilters;

/// <summary>An item was added to the last layer.</summary>
internal sealed class BloomItemAdded(ItemHash item, ulong[] newBits) : Effect
{
    public ItemHash Item => item;

    /// <summary>The bits that were not set before.</summary>
    public ReadOnlyMemory<ulong> NewBits => newBits;

    public override void Undo(IDataValue value) => ((BloomLayers)value).Remove(newBits);
}

/// <summary>A layer was put behind the last one, which was full.</summary>
internal sealed class BloomLayerAdded : Effect
{
    public override void Undo(IDataValue value) => ((BloomLayers)value).RemoveLayer();
}
