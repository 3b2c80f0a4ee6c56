using System.Runtime.InteropServices;
using KvEmbedded.Engine;

namespace KvEmbedded.CuckooFilters;

internal sealed partial class CuckooLayers
{
    /// <summary>Room for so many changes is kept from one addition to the next.</summary>
    private const int ChangesKept = 64;

    /// <summary>Adds an item once more; false if there is no room, and then nothing has changed.</summary>
    public bool TryAdd(ItemHash item) => TryAddAll([item], onlyMissing: false, []);

    /// <summary>Adds items, all or none; false if there is no room.</summary>
    /// <param name="items">The items.</param>
    /// <param name="onlyMissing">True to pass over those that are there.</param>
    /// <param name="added">Takes, for each item, whether it was added; empty if nobody asks.</param>
    public bool TryAddAll(ReadOnlySpan<ItemHash> items, bool onlyMissing, Span<bool> added)
    {
        changes.Clear();
        var count = 0;
        for (var i = 0; i < items.Length; i++)
        {
            // Only what can fail or is reported has to be known until the end.
            if (Expansion > 0 && Effects is null) changes.Clear();
            if (onlyMissing && Contains(items[i])) continue;
            if (!TryPlace(items[i]))
            {
                Restore(CollectionsMarshal.AsSpan(changes), count, 0);
                return false;
            }

            count++;
            Count++;
            if (!added.IsEmpty) added[i] = true;
        }

        if (count > 0) Effects?.Report(new CuckooItemsAdded(items.ToArray(), onlyMissing, count, [.. changes]));
        changes.Clear();
        if (changes.Capacity > ChangesKept) changes.Capacity = ChangesKept;
        return true;
    }

    private bool TryPlace(ItemHash item)
    {
        var fingerprint = CuckooLayer.Fingerprint(item);
        for (var at = layers.Length - 1; at >= 0; at--)
        {
            var free = layers[at].FindFor(item, 0);
            if (free < 0) continue;
            Put(at, (ulong)free, fingerprint);
            return true;
        }

        if (TryMoveOthers(item, fingerprint)) return true;
        if (Expansion == 0) return false;
        AddLayer();
        Put(layers.Length - 1, (ulong)layers[^1].FindFor(item, 0), fingerprint);
        return true;
    }

    /// <summary>
    /// Puts the fingerprint in the place of another, that one into its other bucket in place of a third, and so on, until one
    /// finds a free cell. If none does, all are put back.
    /// </summary>
    /// <remarks>The cell that has to give way is another in each step, without chance: the same items give the same filter.</remarks>
    private bool TryMoveOthers(ItemHash item, ushort fingerprint)
    {
        var (last, begun) = (layers.Length - 1, changes.Count);
        var layer = layers[last];
        var bucket = layer.FirstBucket(item);
        for (var step = 0; step < MaxIterations; step++)
        {
            var cell = (bucket * (ulong)bucketSize) + (ulong)(step % bucketSize);
            var moved = layer.Read(cell);
            Put(last, cell, fingerprint);
            fingerprint = moved;
            bucket = layer.OtherBucket(bucket, fingerprint);
            var free = layer.Find(bucket, 0);
            if (free < 0) continue;
            Put(last, (ulong)free, fingerprint);
            return true;
        }

        Restore(CollectionsMarshal.AsSpan(changes)[begun..], 0, 0);
        changes.RemoveRange(begun, changes.Count - begun);
        return false;
    }

    private void Put(int at, ulong cell, ushort fingerprint)
    {
        changes.Add(new CellChange(at, cell, layers[at].Read(cell)));
        layers[at].Write(cell, fingerprint);
    }

    private void AddLayer()
    {
        layers = [.. layers, new CuckooLayer(CuckooSizes.NextBuckets(layers[^1].BucketCount, bucketSize, Expansion, layers.Length), bucketSize)];
        Effects?.Report(new CuckooLayerAdded());
    }
}

/// <summary>What a cell held before it was written to.</summary>
internal readonly record struct CellChange(int Layer, ulong Cell, ushort Before);
