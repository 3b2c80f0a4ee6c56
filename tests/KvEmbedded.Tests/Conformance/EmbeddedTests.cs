using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class EmbeddedKeyspaceTests : KeyspaceContract<EmbeddedBackend>;

public sealed class EmbeddedKeysTests : KeysContract<EmbeddedBackend>;

public sealed class EmbeddedPubSubTests : PubSubContract<EmbeddedBackend>;

public sealed class EmbeddedExpiryTests : ExpiryContract<EmbeddedBackend>;

public sealed class EmbeddedStringTests : StringContract<EmbeddedBackend>;

public sealed class EmbeddedStringsTests : StringsContract<EmbeddedBackend>;

public sealed class EmbeddedCounterTests : CounterContract<EmbeddedBackend>;

public sealed class EmbeddedHashTests : HashContract<EmbeddedBackend>;

public sealed class EmbeddedHashExpiryTests : HashExpiryContract<EmbeddedBackend>;
public sealed class EmbeddedBitmapTests : BitmapContract<EmbeddedBackend>;

public sealed class EmbeddedBitmapsTests : BitmapsContract<EmbeddedBackend>;

public sealed class EmbeddedNewerBitmapsTests : NewerBitmapsContract<EmbeddedBackend>;

public sealed class EmbeddedHyperLogLogTests : HyperLogLogContract<EmbeddedBackend>;

public sealed class EmbeddedSortedSetTests : SortedSetContract<EmbeddedBackend>;

public sealed class EmbeddedGeoIndexTests : GeoIndexContract<EmbeddedBackend>;

public sealed class EmbeddedSortedSetsTests : SortedSetsContract<EmbeddedBackend>;

public sealed class EmbeddedSetTests : SetContract<EmbeddedBackend>;

public sealed class EmbeddedSetsTests : SetsContract<EmbeddedBackend>;

public sealed class EmbeddedBloomFilterTests : BloomFilterContract<EmbeddedBackend>;

public sealed class EmbeddedCuckooFilterTests : CuckooFilterContract<EmbeddedBackend>;

public sealed class EmbeddedCountMinSketchTests : CountMinSketchContract<EmbeddedBackend>;

public sealed class EmbeddedTopKTests : TopKContract<EmbeddedBackend>;

public sealed class EmbeddedTDigestTests : TDigestContract<EmbeddedBackend>;

public sealed class EmbeddedWaitingTests : WaitingContract<EmbeddedBackend>;

public sealed class EmbeddedListTests : ListContract<EmbeddedBackend>;

public sealed class EmbeddedListsTests : ListsContract<EmbeddedBackend>;

public sealed class EmbeddedListWaitingTests : ListWaitingContract<EmbeddedBackend>;
public sealed class EmbeddedStreamTests : StreamContract<EmbeddedBackend>;

public sealed class EmbeddedConsumerGroupTests : ConsumerGroupContract<EmbeddedBackend>;

public sealed class EmbeddedStreamWaitingTests : StreamWaitingContract<EmbeddedBackend>;

public sealed class EmbeddedWaitingOrderTests : WaitingOrderContract<EmbeddedBackend>;
