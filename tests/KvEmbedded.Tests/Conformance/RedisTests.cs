using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class RedisKeyspaceTests : KeyspaceContract<RedisBackend>;

public sealed class RedisKeysTests : KeysContract<RedisBackend>;

public sealed class RedisExpiryTests : ExpiryContract<RedisBackend>;

public sealed class RedisStringTests : StringContract<RedisBackend>;

public sealed class RedisStringsTests : StringsContract<RedisBackend>;

public sealed class RedisCounterTests : CounterContract<RedisBackend>;

public sealed class RedisSortedSetTests : SortedSetContract<RedisBackend>;

public sealed class RedisGeoIndexTests : GeoIndexContract<RedisBackend>;

/// <remarks>Channels are those of the whole server.</remarks>
[Collection("channels of Redis")]
public sealed class RedisPubSubTests : PubSubContract<RedisBackend>;

public sealed class RedisSortedSetsTests : SortedSetsContract<RedisBackend>;

public sealed class RedisWaitingTests : WaitingContract<RedisBackend>;
