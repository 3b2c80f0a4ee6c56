using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class RedisKeyspaceTests : KeyspaceContract<RedisBackend>;

public sealed class RedisKeysTests : KeysContract<RedisBackend>;

public sealed class RedisExpiryTests : ExpiryContract<RedisBackend>;

public sealed class RedisStringTests : StringContract<RedisBackend>;

public sealed class RedisStringsTests : StringsContract<RedisBackend>;

public sealed class RedisCounterTests : CounterContract<RedisBackend>;

public sealed class RedisSortedSetTests : SortedSetContract<RedisBackend>;

public sealed class RedisSortedSetsTests : SortedSetsContract<RedisBackend>;

public sealed class RedisBloomFilterTests : BloomFilterContract<RedisBackend>;

public sealed class RedisCuckooFilterTests : CuckooFilterContract<RedisBackend>;

public sealed class RedisCountMinSketchTests : CountMinSketchContract<RedisBackend>;

public sealed class RedisTopKTests : TopKContract<RedisBackend>;

public sealed class RedisTDigestTests : TDigestContract<RedisBackend>;

public sealed class RedisWaitingTests : WaitingContract<RedisBackend>;
