namespace KvEmbedded;

/// <summary>A stream has a consumer group of this name already. Nothing was changed.</summary>
public sealed class GroupExistsException : KeyspaceException
{
    internal GroupExistsException(KvKey key, KvValue group)
        : base($"Key '{KeyText.Of(key)}' has a consumer group '{KeyText.Of(group.ToMemory())}' already. " +
               "Use the one there is, or choose another name.")
    {
        Key = key;
        Group = group;
    }

    /// <summary>The group that was to be created.</summary>
    public KvValue Group { get; }
}
