namespace KvEmbedded;

/// <summary>A stream has no consumer group of this name, or the key does not exist, or has gone while a reader waited. Nothing was changed.</summary>
public sealed class NoSuchGroupException : KeyspaceException
{
    internal NoSuchGroupException(KvKey key, KvValue group)
        : base($"Key '{KeyText.Of(key)}' has no consumer group '{KeyText.Of(group.ToMemory())}'. " +
               "Create the group first, or check both names.")
    {
        Key = key;
        Group = group;
    }

    /// <summary>The group that was asked for.</summary>
    public KvValue Group { get; }
}
