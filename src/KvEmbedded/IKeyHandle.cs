namespace KvEmbedded;

/// <summary>What every handle has: the key it is bound to, and the everyday commands on it, whatever it holds.</summary>
/// <remarks>
/// A handle is an address, not a value: it costs nothing, may outlive its key, and is safe for concurrent use. All other
/// commands on keys are in <see cref="IKeys"/>.
/// </remarks>
public interface IKeyHandle
{
    /// <summary>The key, with the prefix of the view the handle came from.</summary>
    KvKey Key { get; }

    /// <inheritdoc cref="IKeys.ExistsAsync(KvKey, CancellationToken)"/>
    ValueTask<bool> ExistsAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IKeys.DeleteAsync(KvKey, CancellationToken)"/>
    ValueTask<bool> DeleteAsync(CancellationToken cancellationToken = default);

    /// <summary>Gives the key a time to live, in place of any it has.</summary>
    /// <param name="timeToLive">Zero and less delete the key. One that is too long to count lasts for the longest time there is.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the key exists (and now has this time to live, or is deleted); false if there is no such key.</returns>
    /// <remarks>O(1). Conditions and moments: <see cref="IKeys.ExpireAsync"/>, <see cref="IKeys.ExpireAtAsync"/>. Redis: <c>PEXPIRE key ttl</c>.</remarks>
    ValueTask<bool> ExpireAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IKeys.GetTimeToLiveAsync(KvKey, CancellationToken)"/>
    ValueTask<TimeSpan?> GetTimeToLiveAsync(CancellationToken cancellationToken = default);
}
