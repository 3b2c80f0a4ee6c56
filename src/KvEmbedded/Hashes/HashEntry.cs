namespace KvEmbedded;

/// <summary>A field of a hash, with its value.</summary>
/// <param name="Field">The field: any byte string, unique in its hash.</param>
/// <param name="Value">Its value: any byte string.</param>
public readonly record struct HashEntry(KvValue Field, KvValue Value);

/// <summary>One page of a scan of a hash.</summary>
/// <param name="Entries">The fields of this page that were asked for; it may be empty though the scan goes on.</param>
/// <param name="NextCursor">To be given to the next call; 0 if this was the last page. It means nothing else.</param>
public sealed record HashPage(HashEntry[] Entries, ulong NextCursor);
