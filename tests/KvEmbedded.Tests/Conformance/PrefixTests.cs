using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class PrefixKeyspaceTests : KeyspaceContract<PrefixBackend>;

public sealed class PrefixKeysTests : KeysContract<PrefixBackend>;

public sealed class PrefixPubSubTests : PubSubContract<PrefixBackend>;

public sealed class PrefixExpiryTests : ExpiryContract<PrefixBackend>;

public sealed class PrefixStringTests : StringContract<PrefixBackend>;

public sealed class PrefixStringsTests : StringsContract<PrefixBackend>;

public sealed class PrefixCounterTests : CounterContract<PrefixBackend>;

public sealed class PrefixHashTests : HashContract<PrefixBackend>;

public sealed class PrefixHashExpiryTests : HashExpiryContract<PrefixBackend>;
public sealed class PrefixBitmapTests : BitmapContract<PrefixBackend>;

public sealed class PrefixBitmapsTests : BitmapsContract<PrefixBackend>;

public sealed class PrefixNewerBitmapsTests : NewerBitmapsContract<PrefixBackend>;

public sealed class PrefixHyperLogLogTests : HyperLogLogContract<PrefixBackend>;

public sealed class PrefixSortedSetTests : SortedSetContract<PrefixBackend>;

public sealed class PrefixGeoIndexTests : GeoIndexContract<PrefixBackend>;

public sealed class PrefixSortedSetsTests : SortedSetsContract<PrefixBackend>;

public sealed class PrefixSetTests : SetContract<PrefixBackend>;

public sealed class PrefixSetsTests : SetsContract<PrefixBackend>;

public sealed class PrefixBloomFilterTests : BloomFilterContract<PrefixBackend>;

public sealed class PrefixCuckooFilterTests : CuckooFilterContract<PrefixBackend>;

public sealed class PrefixCountMinSketchTests : CountMinSketchContract<PrefixBackend>;

public sealed class PrefixTopKTests : TopKContract<PrefixBackend>;

public sealed class PrefixTDigestTests : TDigestContract<PrefixBackend>;

public sealed class PrefixWaitingTests : WaitingContract<PrefixBackend>;

public sealed class PrefixListTests : ListContract<PrefixBackend>;

public sealed class PrefixListsTests : ListsContract<PrefixBackend>;

public sealed class PrefixListWaitingTests : ListWaitingContract<PrefixBackend>;
public sealed class PrefixStreamTests : StreamContract<PrefixBackend>;

public sealed class PrefixConsumerGroupTests : ConsumerGroupContract<PrefixBackend>;

public sealed class PrefixStreamWaitingTests : StreamWaitingContract<PrefixBackend>;

public sealed class PrefixWaitingOrderTests : WaitingOrderContract<PrefixBackend>;
