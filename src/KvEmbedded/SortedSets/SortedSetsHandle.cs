using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

/// <summary>Sorted sets at several keys. Each family of commands has a file of its own.</summary>
internal sealed partial class SortedSetsHandle(Door door) : ISortedSets;
