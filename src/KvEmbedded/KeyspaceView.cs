using KvEmbedded.Bitmaps;
using KvEmbedded.BloomFilters;
using KvEmbedded.CountMinSketches;
using KvEmbedded.CuckooFilters;
using KvEmbedded.Engine;
using KvEmbedded.Events;
using KvEmbedded.Geo;
using KvEmbedded.Hashes;
using KvEmbedded.HyperLogLogs;
using KvEmbedded.Keys;
using KvEmbedded.Lists;
using KvEmbedded.PubSub;
using KvEmbedded.Sets;
using KvEmbedded.SortedSets;
using KvEmbedded.Streams;
using KvEmbedded.Strings;
using KvEmbedded.TDigests;
using KvEmbedded.TopKs;

namespace KvEmbedded;

/// <summary>The keyspace as seen through one door: with its prefix, waiting as it says, inside its transaction or none.</summary>
internal abstract class KeyspaceView(Door door) : IKeyspace
{
    public Door Door => door;

    public IKeys Keys => field ??= new KeysHandle(door);

    public IPubSub PubSub => field ??= new PubSubHandle(door);

    public IKvStrings Strings => field ??= new StringsHandle(door);

    public IBitmaps Bitmaps => field ??= new BitmapsHandle(door);

    public IHyperLogLogs HyperLogLogs => field ??= new HyperLogLogsHandle(door);

    public IKvLists Lists => field ??= new ListsHandle(door);

    public IKvSets Sets => field ??= new SetsHandle(door);

    public ISortedSets SortedSets => field ??= new SortedSetsHandle(door);

    public IStreams Streams => field ??= new StreamsHandle(door);

    public IKvString String(KvKey key) => new StringHandle(door, door.Encode(key));

    public ICounter Counter(KvKey key) => new CounterHandle(door, door.Encode(key));

    public IBitmap Bitmap(KvKey key) => new BitmapHandle(door, door.Encode(key));

    public IHyperLogLog HyperLogLog(KvKey key) => new HyperLogLogHandle(door, door.Encode(key));

    public IHash Hash(KvKey key) => new HashHandle(door, door.Encode(key));

    public IKvList List(KvKey key) => new ListHandle(door, door.Encode(key));

    public IKvSet Set(KvKey key) => new SetHandle(door, door.Encode(key));

    public ISortedSet SortedSet(KvKey key) => new SortedSetHandle(door, door.Encode(key));

    public IGeoIndex GeoIndex(KvKey key) => new GeoIndexHandle(door, door.Encode(key));

    public IStream Stream(KvKey key) => new StreamHandle(door, door.Encode(key));

    public IBloomFilter BloomFilter(KvKey key) => new BloomFilterHandle(door, door.Encode(key));

    public ICuckooFilter CuckooFilter(KvKey key) => new CuckooFilterHandle(door, door.Encode(key));

    public ICountMinSketch CountMinSketch(KvKey key) => new CountMinSketchHandle(door, door.Encode(key));

    public ITopK TopK(KvKey key) => new TopKHandle(door, door.Encode(key));

    public ITDigest TDigest(KvKey key) => new TDigestHandle(door, door.Encode(key));

    public IKeyspace WithPrefix(KvKey prefix) => new LoopView(door.WithPrefix(prefix));

    public ValueTask<Subscription<KeyEvent>> SubscribeToEventsAsync(
        KeyEventFilter? filter, int? capacity, FullMode fullMode, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<Subscription<KeyEvent>>(cancellationToken);
        try
        {
            return new ValueTask<Subscription<KeyEvent>>(SubscribeToEvents(filter, capacity, fullMode));
        }
        catch (ObjectDisposedException exception)
        {
            return ValueTask.FromException<Subscription<KeyEvent>>(exception);
        }
    }

    public Subscription<KeyEvent> SubscribeToEvents(KeyEventFilter? filter, int? capacity, FullMode fullMode)
    {
        var (store, match) = (door.Store, new KeyEventMatch(filter, door.Prefix));
        var subscription = new Subscription<KeyEvent>(
            Require.FeedCapacity(capacity, store.Options.EventBufferCapacity), Require.Named(fullMode), store.Options.Scheduler);
        store.Events.Add(subscription, match);
        return subscription;
    }
}

/// <summary>The keyspace whose commands are turns of their own.</summary>
internal sealed class LoopView(Door door) : KeyspaceView(door);

/// <summary>The keyspace inside the body of a transaction.</summary>
internal sealed class Transaction(Door door) : KeyspaceView(door), ITransaction;
