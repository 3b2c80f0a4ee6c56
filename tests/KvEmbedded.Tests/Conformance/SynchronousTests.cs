using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class SynchronousKeyspaceTests : KeyspaceContract<SynchronousBackend>;

public sealed class SynchronousKeysTests : KeysContract<SynchronousBackend>;

public sealed class SynchronousExpiryTests : ExpiryContract<SynchronousBackend>;

public sealed class SynchronousStringTests : StringContract<SynchronousBackend>;

public sealed class SynchronousStringsTests : StringsContract<SynchronousBackend>;

public sealed class SynchronousCounterTests : CounterContract<SynchronousBackend>;

public sealed class SynchronousHashTests : HashContract<SynchronousBackend>;

public sealed class SynchronousHashExpiryTests : HashExpiryContract<SynchronousBackend>;
public sealed class SynchronousBitmapTests : BitmapContract<SynchronousBackend>;

public sealed class SynchronousBitmapsTests : BitmapsContract<SynchronousBackend>;

public sealed class SynchronousNewerBitmapsTests : NewerBitmapsContract<SynchronousBackend>;

public sealed class SynchronousHyperLogLogTests : HyperLogLogContract<SynchronousBackend>;

public sealed class SynchronousSortedSetTests : SortedSetContract<SynchronousBackend>;

public sealed class SynchronousGeoIndexTests : GeoIndexContract<SynchronousBackend>;

public sealed class SynchronousSortedSetsTests : SortedSetsContract<SynchronousBackend>;

public sealed class SynchronousListTests : ListContract<SynchronousBackend>;

public sealed class SynchronousListsTests : ListsContract<SynchronousBackend>;

public sealed class SynchronousStreamTests : StreamContract<SynchronousBackend>;

public sealed class SynchronousConsumerGroupTests : ConsumerGroupContract<SynchronousBackend>;
public sealed class SynchronousSetTests : SetContract<SynchronousBackend>;

public sealed class SynchronousSetsTests : SetsContract<SynchronousBackend>;

public sealed class SynchronousBloomFilterTests : BloomFilterContract<SynchronousBackend>;

public sealed class SynchronousCuckooFilterTests : CuckooFilterContract<SynchronousBackend>;

public sealed class SynchronousCountMinSketchTests : CountMinSketchContract<SynchronousBackend>;

public sealed class SynchronousTopKTests : TopKContract<SynchronousBackend>;

public sealed class SynchronousTDigestTests : TDigestContract<SynchronousBackend>;
