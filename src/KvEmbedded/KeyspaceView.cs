using KvEmbedded.BloomFilters;
using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Sets;
using KvEmbedded.SortedSets;
using KvEmbedded.Streams;
using KvEmbedded.Strings;

namespace KvEmbedded;

/// <summary>The keyspace as seen through one door: with its prefix, waiting as it says, inside its transaction or none.</summary>
internal abstract class KeyspaceView(Door door) : IKeyspace
{
    public Door Door => door;

    public IKeys Keys => field ??= new KeysHandle(door);

    public IKvStrings Strings => field ??= new StringsHandle(door);

    public ISortedSets SortedSets => field ??= new SortedSetsHandle(door);

    public IStreams Streams => field ??= new StreamsHandle(door);

    public IKvSets Sets => field ??= new SetsHandle(door);

    public IKvString String(KvKey key) => new StringHandle(door, door.Encode(key));

    public ICounter Counter(KvKey key) => new CounterHandle(door, door.Encode(key));

    public ISortedSet SortedSet(KvKey key) => new SortedSetHandle(door, door.Encode(key));

    public IStream Stream(KvKey key) => new StreamHandle(door, door.Encode(key));

    public IKvSet Set(KvKey key) => new SetHandle(door, door.Encode(key));

    public IBloomFilter BloomFilter(KvKey key) => new BloomFilterHandle(door, door.Encode(key));

    public IKeyspace WithPrefix(KvKey prefix) => new LoopView(door.WithPrefix(prefix));
}

/// <summary>The keyspace whose commands are turns of their own.</summary>
internal sealed class LoopView(Door door) : KeyspaceView(door);

/// <summary>The keyspace inside the body of a transaction.</summary>
internal sealed class Transaction(Door door) : KeyspaceView(door), ITransaction;
