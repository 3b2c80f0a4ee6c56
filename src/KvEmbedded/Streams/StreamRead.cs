namespace KvEmbedded;

/// <summary>Where to read on in one of several streams.</summary>
/// <param name="Key">The stream's key.</param>
/// <param name="After">What has been read already.</param>
public readonly record struct StreamPlace(KvKey Key, StreamPosition After);

/// <summary>What was read off one of several streams.</summary>
/// <param name="Key">The stream's key.</param>
/// <param name="Entries">At least one, the oldest first.</param>
public sealed record StreamRead(KvKey Key, StreamEntry[] Entries);
