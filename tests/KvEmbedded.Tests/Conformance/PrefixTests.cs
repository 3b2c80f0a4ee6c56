using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class PrefixKeyspaceTests : KeyspaceContract<PrefixBackend>;

public sealed class PrefixKeysTests : KeysContract<PrefixBackend>;

public sealed class PrefixPubSubTests : PubSubContract<PrefixBackend>;

public sealed class PrefixExpiryTests : ExpiryContract<PrefixBackend>;

public sealed class PrefixStringTests : StringContract<PrefixBackend>;

public sealed class PrefixStringsTests : StringsContract<PrefixBackend>;

public sealed class PrefixCounterTests : CounterContract<PrefixBackend>;

public sealed class PrefixSortedSetTests : SortedSetContract<PrefixBackend>;

public sealed class PrefixGeoIndexTests : GeoIndexContract<PrefixBackend>;

public sealed class PrefixSortedSetsTests : SortedSetsContract<PrefixBackend>;

public sealed class PrefixSetTests : SetContract<PrefixBackend>;

public sealed class PrefixSetsTests : SetsContract<PrefixBackend>;

public sealed class PrefixBloomFilterTests : BloomFilterContract<PrefixBackend>;

public sealed class PrefixWaitingTests : WaitingContract<PrefixBackend>;

public sealed class PrefixWaitingOrderTests : WaitingOrderContract<PrefixBackend>;
