namespace KvEmbedded;

/// <summary>One page of a scan of a set.</summary>
/// <param name="Members">The members of this page that were asked for; it may be empty though the scan goes on.</param>
/// <param name="NextCursor">To be given to the next call; 0 if this was the last page. It means nothing else.</param>
public sealed record SetPage(KvValue[] Members, ulong NextCursor);
