namespace KvEmbedded;

/// <summary>Several HyperLogLogs in one step.</summary>
/// <remarks>
/// Safe for concurrent use. A key that is missing has seen no element. Every member throws <see cref="WrongTypeException"/>,
/// <see cref="NotAHyperLogLogException"/> or <see cref="CorruptHyperLogLogException"/> if one of the keys holds something else,
/// <see cref="ArgumentException"/> if there is no key, and <see cref="ObjectDisposedException"/> once the keyspace is disposed.
/// </remarks>
public interface IHyperLogLogs
{
    /// <summary>Estimates how many different elements they have been shown together: one that several have seen counts once.</summary>
    /// <param name="keys">At least one key.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Their number, about, with the same error as of one.</returns>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <exception cref="NotAHyperLogLogException">One of the keys holds a string that is none of these.</exception>
    /// <exception cref="CorruptHyperLogLogException">One of the values is damaged.</exception>
    /// <remarks>O(k), k keys, 16,384 registers each. Redis: <c>PFCOUNT key …</c>.</remarks>
    ValueTask<long> CountUnionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Makes one of several: it is as if it had been shown all that they were, besides what it has seen itself.</summary>
    /// <param name="destination">The key to write. Created if it is missing; if it is there, it keeps its time to live.</param>
    /// <param name="keys">At least one key; the destination may be among them.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="WrongTypeException">One of the keys, or the destination, holds another data type.</exception>
    /// <exception cref="NotAHyperLogLogException">One of them holds a string that is none of these.</exception>
    /// <exception cref="CorruptHyperLogLogException">One of the values is damaged.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(k), k keys, 16,384 registers each. Redis: <c>PFMERGE destination key …</c>.</remarks>
    ValueTask MergeAsync(KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);
}
