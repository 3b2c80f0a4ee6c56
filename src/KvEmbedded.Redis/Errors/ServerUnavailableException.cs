namespace KvEmbedded;

/// <summary>A command could not be run, because no server can be reached or it takes no commands now. Nothing was changed.</summary>
/// <remarks>The connection comes back by itself; the command may be sent again at any time.</remarks>
public sealed class ServerUnavailableException : KeyspaceException
{
    internal ServerUnavailableException(string command, KvKey? key, string reason, Exception innerException)
        : base($"{command}{(key is { } at ? $" on key '{KeyText.Of(at)}'" : "")} was not run: {reason} " +
               "Nothing was changed; send it again when the server can be reached.", innerException)
    {
        Key = key;
        Command = command;
    }

    /// <summary>The command, by its name on the server.</summary>
    public string Command { get; }
}
