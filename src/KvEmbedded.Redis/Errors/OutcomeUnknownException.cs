namespace KvEmbedded;

/// <summary>
/// A command was sent and no answer came back: the time for it was over, or the connection broke. The server may have run it
/// or not.
/// </summary>
/// <remarks>
/// Only a keyspace on a server has this. A read can simply be sent again. Before a write is, read what it would have changed,
/// or make it one that may run twice: set instead of add, compare and set instead of set.
/// </remarks>
public sealed class OutcomeUnknownException : KeyspaceException
{
    internal OutcomeUnknownException(string command, KvKey? key, Exception innerException)
        : base($"{command}{(key is { } at ? $" on key '{KeyText.Of(at)}'" : "")} was sent, but the server has not answered: " +
               $"{(innerException is TimeoutException ? "the time for it is over" : "the connection broke")}. It may have run or not. " +
               "Read what it would have changed before sending it again.", innerException)
    {
        Key = key;
        Command = command;
    }

    /// <summary>The command, by its name on the server.</summary>
    public string Command { get; }
}
