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

public sealed class GarnetSortedSetsTests : SortedSetsContract<GarnetBackend>;

public sealed class GarnetWaitingTests : WaitingContract<GarnetBackend>;
