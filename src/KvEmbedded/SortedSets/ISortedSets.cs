namespace KvEmbedded;

/// <summary>Several sorted sets in one step.</summary>
/// <remarks>
/// Safe for concurrent use. A key that is missing is an empty sorted set. A command on several keys is one turn: nobody sees
/// half of it. Every member throws <see cref="WrongTypeException"/> if one of the keys read holds another data type,
/// <see cref="ArgumentException"/> if there is no key, and <see cref="ObjectDisposedException"/> once the keyspace is disposed.
/// One key holds at most some 16 GB of members, or some 258,000 longer than 16 KB: what would store more throws
/// <see cref="KeyFullException"/> and changes nothing. Results are in order: by score, then by member. A destination may be one of the keys read; whatever it holds is replaced.
/// </remarks>
public interface ISortedSets
{
    /// <summary>The members of any of the sets, each with its scores combined.</summary>
    /// <param name="keys">At least one key; one that is named twice counts twice.</param>
    /// <param name="options">Weights, and what is made of several scores; null is the sum of them.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entries, in order; empty if all sets are.</returns>
    /// <exception cref="ArgumentException">There is no key, or not one weight for each, or a weight is NaN.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <remarks>
    /// O(n + m log m), n members of all sets, m of the result. Redis:
    /// <c>ZUNION numkeys key … [WEIGHTS …] [AGGREGATE SUM | MIN | MAX] WITHSCORES</c>.
    /// </remarks>
    ValueTask<SortedSetEntry[]> GetUnionAsync(
        IReadOnlyCollection<KvKey> keys, CombineOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The members that all of the sets have, each with its scores combined.</summary>
    /// <param name="keys">At least one key; one that is named twice counts twice.</param>
    /// <param name="options">Weights, and what is made of several scores; null is the sum of them.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entries, in order; empty if there are none.</returns>
    /// <exception cref="ArgumentException">There is no key, or not one weight for each, or a weight is NaN.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <remarks>
    /// O(n k + m log m), n members of the smallest set, k sets, m members of the result. Redis:
    /// <c>ZINTER numkeys key … [WEIGHTS …] [AGGREGATE SUM | MIN | MAX] WITHSCORES</c>.
    /// </remarks>
    ValueTask<SortedSetEntry[]> GetIntersectionAsync(
        IReadOnlyCollection<KvKey> keys, CombineOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>The members of the first set that no other set has, with their scores there.</summary>
    /// <returns>The entries, in order; empty if there are none.</returns>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <remarks>O(n k), n members of the first set, k sets. Redis: <c>ZDIFF numkeys key … WITHSCORES</c>.</remarks>
    ValueTask<SortedSetEntry[]> GetDifferenceAsync(
        IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Counts the members that all of the sets have.</summary>
    /// <param name="keys">At least one key.</param>
    /// <param name="limit">Where to stop counting, at least 1; by default nowhere.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Their number, <paramref name="limit"/> at most.</returns>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <remarks>
    /// O(n k), n members of the smallest set, k sets. Redis: <c>ZINTERCARD numkeys key … [LIMIT limit]</c>, where a limit of 0
    /// is none.
    /// </remarks>
    ValueTask<long> CountIntersectionAsync(
        IReadOnlyCollection<KvKey> keys, long limit = long.MaxValue, CancellationToken cancellationToken = default);

    /// <summary>Stores the union of sets as the sorted set at a key.</summary>
    /// <param name="destination">The key to write. It is deleted if the union is empty.</param>
    /// <param name="keys">At least one key; one that is named twice counts twice.</param>
    /// <param name="options">Weights, and what is made of several scores; null is the sum of them.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of members stored.</returns>
    /// <exception cref="ArgumentException">There is no key, or not one weight for each, or a weight is NaN.</exception>
    /// <exception cref="WrongTypeException">One of the keys read holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(n + m log m), n members of all sets, m of the result. Redis:
    /// <c>ZUNIONSTORE destination numkeys key … [WEIGHTS …] [AGGREGATE SUM | MIN | MAX]</c>.
    /// </remarks>
    ValueTask<long> StoreUnionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CombineOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Stores the intersection of sets as the sorted set at a key.</summary>
    /// <param name="destination">The key to write. It is deleted if the intersection is empty.</param>
    /// <param name="keys">At least one key; one that is named twice counts twice.</param>
    /// <param name="options">Weights, and what is made of several scores; null is the sum of them.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of members stored.</returns>
    /// <exception cref="ArgumentException">There is no key, or not one weight for each, or a weight is NaN.</exception>
    /// <exception cref="WrongTypeException">One of the keys read holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(n k + m log m), n members of the smallest set, k sets, m members of the result. Redis:
    /// <c>ZINTERSTORE destination numkeys key … [WEIGHTS …] [AGGREGATE SUM | MIN | MAX]</c>.
    /// </remarks>
    ValueTask<long> StoreIntersectionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CombineOptions? options = null,
        CancellationToken cancellationToken = default);

    /// <summary>Stores the members of the first set that no other set has as the sorted set at a key.</summary>
    /// <param name="destination">The key to write. It is deleted if there is no such member.</param>
    /// <param name="keys">At least one key.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of members stored.</returns>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="WrongTypeException">One of the keys read holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(n k + m log m), n members of the first set, k sets, m members of the result. Redis:
    /// <c>ZDIFFSTORE destination numkeys key …</c>.
    /// </remarks>
    ValueTask<long> StoreDifferenceAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Removes and returns entries of the first set, in the order of the keys, that has one; waits for it if it must and may.</summary>
    /// <param name="keys">At least one key; the order is that of preference.</param>
    /// <param name="count">Most entries to pop, at least 1, all off the same set. It does not wait for all of them.</param>
    /// <param name="end">The lowest scores, or the highest.</param>
    /// <param name="waitingTime">
    /// How long to wait for an entry; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </param>
    /// <param name="cancellationToken">Observed until entries are taken: a call that is cancelled has popped nothing.</param>
    /// <returns>The key and its entries, the outermost first; null if there was none in time.</returns>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is less than 1, or <paramref name="waitingTime"/> is negative and not infinite.
    /// </exception>
    /// <exception cref="WrongTypeException">
    /// A key that was looked at holds another data type. One that comes to hold it while this call waits is passed over; against a
    /// server, which is asked again and again, it is an error.
    /// </exception>
    /// <remarks>
    /// O(k + m log n), k keys, n members, m popped. Callers that wait are served in the order in which they came. Does not wait
    /// in a transaction. Redis: <c>ZMPOP numkeys key … MIN | MAX [COUNT count]</c>, <c>BZMPOP timeout numkeys key …</c>,
    /// <c>BZPOPMIN key … timeout</c>, <c>BZPOPMAX key … timeout</c>.
    /// </remarks>
    ValueTask<SortedSetPop?> PopAsync(
        IReadOnlyCollection<KvKey> keys, int count = 1, SortedSetEnd end = SortedSetEnd.Lowest, TimeSpan waitingTime = default,
        CancellationToken cancellationToken = default);
}
