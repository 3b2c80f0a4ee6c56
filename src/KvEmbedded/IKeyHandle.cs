namespace KvEmbedded;

/// <summary>What every handle has: the key it is bound to.</summary>
/// <remarks>A handle is an address, not a value: it costs nothing, may outlive its key, and is safe for concurrent use.</remarks>
public interface IKeyHandle
{
    /// <summary>The key, with the prefix of the view the handle came from.</summary>
    KvKey Key { get; }
}
