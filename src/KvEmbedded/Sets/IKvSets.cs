namespace KvEmbedded;

/// <summary>Commands on sets at several keys.</summary>
/// <remarks>
/// A key that is missing is an empty set, and one that has become empty is gone. One key holds at most some 16 GB of members, or
/// some 258,000 longer than 16 KB: what would add more throws <see cref="KeyFullException"/> and changes nothing. Every member throws
/// <see cref="WrongTypeException"/> if a key holds another data type, and <see cref="ObjectDisposedException"/> once the
/// keyspace is disposed. A token is observed until the command starts; a command that has started runs to its end. A large
/// result is read over several turns, and what is returned was there at one moment all the same; what is stored, or counted, is
/// computed in one turn.
/// </remarks>
public interface IKvSets
{
    /// <summary>Takes a member out of one set and puts it into another.</summary>
    /// <param name="source">The key of the set that has it.</param>
    /// <param name="destination">The key of the set that shall have it; it may have it already, and is created if it is missing.</param>
    /// <param name="member">Any byte string.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if it was in the source; else nothing has changed.</returns>
    /// <exception cref="ValueTooLongException">The member is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">A key holds another data type; the destination is not looked at if the source is missing.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached; nothing was changed.</exception>
    /// <remarks>O(1). Redis: <c>SMOVE source destination member</c>.</remarks>
    ValueTask<bool> MoveAsync(KvKey source, KvKey destination, KvValue member, CancellationToken cancellationToken = default);

    /// <summary>The members that are in any of several sets.</summary>
    /// <param name="keys">At least one; it may be named more than once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The members, each once, in no particular order.</returns>
    /// <exception cref="ArgumentException">There is no key in the collection.</exception>
    /// <exception cref="WrongTypeException">A key holds another data type.</exception>
    /// <remarks>O(n), n members of all sets. Redis: <c>SUNION key [key …]</c>.</remarks>
    ValueTask<KvValue[]> GetUnionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>The members that are in all of several sets.</summary>
    /// <param name="keys">At least one; it may be named more than once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The members, in no particular order.</returns>
    /// <exception cref="ArgumentException">There is no key in the collection.</exception>
    /// <exception cref="WrongTypeException">A key holds another data type.</exception>
    /// <remarks>O(n k), n members of the smallest of k sets. Redis: <c>SINTER key [key …]</c>.</remarks>
    ValueTask<KvValue[]> GetIntersectionAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>The members of the first set that are in none of the others.</summary>
    /// <param name="keys">At least one, the first of them first.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The members, in no particular order.</returns>
    /// <exception cref="ArgumentException">There is no key in the collection.</exception>
    /// <exception cref="WrongTypeException">A key holds another data type.</exception>
    /// <remarks>O(n), n members of all sets. Redis: <c>SDIFF key [key …]</c>.</remarks>
    ValueTask<KvValue[]> GetDifferenceAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Stores the union of several sets, whatever the destination holds and without a time to live.</summary>
    /// <param name="destination">The key to write; it may be one of the sources. Nothing to store deletes it.</param>
    /// <param name="keys">At least one; it may be named more than once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of members stored.</returns>
    /// <exception cref="ArgumentException">There is no key in the collection.</exception>
    /// <exception cref="WrongTypeException">A source holds another data type; nothing was changed.</exception>
    /// <exception cref="MemoryLimitException">There is no room for it; nothing was changed.</exception>
    /// <remarks>O(n), n members of all sets. Redis: <c>SUNIONSTORE destination key [key …]</c>.</remarks>
    ValueTask<long> StoreUnionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Stores the intersection of several sets, whatever the destination holds and without a time to live.</summary>
    /// <param name="destination">The key to write; it may be one of the sources. Nothing to store deletes it.</param>
    /// <param name="keys">At least one; it may be named more than once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of members stored.</returns>
    /// <exception cref="ArgumentException">There is no key in the collection.</exception>
    /// <exception cref="WrongTypeException">A source holds another data type; nothing was changed.</exception>
    /// <exception cref="MemoryLimitException">There is no room for it; nothing was changed.</exception>
    /// <remarks>O(n k), n members of the smallest of k sets. Redis: <c>SINTERSTORE destination key [key …]</c>.</remarks>
    ValueTask<long> StoreIntersectionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Stores the difference of several sets, whatever the destination holds and without a time to live.</summary>
    /// <param name="destination">The key to write; it may be one of the sources. Nothing to store deletes it.</param>
    /// <param name="keys">At least one, the first of them first.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of members stored.</returns>
    /// <exception cref="ArgumentException">There is no key in the collection.</exception>
    /// <exception cref="WrongTypeException">A source holds another data type; nothing was changed.</exception>
    /// <exception cref="MemoryLimitException">There is no room for it; nothing was changed.</exception>
    /// <remarks>O(n), n members of all sets. Redis: <c>SDIFFSTORE destination key [key …]</c>.</remarks>
    ValueTask<long> StoreDifferenceAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Counts the members that are in all of several sets.</summary>
    /// <param name="keys">At least one; it may be named more than once.</param>
    /// <param name="limit">Where to stop counting, at least 1.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Their number, at most <paramref name="limit"/>.</returns>
    /// <exception cref="ArgumentException">There is no key in the collection.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    /// <exception cref="WrongTypeException">A key holds another data type.</exception>
    /// <remarks>O(n k), n members of the smallest of k sets. Redis: <c>SINTERCARD count key [key …] LIMIT limit</c>.</remarks>
    ValueTask<long> CountIntersectionAsync(
        IReadOnlyCollection<KvKey> keys, long limit = long.MaxValue, CancellationToken cancellationToken = default);
}
