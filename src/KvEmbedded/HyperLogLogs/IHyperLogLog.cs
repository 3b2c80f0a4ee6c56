namespace KvEmbedded;

/// <summary>Estimates how many different elements it has been shown, in at most 12 KiB and with a standard error of 0.81 %.</summary>
/// <remarks>
/// <para>
/// After P. Flajolet, É. Fusy, O. Gandouet, F. Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation
/// algorithm", 2007; the estimate is that of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches", 2017.
/// </para>
/// <para>A handle is an address, not a value: it may outlive its key. Safe for concurrent use.</para>
/// <para>Elements cannot be taken out or listed. The value is a string with Redis's own bytes: one that is read here can be set
/// in Redis and the other way round, and both count the same. A few elements take a few bytes.</para>
/// <para>Every member throws <see cref="WrongTypeException"/> if the key holds another data type,
/// <see cref="NotAHyperLogLogException"/> if it holds another string, <see cref="CorruptHyperLogLogException"/> if that string
/// is damaged, and <see cref="ObjectDisposedException"/> once the keyspace is disposed.</para>
/// </remarks>
public interface IHyperLogLog : IKeyHandle
{
    /// <summary>Shows it an element. Creates the key if it is missing.</summary>
    /// <param name="element">Any bytes; only a hash of them is used.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the estimate may have changed; false for an element seen before, and for many others.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="NotAHyperLogLogException">The key holds a string that is none of these.</exception>
    /// <exception cref="CorruptHyperLogLogException">The value is damaged.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1); up to 3,000 bytes are looked at while the value is small. Redis: <c>PFADD key element</c>.</remarks>
    ValueTask<bool> AddAsync(KvValue element, CancellationToken cancellationToken = default);

    /// <summary>Shows it several elements. Creates the key if it is missing, also if there are none.</summary>
    /// <param name="elements">Any bytes each; only a hash of them is used.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the estimate may have changed, or the key is new.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="NotAHyperLogLogException">The key holds a string that is none of these.</exception>
    /// <exception cref="CorruptHyperLogLogException">The value is damaged.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(n), n elements. Redis: <c>PFADD key [element …]</c>.</remarks>
    ValueTask<bool> AddAsync(IReadOnlyCollection<KvValue> elements, CancellationToken cancellationToken = default);

    /// <summary>Estimates how many different elements it has been shown.</summary>
    /// <returns>Their number, about; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="NotAHyperLogLogException">The key holds a string that is none of these.</exception>
    /// <exception cref="CorruptHyperLogLogException">The value is damaged.</exception>
    /// <remarks>
    /// O(1) but for the first time. The estimate is kept in the value, so that counting writes to it, where that takes no memory.
    /// Redis: <c>PFCOUNT key</c>.
    /// </remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);
}
