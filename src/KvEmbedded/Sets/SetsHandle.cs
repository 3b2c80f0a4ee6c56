using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

/// <summary>Sets at several keys. Each family of commands has a file of its own.</summary>
internal sealed partial class SetsHandle(Door door) : IKvSets;
