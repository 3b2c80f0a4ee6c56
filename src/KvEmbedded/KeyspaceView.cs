using KvEmbedded.BloomFilters;
using KvEmbedded.Engine;
using KvEmbedded.Events;
using KvEmbedded.Geo;
using KvEmbedded.Keys;
using KvEmbedded.PubSub;
using KvEmbedded.Sets;
using KvEmbedded.SortedSets;
using KvEmbedded.Strings;

namespace KvEmbedded;

/// <summary>The keyspace as seen through one door: with its prefix, waiting as it says, inside its transaction or none.</summary>
internal abstract class KeyspaceView(Door door) : IKeyspace
{
    public Door Door => door;

    public IKeys Keys => field ??= new KeysHandle(door);

    public IPubSub PubSub => field ??= new PubSubHandle(door);

    public IKvStrings Strings => field ??= new StringsHandle(door);

    public ISortedSets SortedSets => field ??= new SortedSetsHandle(door);

    public IKvSets Sets => field ??= new SetsHandle(door);

    public IKvString String(KvKey key) => new StringHandle(door, door.Encode(key));

    public ICounter Counter(KvKey key) => new CounterHandle(door, door.Encode(key));

    public ISortedSet SortedSet(KvKey key) => new SortedSetHandle(door, door.Encode(key));

    public IKvSet Set(KvKey key) => new SetHandle(door, door.Encode(key));

    public IBloomFilter BloomFilter(KvKey key) => new BloomFilterHandle(door, door.Encode(key));

    public IGeoIndex GeoIndex(KvKey key) => new GeoIndexHandle(door, door.Encode(key));

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
            Require.FeedCapacity(capacity, store.Options), Require.Named(fullMode), store.Options.Scheduler);
        store.Events.Add(subscription, match);
        return subscription;
    }
}

/// <summary>The keyspace whose commands are turns of their own.</summary>
internal sealed class LoopView(Door door) : KeyspaceView(door);

/// <summary>The keyspace inside the body of a transaction.</summary>
internal sealed class Transaction(Door door) : KeyspaceView(door), ITransaction;
