using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class GarnetKeyspaceTests : KeyspaceContract<GarnetBackend>;

public sealed class GarnetKeysTests : KeysContract<GarnetBackend>;

public sealed class GarnetExpiryTests : ExpiryContract<GarnetBackend>;

public sealed class GarnetStringTests : StringContract<GarnetBackend>;

public sealed class GarnetStringsTests : StringsContract<GarnetBackend>;

public sealed class GarnetCounterTests : CounterContract<GarnetBackend>;

public sealed class GarnetHashTests : HashContract<GarnetBackend>;

public sealed class GarnetHashExpiryTests : HashExpiryContract<GarnetBackend>;

public sealed class GarnetSortedSetTests : SortedSetContract<GarnetBackend>;

public sealed class GarnetGeoIndexTests : GeoIndexContract<GarnetBackend>;

/// <remarks>Channels are those of the whole server.</remarks>
[Collection("channels of Garnet")]
public sealed class GarnetPubSubTests : PubSubContract<GarnetBackend>;

public sealed class GarnetSortedSetsTests : SortedSetsContract<GarnetBackend>;

public sealed class GarnetSetTests : SetContract<GarnetBackend>;

public sealed class GarnetSetsTests : SetsContract<GarnetBackend>;
public sealed class GarnetBloomFilterTests : BloomFilterContract<GarnetBackend>;

public sealed class GarnetCuckooFilterTests : CuckooFilterContract<GarnetBackend>;

public sealed class GarnetCountMinSketchTests : CountMinSketchContract<GarnetBackend>;

public sealed class GarnetTopKTests : TopKContract<GarnetBackend>;

public sealed class GarnetTDigestTests : TDigestContract<GarnetBackend>;

public sealed class GarnetWaitingTests : WaitingContract<GarnetBackend>;

public sealed class GarnetListTests : ListContract<GarnetBackend>;

public sealed class GarnetListsTests : ListsContract<GarnetBackend>;

public sealed class GarnetListWaitingTests : ListWaitingContract<GarnetBackend>;
public sealed class GarnetBitmapTests : BitmapContract<GarnetBackend>;

public sealed class GarnetHyperLogLogTests : HyperLogLogContract<GarnetBackend>;
