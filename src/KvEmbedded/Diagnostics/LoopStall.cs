namespace KvEmbedded;

/// <summary>A command, or the body of a transaction, that was seen to hold the loop for too long while it still did so.</summary>
/// <param name="Number">Its number: stalls are numbered 1, 2, 3 and so on for as long as the keyspace lives.</param>
/// <param name="Command">The command's name; <c>Transact</c> for the body of a transaction.</param>
/// <param name="Key">The key it worked on, or the first of several; null for a transaction.</param>
/// <param name="StartedAt">When it got the loop.</param>
/// <param name="HeldFor">How long it had held the loop when it was noticed; it may have gone on.</param>
public sealed record LoopStall(long Number, string Command, KvKey? Key, DateTimeOffset StartedAt, TimeSpan HeldFor);
