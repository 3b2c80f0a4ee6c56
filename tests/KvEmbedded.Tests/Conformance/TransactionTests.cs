using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class TransactionKeyspaceTests : KeyspaceContract<TransactionBackend>;

public sealed class TransactionKeysTests : KeysContract<TransactionBackend>;

public sealed class TransactionStringTests : StringContract<TransactionBackend>;

public sealed class TransactionStringsTests : StringsContract<TransactionBackend>;

public sealed class TransactionCounterTests : CounterContract<TransactionBackend>;

public sealed class TransactionHashTests : HashContract<TransactionBackend>;
public sealed class TransactionBitmapTests : BitmapContract<TransactionBackend>;

public sealed class TransactionBitmapsTests : BitmapsContract<TransactionBackend>;

public sealed class TransactionNewerBitmapsTests : NewerBitmapsContract<TransactionBackend>;

public sealed class TransactionHyperLogLogTests : HyperLogLogContract<TransactionBackend>;

public sealed class TransactionSortedSetTests : SortedSetContract<TransactionBackend>;

public sealed class TransactionGeoIndexTests : GeoIndexContract<TransactionBackend>;

public sealed class TransactionSortedSetsTests : SortedSetsContract<TransactionBackend>;

public sealed class TransactionListTests : ListContract<TransactionBackend>;

public sealed class TransactionListsTests : ListsContract<TransactionBackend>;

public sealed class TransactionStreamTests : StreamContract<TransactionBackend>;

public sealed class TransactionConsumerGroupTests : ConsumerGroupContract<TransactionBackend>;
public sealed class TransactionSetTests : SetContract<TransactionBackend>;

public sealed class TransactionSetsTests : SetsContract<TransactionBackend>;

public sealed class TransactionBloomFilterTests : BloomFilterContract<TransactionBackend>;

public sealed class TransactionCuckooFilterTests : CuckooFilterContract<TransactionBackend>;

public sealed class TransactionCountMinSketchTests : CountMinSketchContract<TransactionBackend>;

public sealed class TransactionTopKTests : TopKContract<TransactionBackend>;

public sealed class TransactionTDigestTests : TDigestContract<TransactionBackend>;
