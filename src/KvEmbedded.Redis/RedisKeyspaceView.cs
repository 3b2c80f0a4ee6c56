using KvEmbedded.Redis.Bitmaps;
using KvEmbedded.Redis.BloomFilters;
using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.CountMinSketches;
using KvEmbedded.Redis.CuckooFilters;
using KvEmbedded.Redis.Events;
using KvEmbedded.Redis.Geo;
using KvEmbedded.Redis.Hashes;
using KvEmbedded.Redis.HyperLogLogs;
using KvEmbedded.Redis.Keys;
using KvEmbedded.Redis.Lists;
using KvEmbedded.Redis.PubSub;
using KvEmbedded.Redis.Sets;
using KvEmbedded.Redis.SortedSets;
using KvEmbedded.Redis.Streams;
using KvEmbedded.Redis.Strings;
using KvEmbedded.Redis.TDigests;
using KvEmbedded.Redis.TopKs;

namespace KvEmbedded.Redis;

/// <summary>The keyspace of a server as seen through one door: with its prefix.</summary>
internal sealed class RedisKeyspaceView(ServerDoor door) : IKeyspace
{
    public IKeys Keys => field ??= new RedisKeys(door);

    public IPubSub PubSub => field ??= new RedisPubSub(door);

    public IKvStrings Strings => field ??= new RedisStrings(door);

    public IBitmaps Bitmaps => field ??= new RedisBitmaps(door);

    public IHyperLogLogs HyperLogLogs => field ??= new RedisHyperLogLogs(door);

    public IKvLists Lists => field ??= new RedisLists(door);

    public IKvSets Sets => field ??= new RedisSets(door);

    public ISortedSets SortedSets => field ??= new RedisSortedSets(door);

    public IStreams Streams => field ??= new RedisStreams(door);

    public IKvString String(KvKey key) => new RedisString(door, door.Encode(key));

    public ICounter Counter(KvKey key) => new RedisCounter(door, door.Encode(key));

    public IBitmap Bitmap(KvKey key) => new RedisBitmap(door, door.Encode(key));

    public IHyperLogLog HyperLogLog(KvKey key) => new RedisHyperLogLog(door, door.Encode(key));

    public IHash Hash(KvKey key) => new RedisHash(door, door.Encode(key));

    public IKvList List(KvKey key) => new RedisList(door, door.Encode(key));

    public IKvSet Set(KvKey key) => new RedisSet(door, door.Encode(key));

    public ISortedSet SortedSet(KvKey key) => new RedisSortedSet(door, door.Encode(key));

    public IGeoIndex GeoIndex(KvKey key) => new RedisGeoIndex(door, door.Encode(key));

    public IStream Stream(KvKey key) => new RedisStream(door, door.Encode(key));

    public IBloomFilter BloomFilter(KvKey key) => new RedisBloomFilter(door, door.Encode(key));

    public ICuckooFilter CuckooFilter(KvKey key) => new RedisCuckooFilter(door, door.Encode(key));

    public ICountMinSketch CountMinSketch(KvKey key) => new RedisCountMinSketch(door, door.Encode(key));

    public ITopK TopK(KvKey key) => new RedisTopK(door, door.Encode(key));

    public ITDigest TDigest(KvKey key) => new RedisTDigest(door, door.Encode(key));

    public IKeyspace WithPrefix(KvKey prefix) => new RedisKeyspaceView(door.WithPrefix(prefix));

    public ValueTask<Subscription<KeyEvent>> SubscribeToEventsAsync(
        KeyEventFilter? filter, int? capacity, FullMode fullMode, CancellationToken cancellationToken) =>
        RedisKeyEvents.SubscribeAsync(door, filter, capacity, fullMode, cancellationToken);
}
