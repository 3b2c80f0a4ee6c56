using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class SynchronousKeyspaceTests : KeyspaceContract<SynchronousBackend>;

public sealed class SynchronousKeysTests : KeysContract<SynchronousBackend>;

public sealed class SynchronousExpiryTests : ExpiryContract<SynchronousBackend>;

public sealed class SynchronousStringTests : StringContract<SynchronousBackend>;

public sealed class SynchronousStringsTests : StringsContract<SynchronousBackend>;

public sealed class SynchronousCounterTests : CounterContract<SynchronousBackend>;

public sealed class SynchronousSortedSetTests : SortedSetContract<SynchronousBackend>;

public sealed class SynchronousGeoIndexTests : GeoIndexContract<SynchronousBackend>;

public sealed class SynchronousSortedSetsTests : SortedSetsContract<SynchronousBackend>;

public sealed class SynchronousSetTests : SetContract<SynchronousBackend>;

public sealed class SynchronousSetsTests : SetsContract<SynchronousBackend>;

public sealed class SynchronousBloomFilterTests : BloomFilterContract<SynchronousBackend>;
