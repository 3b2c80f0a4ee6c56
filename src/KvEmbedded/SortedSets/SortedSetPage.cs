namespace KvEmbedded;

/// <summary>One page of a scan of a sorted set.</summary>
/// <param name="Entries">The entries of this page that were asked for; it may be empty though the scan goes on.</param>
/// <param name="NextCursor">To be given to the next call; 0 if this was the last page. It means nothing else.</param>
public sealed record SortedSetPage(SortedSetEntry[] Entries, ulong NextCursor);
