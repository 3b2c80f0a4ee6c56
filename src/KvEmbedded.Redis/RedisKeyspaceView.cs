using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Events;
using KvEmbedded.Redis.Geo;
using KvEmbedded.Redis.Keys;
using KvEmbedded.Redis.PubSub;
using KvEmbedded.Redis.SortedSets;
using KvEmbedded.Redis.Strings;

namespace KvEmbedded.Redis;

/// <summary>The keyspace of a server as seen through one door: with its prefix.</summary>
internal sealed class RedisKeyspaceView(ServerDoor door) : IKeyspace
{
    public IKeys Keys => field ??= new RedisKeys(door);

    public IKvStrings Strings => field ??= new RedisStrings(door);

    public ISortedSets SortedSets => field ??= new RedisSortedSets(door);

    public IPubSub PubSub => field ??= new RedisPubSub(door);

    public IKvString String(KvKey key) => new RedisString(door, door.Encode(key));

    public ICounter Counter(KvKey key) => new RedisCounter(door, door.Encode(key));

    public ISortedSet SortedSet(KvKey key) => new RedisSortedSet(door, door.Encode(key));

    public IBloomFilter BloomFilter(KvKey key) => throw NotYet("Bloom filters");

    public IKvSets Sets => throw NotYet("sets");

    public IKvSet Set(KvKey key) => throw NotYet("set");

    public IGeoIndex GeoIndex(KvKey key) => new RedisGeoIndex(door, door.Encode(key));

    public IKeyspace WithPrefix(KvKey prefix) => new RedisKeyspaceView(door.WithPrefix(prefix));

    public ValueTask<Subscription<KeyEvent>> SubscribeToEventsAsync(
        KeyEventFilter? filter, int? capacity, FullMode fullMode, CancellationToken cancellationToken) =>
        RedisKeyEvents.SubscribeAsync(door, filter, capacity, fullMode, cancellationToken);

    private static NotSupportedException NotYet(string what) =>
        new($"A keyspace on a server has no {what} yet. Use the embedded Keyspace for them.");
}
