namespace KvEmbedded;

/// <summary>Several bitmaps in one step.</summary>
/// <remarks>
/// Safe for concurrent use. A key that is missing is an empty string, and a shorter string has zeros up to the length of the
/// longest. Every member throws <see cref="WrongTypeException"/> if one of the keys read holds another data type,
/// <see cref="ArgumentException"/> if there is no key, and <see cref="ObjectDisposedException"/> once the keyspace is disposed.
/// </remarks>
public interface IBitmaps
{
    /// <summary>Stores the combination of the bits of strings as the string at a key.</summary>
    /// <param name="operation">How the bits are combined.</param>
    /// <param name="destination">
    /// The key to write; whatever it holds is replaced. It may be one of those read. It is deleted if all that are read are empty.
    /// </param>
    /// <param name="keys">
    /// At least one key; just one for <see cref="BitOperation.Not"/>, at least two where the first has a part of its own.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The length of the string stored, that of the longest string read, in bytes.</returns>
    /// <exception cref="ArgumentException">The operation does not take so many keys.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such operation.</exception>
    /// <exception cref="WrongTypeException">One of the keys read holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(n), n bytes of all strings. Long strings are combined without holding the loop, unless they are changed all the while.
    /// Redis: <c>BITOP AND | OR | XOR | NOT | DIFF | DIFF1 | ANDOR | ONE destination key …</c>.
    /// </remarks>
    ValueTask<int> CombineAsync(
        BitOperation operation, KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);
}
