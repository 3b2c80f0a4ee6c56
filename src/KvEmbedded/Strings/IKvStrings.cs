namespace KvEmbedded;

/// <summary>Strings at several keys in one step, and at one key without a handle.</summary>
/// <remarks>Safe for concurrent use. A command on several keys is one turn: nobody sees half of it.</remarks>
public interface IKvStrings
{
    /// <summary>Reads one string.</summary>
    /// <inheritdoc cref="IKvString.GetAsync"/>
    ValueTask<KvValue?> GetAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Reads several strings as they are at one moment.</summary>
    /// <param name="keys">At least one; a key may come twice.</param>
    /// <param name="cancellationToken">Observed until the command starts.</param>
    /// <returns>
    /// For each key, in the same order, a copy of its value; null where there is no such key, and null, not an error, where
    /// the key holds another data type.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="keys"/> is empty.</exception>
    /// <remarks>O(n), n keys. Redis: <c>MGET key [key …]</c>.</remarks>
    ValueTask<KvValue?[]> GetAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Sets one string, whatever the key holds now.</summary>
    /// <inheritdoc cref="IKvString.SetAsync"/>
    ValueTask<bool> SetAsync(
        KvKey key, KvValue value, Expiration expiration = default, SetWhen when = SetWhen.Always,
        CancellationToken cancellationToken = default);

    /// <summary>Sets several strings in one step, whatever the keys hold now.</summary>
    /// <param name="pairs">At least one key with its value; of a key that comes twice the last value counts.</param>
    /// <param name="expiration">When all these keys shall expire; by default never, and earlier times to live are taken away.</param>
    /// <param name="when">
    /// Whether all of the keys must be missing (NX) or present (XX); by default they are set in any case.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if all were set; false if <paramref name="when"/> forbade it, and then none was.</returns>
    /// <exception cref="ArgumentException"><paramref name="pairs"/> is empty.</exception>
    /// <exception cref="ValueTooLongException">A value is longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">There is no room for all of them.</exception>
    /// <remarks>
    /// O(n), n keys. Redis: <c>MSET key value [key value …]</c>, <c>MSETNX</c>, and with all options (8.4)
    /// <c>MSETEX n key value [key value …] [NX | XX] [PX ttl | PXAT moment | KEEPTTL]</c>.
    /// </remarks>
    ValueTask<bool> SetAsync(
        IReadOnlyCollection<KeyValuePair<KvKey, KvValue>> pairs, Expiration expiration = default, SetWhen when = SetWhen.Always,
        CancellationToken cancellationToken = default);
}
