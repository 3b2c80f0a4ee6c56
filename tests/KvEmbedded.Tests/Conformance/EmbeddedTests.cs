using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class EmbeddedKeyspaceTests : KeyspaceContract<EmbeddedBackend>;

public sealed class EmbeddedKeysTests : KeysContract<EmbeddedBackend>;

public sealed class EmbeddedPubSubTests : PubSubContract<EmbeddedBackend>;

public sealed class EmbeddedExpiryTests : ExpiryContract<EmbeddedBackend>;

public sealed class EmbeddedStringTests : StringContract<EmbeddedBackend>;

public sealed class EmbeddedStringsTests : StringsContract<EmbeddedBackend>;

public sealed class EmbeddedCounterTests : CounterContract<EmbeddedBackend>;

public sealed class EmbeddedSortedSetTests : SortedSetContract<EmbeddedBackend>;

public sealed class EmbeddedGeoIndexTests : GeoIndexContract<EmbeddedBackend>;

public sealed class EmbeddedSortedSetsTests : SortedSetsContract<EmbeddedBackend>;

public sealed class EmbeddedSetTests : SetContract<EmbeddedBackend>;

public sealed class EmbeddedSetsTests : SetsContract<EmbeddedBackend>;

public sealed class EmbeddedBloomFilterTests : BloomFilterContract<EmbeddedBackend>;

public sealed class EmbeddedWaitingTests : WaitingContract<EmbeddedBackend>;

public sealed class EmbeddedWaitingOrderTests : WaitingOrderContract<EmbeddedBackend>;
