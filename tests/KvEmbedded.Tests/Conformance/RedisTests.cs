using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class RedisKeyspaceTests : KeyspaceContract<RedisBackend>;

public sealed class RedisKeysTests : KeysContract<RedisBackend>;

public sealed class RedisExpiryTests : ExpiryContract<RedisBackend>;

public sealed class RedisStringTests : StringContract<RedisBackend>;

public sealed class RedisStringsTests : StringsContract<RedisBackend>;

public sealed class RedisCounterTests : CounterContract<RedisBackend>;

public sealed class RedisHashTests : HashContract<RedisBackend>;

public sealed class RedisHashExpiryTests : HashExpiryContract<RedisBackend>;

public sealed class RedisSortedSetTests : SortedSetContract<RedisBackend>;

public sealed class RedisGeoIndexTests : GeoIndexContract<RedisBackend>;

/// <remarks>Channels are those of the whole server.</remarks>
[Collection("channels of Redis")]
public sealed class RedisPubSubTests : PubSubContract<RedisBackend>;

public sealed class RedisSortedSetsTests : SortedSetsContract<RedisBackend>;

public sealed class RedisSetTests : SetContract<RedisBackend>;

public sealed class RedisSetsTests : SetsContract<RedisBackend>;
public sealed class RedisBloomFilterTests : BloomFilterContract<RedisBackend>;

public sealed class RedisCuckooFilterTests : CuckooFilterContract<RedisBackend>;

public sealed class RedisCountMinSketchTests : CountMinSketchContract<RedisBackend>;

public sealed class RedisTopKTests : TopKContract<RedisBackend>;

public sealed class RedisTDigestTests : TDigestContract<RedisBackend>;

public sealed class RedisWaitingTests : WaitingContract<RedisBackend>;

public sealed class RedisListTests : ListContract<RedisBackend>;

public sealed class RedisListsTests : ListsContract<RedisBackend>;

public sealed class RedisListWaitingTests : ListWaitingContract<RedisBackend>;
public sealed class RedisStreamTests : StreamContract<RedisBackend>;

public sealed class RedisConsumerGroupTests : ConsumerGroupContract<RedisBackend>;

public sealed class RedisStreamWaitingTests : StreamWaitingContract<RedisBackend>;
public sealed class RedisBitmapTests : BitmapContract<RedisBackend>;

public sealed class RedisBitmapsTests : BitmapsContract<RedisBackend>;

public sealed class RedisNewerBitmapsTests : NewerBitmapsContract<RedisBackend>;

public sealed class RedisHyperLogLogTests : HyperLogLogContract<RedisBackend>;
