namespace KvEmbedded;

/// <summary>Too many callers wait already: in the inbox for their turn, or parked in blocking operations. Nothing was changed.</summary>
public sealed class KeyspaceOverloadedException : KeyspaceException
{
    internal KeyspaceOverloadedException(int limit, string what, string option)
        : base($"{limit} {what}, which is the limit. " +
               $"Await commands before sending more, or raise {nameof(KeyspaceOptions)}.{option}.") => Limit = limit;

    /// <summary>The limit that was reached.</summary>
    public int Limit { get; }

    internal static KeyspaceOverloadedException Inbox(int limit) =>
        new(limit, "commands wait for the loop", nameof(KeyspaceOptions.InboxCapacity));

    internal static KeyspaceOverloadedException Waiters(int limit) =>
        new(limit, "callers are parked in blocking operations", nameof(KeyspaceOptions.WaitersMax));
}
