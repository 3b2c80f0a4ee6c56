namespace KvEmbedded;

/// <summary>A command, or the body of a transaction, that held the loop long. One entry of the slow log.</summary>
/// <param name="Number">Its number: entries are numbered 1, 2, 3 and so on for as long as the keyspace lives.</param>
/// <param name="Command">The command's name; <c>Transact</c> for the body of a transaction.</param>
/// <param name="Key">The key it worked on, or the first of several; null for a transaction.</param>
/// <param name="StartedAt">When it got the loop.</param>
/// <param name="Duration">How long it held the loop; waiting for its turn is not in it.</param>
public sealed record SlowCommand(long Number, string Command, KvKey? Key, DateTimeOffset StartedAt, TimeSpan Duration);
