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

public sealed class RedisPrefixSetTests : SetContract<RedisPrefixBackend>;

public sealed class RedisPrefixSetsTests : SetsContract<RedisPrefixBackend>;

public sealed class RedisPrefixWaitingTests : WaitingContract<RedisPrefixBackend>;

public sealed class RedisPrefixListsTests : ListsContract<RedisPrefixBackend>;

public sealed class RedisPrefixListWaitingTests : ListWaitingContract<RedisPrefixBackend>;
public sealed class RedisPrefixStreamTests : StreamContract<RedisPrefixBackend>;

public sealed class RedisPrefixConsumerGroupTests : ConsumerGroupContract<RedisPrefixBackend>;
public sealed class RedisPrefixBitmapTests : BitmapContract<RedisPrefixBackend>;

public sealed class RedisPrefixBitmapsTests : BitmapsContract<RedisPrefixBackend>;

public sealed class RedisPrefixNewerBitmapsTests : NewerBitmapsContract<RedisPrefixBackend>;

public sealed class RedisPrefixHyperLogLogTests : HyperLogLogContract<RedisPrefixBackend>;
