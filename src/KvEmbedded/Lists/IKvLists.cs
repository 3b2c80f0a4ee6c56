namespace KvEmbedded;

/// <summary>Several lists in one step.</summary>
/// <remarks>
/// Safe for concurrent use. A key that is missing is an empty list. A command on several keys is one turn: nobody sees half of
/// it. Moving an element from list to list is <see cref="IKvList.MoveAsync"/>.
/// </remarks>
public interface IKvLists
{
    /// <summary>Removes and returns elements of the first list, in the order of the keys, that has one; waits for it if it must and may.</summary>
    /// <param name="keys">At least one key; the order is that of preference.</param>
    /// <param name="count">Most elements to pop, at least 1, all off the same list. It does not wait for all of them.</param>
    /// <param name="end">Which end is popped off.</param>
    /// <param name="waitingTime">
    /// How long to wait for an element; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </param>
    /// <param name="cancellationToken">Observed until elements are taken: a call that is cancelled has popped nothing.</param>
    /// <returns>The key and its elements, the outermost first; null if there was none in time.</returns>
    /// <exception cref="ArgumentException">There is no key.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is less than 1, or <paramref name="waitingTime"/> is negative and not infinite.
    /// </exception>
    /// <exception cref="WrongTypeException">
    /// A key that was looked at holds another data type. One that comes to hold it while this call waits is passed over; against a
    /// server, which is asked again and again, it is an error.
    /// </exception>
    /// <remarks>
    /// O(k + m), k keys, m popped. Callers that wait are served in the order in which they came. Does not wait in a transaction.
    /// Redis: <c>LMPOP numkeys key … LEFT | RIGHT [COUNT count]</c>, <c>BLMPOP timeout numkeys key …</c>,
    /// <c>BLPOP key … timeout</c>, <c>BRPOP key … timeout</c>.
    /// </remarks>
    ValueTask<ListPop?> PopAsync(
        IReadOnlyCollection<KvKey> keys, int count = 1, ListEnd end = ListEnd.Head, TimeSpan waitingTime = default,
        CancellationToken cancellationToken = default);
}
