namespace KvEmbedded;

/// <summary>Unique members, in no order that means anything.</summary>
/// <remarks>
/// A handle is an address, not a value: it may outlive its key. Safe for concurrent use. A key that is missing is an empty set,
/// and one that has become empty is gone. A set of a few hundred integers, or of a few dozen short members, takes little more
/// than their bytes. One key holds at most some 16 GB of members, or some 258,000 longer than 16 KB: what would add more throws
/// <see cref="KeyFullException"/> and changes nothing. Every member throws <see cref="WrongTypeException"/> if the key holds another data type, and
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed. A token is observed until the command starts; a
/// command that has started runs to its end.
/// </remarks>
public interface IKvSet : IKeyHandle
{
    /// <summary>Adds a member. Creates the key if it is missing.</summary>
    /// <param name="member">Any byte string; it is copied in.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the member is new.</returns>
    /// <exception cref="ValueTooLongException">The member is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>SADD key member</c>.</remarks>
    ValueTask<bool> AddAsync(KvValue member, CancellationToken cancellationToken = default);

    /// <summary>Adds members in one step. Creates the key if it is missing.</summary>
    /// <param name="members">At least one; one that is named twice counts once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>How many of them are new.</returns>
    /// <exception cref="ArgumentException">There is no member in the collection.</exception>
    /// <exception cref="ValueTooLongException">A member is longer than the keyspace allows; nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached; nothing was changed.</exception>
    /// <remarks>O(m), m members to add. Redis: <c>SADD key member [member …]</c>.</remarks>
    ValueTask<long> AddAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken = default);

    /// <summary>Removes a member.</summary>
    /// <returns>True if it was there.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>SREM key member</c>.</remarks>
    ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken = default);

    /// <summary>Removes members in one step.</summary>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="ArgumentException">There is no member in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m), m members to remove. Redis: <c>SREM key member [member …]</c>.</remarks>
    ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken = default);

    /// <summary>Whether a member is in the set.</summary>
    /// <returns>True if it is; false also if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>SISMEMBER key member</c>.</remarks>
    ValueTask<bool> ContainsAsync(KvValue member, CancellationToken cancellationToken = default);

    /// <summary>Which of several members are in the set, read in one step.</summary>
    /// <returns>As many answers as members, in their order.</returns>
    /// <exception cref="ArgumentException">There is no member in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m), m members asked for. Redis: <c>SMISMEMBER key member [member …]</c>.</remarks>
    ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken = default);

    /// <summary>Counts the members.</summary>
    /// <returns>Their number; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>SCARD key</c>.</remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads all members.</summary>
    /// <returns>The members, in no particular order; empty if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n), n members. A large set is read over several turns; what is returned was there at one moment all the same.
    /// <see cref="ScanAsync"/> does not hold all members at once. Redis: <c>SMEMBERS key</c>.
    /// </remarks>
    ValueTask<KvValue[]> GetMembersAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes and returns a member by chance.</summary>
    /// <returns>The member, each as likely as any other; null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1) expected. Redis: <c>SPOP key</c>.</remarks>
    ValueTask<KvValue?> PopAsync(CancellationToken cancellationToken = default);

    /// <summary>Removes and returns members by chance.</summary>
    /// <param name="count">How many at most, at least 0.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Different members, each choice of them as likely as any other; all of them if there are not more.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m) expected, m popped. Redis: <c>SPOP key count</c>.</remarks>
    ValueTask<KvValue[]> PopAsync(int count, CancellationToken cancellationToken = default);

    /// <summary>Reads a member by chance.</summary>
    /// <returns>The member, each as likely as any other; null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1) expected. Redis: <c>SRANDMEMBER key</c>.</remarks>
    ValueTask<KvValue?> GetRandomAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads members by chance.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="pick">Whether the same member may be returned more than once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// Exactly <paramref name="count"/> members if repetition is allowed, else at most as many as there are; empty if the key
    /// is missing.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m) expected, m returned. Redis: <c>SRANDMEMBER key count</c>, with a negative count for repetition.</remarks>
    ValueTask<KvValue[]> GetRandomAsync(
        int count, RandomPick pick = RandomPick.Distinct, CancellationToken cancellationToken = default);

    /// <summary>Goes through the members, a page in each turn, in no particular order.</summary>
    /// <param name="options">Which members, and how many at once; null is all of them.</param>
    /// <param name="cancellationToken">Observed before each page.</param>
    /// <returns>
    /// Every member that is there from the first page to the last, once. A member that comes or goes meanwhile may be
    /// returned, at most once.
    /// </returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n) in all, n members; a page is O(p), p its size. The set may be changed in between, also by the one who scans.
    /// Redis: <c>SSCAN key cursor [MATCH pattern] [COUNT p]</c>.
    /// </remarks>
    IAsyncEnumerable<KvValue> ScanAsync(MemberScan? options = null, CancellationToken cancellationToken = default);

    /// <summary>One page of a scan, for callers that keep the cursor themselves.</summary>
    /// <param name="cursor">0 to begin, then what the page before returned. It never expires, and costs nothing to drop.</param>
    /// <param name="options">Which members, and how many at once; may change from page to page.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The page, which may be empty though the scan goes on, and the cursor of the next, 0 after the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cursor"/> cannot be one that was given out.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>As <see cref="ScanAsync"/>; a set of a few members comes in one page. Redis: <c>SSCAN</c>.</remarks>
    ValueTask<SetPage> ScanPageAsync(
        ulong cursor, MemberScan? options = null, CancellationToken cancellationToken = default);
}
