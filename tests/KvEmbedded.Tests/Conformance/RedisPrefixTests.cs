using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

public sealed class RedisPrefixKeyspaceTests : KeyspaceContract<RedisPrefixBackend>;

public sealed class RedisPrefixKeysTests : KeysContract<RedisPrefixBackend>;

public sealed class RedisPrefixStringsTests : StringsContract<RedisPrefixBackend>;

public sealed class RedisPrefixSortedSetsTests : SortedSetsContract<RedisPrefixBackend>;

public sealed class RedisPrefixWaitingTests : WaitingContract<RedisPrefixBackend>;
