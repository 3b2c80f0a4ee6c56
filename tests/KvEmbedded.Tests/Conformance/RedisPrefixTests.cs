using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class RedisPrefixKeyspaceTests : KeyspaceContract<RedisPrefixBackend>;

public sealed class RedisPrefixKeysTests : KeysContract<RedisPrefixBackend>;

public sealed class RedisPrefixStringsTests : StringsContract<RedisPrefixBackend>;

public sealed class RedisPrefixGeoIndexTests : GeoIndexContract<RedisPrefixBackend>;

/// <remarks>Channels are those of the whole server.</remarks>
[Collection("channels of Redis")]
public sealed class RedisPrefixPubSubTests : PubSubContract<RedisPrefixBackend>;

public sealed class RedisPrefixSortedSetsTests : SortedSetsContract<RedisPrefixBackend>;

public sealed class RedisPrefixWaitingTests : WaitingContract<RedisPrefixBackend>;
