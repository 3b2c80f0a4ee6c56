using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class GarnetKeyspaceTests : KeyspaceContract<GarnetBackend>;

public sealed class GarnetKeysTests : KeysContract<GarnetBackend>;

public sealed class GarnetExpiryTests : ExpiryContract<GarnetBackend>;

public sealed class GarnetStringTests : StringContract<GarnetBackend>;

public sealed class GarnetStringsTests : StringsContract<GarnetBackend>;

public sealed class GarnetCounterTests : CounterContract<GarnetBackend>;

public sealed class GarnetSortedSetTests : SortedSetContract<GarnetBackend>;

public sealed class GarnetGeoIndexTests : GeoIndexContract<GarnetBackend>;

/// <remarks>Channels are those of the whole server.</remarks>
[Collection("channels of Garnet")]
public sealed class GarnetPubSubTests : PubSubContract<GarnetBackend>;

public sealed class GarnetSortedSetsTests : SortedSetsContract<GarnetBackend>;

public sealed class GarnetWaitingTests : WaitingContract<GarnetBackend>;
