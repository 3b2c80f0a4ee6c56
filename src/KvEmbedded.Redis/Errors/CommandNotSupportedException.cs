namespace KvEmbedded;

/// <summary>The server does not have a command, or not the form of it that a member needs. Nothing was changed.</summary>
public sealed class CommandNotSupportedException : KeyspaceException
{
    internal CommandNotSupportedException(string command, KvKey? key, string? serverVersion, string reply, Exception? innerException)
        : base($"The server{(serverVersion is null ? "" : $" ({serverVersion})")} does not have {command} in the form that is " +
               $"needed; it answered: {reply.TrimEnd('.')}. Use a server that has it, or another member.", innerException!)
    {
        Key = key;
        Command = command;
        ServerVersion = serverVersion;
    }

    /// <summary>The command, by its name on the server.</summary>
    public string Command { get; }

    /// <summary>What the server says it is, such as <c>Redis 7.0.15</c>; null if it is not known.</summary>
    public string? ServerVersion { get; }
}
