namespace KvEmbedded;

/// <summary>The server answered a command with an error that has no exception of its own. As a rule nothing was changed.</summary>
public sealed class ServerRefusedException : KeyspaceException
{
    internal ServerRefusedException(string command, KvKey? key, string reply, Exception innerException)
        : base($"{command}{(key is { } at ? $" on key '{KeyText.Of(at)}'" : "")} was refused by the server: {reply}", innerException)
    {
        Key = key;
        Command = command;
        Reply = reply;
    }

    /// <summary>The command, by its name on the server.</summary>
    public string Command { get; }

    /// <summary>What the server answered.</summary>
    public string Reply { get; }
}
