using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class TransactionKeyspaceTests : KeyspaceContract<TransactionBackend>;

public sealed class TransactionKeysTests : KeysContract<TransactionBackend>;

public sealed class TransactionStringTests : StringContract<TransactionBackend>;

public sealed class TransactionStringsTests : StringsContract<TransactionBackend>;

public sealed class TransactionCounterTests : CounterContract<TransactionBackend>;

public sealed class TransactionSortedSetTests : SortedSetContract<TransactionBackend>;

public sealed class TransactionGeoIndexTests : GeoIndexContract<TransactionBackend>;

public sealed class TransactionSortedSetsTests : SortedSetsContract<TransactionBackend>;

public sealed class TransactionSetTests : SetContract<TransactionBackend>;

public sealed class TransactionSetsTests : SetsContract<TransactionBackend>;

public sealed class TransactionBloomFilterTests : BloomFilterContract<TransactionBackend>;
