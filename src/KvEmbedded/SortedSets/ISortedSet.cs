namespace KvEmbedded;

/// <summary>Unique members, each with a score; ordered by score, then by member, byte by byte.</summary>
/// <remarks>
/// A handle is an address, not a value: it may outlive its key. Safe for concurrent use. A key that is missing is an empty
/// sorted set, and one that has become empty is gone. Ranks start at 0. One key holds at most
/// some 16 GB of members, or some 258,000 longer than 16 KB: what would add more throws <see cref="KeyFullException"/> and changes
/// nothing. Every member throws
/// <see cref="WrongTypeException"/> if the key holds another data type, and <see cref="ObjectDisposedException"/> once the
/// keyspace is disposed. A token is observed until the command starts; a command that has started runs to its end.
/// </remarks>
public interface ISortedSet : IKeyHandle
{
    /// <summary>Adds <paramref name="member"/>, or updates its score. Creates the key if it is missing.</summary>
    /// <param name="member">Any byte string; it is copied in.</param>
    /// <param name="score">Any number, infinities included. NaN is refused.</param>
    /// <param name="when">Which members may be touched: missing ones, present ones, or both.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the member is new; false if it was updated or left alone.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="score"/> is NaN.</exception>
    /// <exception cref="ValueTooLongException">The member is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZADD key [NX | XX] [GT | LT] score member</c>.</remarks>
    ValueTask<bool> AddAsync(
        KvValue member, double score, AddWhen when = AddWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Adds members, or updates their scores, in one step. Creates the key if it is missing.</summary>
    /// <param name="entries">At least one; of a member that is named twice the last score stays.</param>
    /// <param name="when">Which members may be touched.</param>
    /// <param name="count">What is counted: members added, or members added and updated.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of members that were added, or added or updated.</returns>
    /// <exception cref="ArgumentOutOfRangeException">One of the scores is NaN; nothing was changed.</exception>
    /// <exception cref="ArgumentException">There is no entry.</exception>
    /// <exception cref="ValueTooLongException">A member is longer than the keyspace allows; nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m log n), m entries, n members. Redis: <c>ZADD key [NX | XX] [GT | LT] [CH] score member [score member …]</c>.
    /// </remarks>
    ValueTask<long> AddAsync(
        IReadOnlyCollection<SortedSetEntry> entries, AddWhen when = AddWhen.Always, AddCount count = AddCount.Added,
        CancellationToken cancellationToken = default);

    /// <summary>Adds to the score of a member; one that is missing is added with a score of 0 first.</summary>
    /// <param name="member">Any byte string.</param>
    /// <param name="by">What to add; negative to take away. Infinities are allowed, NaN is refused.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The score after.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is NaN.</exception>
    /// <exception cref="NumberOverflowException">The sum of both infinities is no number. Nothing was changed.</exception>
    /// <exception cref="ValueTooLongException">The member is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZINCRBY key by member</c>.</remarks>
    ValueTask<double> IncrementAsync(KvValue member, double by = 1, CancellationToken cancellationToken = default);

    /// <summary>Adds to the score of a member, if it is a member that may be touched.</summary>
    /// <param name="member">Any byte string.</param>
    /// <param name="by">What to add; NaN is refused.</param>
    /// <param name="when">Which members may be touched; greater and less compare the sum with the score before.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The score after; null if <paramref name="when"/> forbade it, and then nothing was changed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is NaN.</exception>
    /// <exception cref="NumberOverflowException">The sum of both infinities is no number. Nothing was changed.</exception>
    /// <exception cref="ValueTooLongException">The member is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZADD key [NX | XX] [GT | LT] INCR by member</c>.</remarks>
    ValueTask<double?> TryIncrementAsync(
        KvValue member, double by, AddWhen when, CancellationToken cancellationToken = default);

    /// <summary>Removes a member.</summary>
    /// <returns>True if it was there.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZREM key member</c>.</remarks>
    ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken = default);

    /// <summary>Removes members in one step.</summary>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="ArgumentException">There is no member in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m log n), m to be removed, n members. Redis: <c>ZREM key member [member …]</c>.</remarks>
    ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken = default);

    /// <summary>Removes the entries of some ranks.</summary>
    /// <param name="ranks">
    /// Ranks from the lowest score up: <c>..10</c> is the lowest ten, <c>^10..</c> the highest ten. Ends outside the set mean
    /// its ends.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of entries removed.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n + m), n members, m removed. Redis: <c>ZREMRANGEBYRANK key start stop</c>, where stop is included.</remarks>
    ValueTask<long> RemoveRangeAsync(Range ranks, CancellationToken cancellationToken = default);

    /// <summary>Removes the entries whose score is in an interval.</summary>
    /// <returns>The number of entries removed.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n + m), n members, m removed. Redis: <c>ZREMRANGEBYSCORE key min max</c>.</remarks>
    ValueTask<long> RemoveRangeAsync(ScoreRange scores, CancellationToken cancellationToken = default);

    /// <summary>Removes the entries whose member is in an interval, in a set whose scores are all equal.</summary>
    /// <returns>The number of entries removed.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n + m), n members, m removed. Redis: <c>ZREMRANGEBYLEX key min max</c>.</remarks>
    ValueTask<long> RemoveRangeAsync(MemberRange members, CancellationToken cancellationToken = default);

    /// <summary>Counts the members.</summary>
    /// <returns>Their number; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>ZCARD key</c>.</remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts the members whose score is in an interval.</summary>
    /// <returns>Their number; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZCOUNT key min max</c>.</remarks>
    ValueTask<long> CountAsync(ScoreRange scores, CancellationToken cancellationToken = default);

    /// <summary>Counts the members that are in an interval, in a set whose scores are all equal.</summary>
    /// <returns>Their number; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZLEXCOUNT key min max</c>.</remarks>
    ValueTask<long> CountAsync(MemberRange members, CancellationToken cancellationToken = default);

    /// <summary>The score of a member.</summary>
    /// <returns>The score; null if there is no such member.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>ZSCORE key member</c>.</remarks>
    ValueTask<double?> GetScoreAsync(KvValue member, CancellationToken cancellationToken = default);

    /// <summary>The scores of members, read in one step.</summary>
    /// <returns>As many scores as members, in their order; null for each that is not there.</returns>
    /// <exception cref="ArgumentException">There is no member in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m), m members asked for. Redis: <c>ZMSCORE key member [member …]</c>.</remarks>
    ValueTask<double?[]> GetScoresAsync(
        IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken = default);

    /// <summary>The rank of a member.</summary>
    /// <param name="member">Any byte string.</param>
    /// <param name="order">Which end rank 0 is at: by default the lowest score.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>How many entries come before it in that order; null if there is no such member.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZRANK key member</c>, <c>ZREVRANK key member</c>.</remarks>
    ValueTask<long?> GetRankAsync(
        KvValue member, Order order = Order.Ascending, CancellationToken cancellationToken = default);

    /// <summary>The rank and the score of a member, read in one step.</summary>
    /// <param name="member">Any byte string.</param>
    /// <param name="order">Which end rank 0 is at: by default the lowest score.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Both; null if there is no such member.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZRANK key member WITHSCORE</c>, <c>ZREVRANK key member WITHSCORE</c>.</remarks>
    ValueTask<SortedSetRank?> GetRankAndScoreAsync(
        KvValue member, Order order = Order.Ascending, CancellationToken cancellationToken = default);

    /// <summary>Reads the entries of some ranks.</summary>
    /// <param name="ranks">
    /// Ranks in the order that is asked for: <c>..10</c> is the first ten, <c>^10..</c> the last ten, <c>..</c> all. Ends
    /// outside the set mean its ends.
    /// </param>
    /// <param name="order">Where rank 0 is, and in which order the entries come.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entries; empty if there are none.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n + m), n members, m returned. A long range is read over several turns; what is returned was there at one moment
    /// all the same. Redis: <c>ZRANGE key start stop [REV] WITHSCORES</c>, where stop is included; <c>ZREVRANGE</c>.
    /// </remarks>
    ValueTask<SortedSetEntry[]> GetRangeAsync(
        Range ranks, Order order = Order.Ascending, CancellationToken cancellationToken = default);

    /// <summary>Reads the entries whose score is in an interval.</summary>
    /// <param name="scores">The interval; it has its lower end first in both orders.</param>
    /// <param name="order">In which order the entries come.</param>
    /// <param name="skip">How many of them to leave out first, at least 0.</param>
    /// <param name="take">How many to return at most, at least 0.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entries; empty if there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> or <paramref name="take"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n + m), n members, m returned; what is skipped costs nothing. Redis:
    /// <c>ZRANGE key min max BYSCORE [REV] [LIMIT skip take] WITHSCORES</c>; <c>ZRANGEBYSCORE</c>, <c>ZREVRANGEBYSCORE</c>.
    /// </remarks>
    ValueTask<SortedSetEntry[]> GetRangeAsync(
        ScoreRange scores, Order order = Order.Ascending, long skip = 0, long take = long.MaxValue,
        CancellationToken cancellationToken = default);

    /// <summary>Reads the entries whose member is in an interval, in a set whose scores are all equal.</summary>
    /// <param name="members">The interval; it has its lower end first in both orders.</param>
    /// <param name="order">In which order the entries come.</param>
    /// <param name="skip">How many of them to leave out first, at least 0.</param>
    /// <param name="take">How many to return at most, at least 0.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The entries; empty if there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> or <paramref name="take"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n + m), n members, m returned; what is skipped costs nothing. Redis:
    /// <c>ZRANGE key min max BYLEX [REV] [LIMIT skip take]</c>; <c>ZRANGEBYLEX</c>, <c>ZREVRANGEBYLEX</c>.
    /// </remarks>
    ValueTask<SortedSetEntry[]> GetRangeAsync(
        MemberRange members, Order order = Order.Ascending, long skip = 0, long take = long.MaxValue,
        CancellationToken cancellationToken = default);

    /// <summary>Stores the entries of some ranks as the sorted set at another key, whatever that holds now.</summary>
    /// <param name="destination">The key to write, which may be this one. It is deleted if there is no entry.</param>
    /// <param name="ranks">Ranks in the order that is given by <paramref name="order"/>.</param>
    /// <param name="order">Where rank 0 is.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of entries stored.</returns>
    /// <exception cref="WrongTypeException">This key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(log n + m log m), n members, m stored. Redis: <c>ZRANGESTORE destination key start stop [REV]</c>.</remarks>
    ValueTask<long> StoreRangeAsync(
        KvKey destination, Range ranks, Order order = Order.Ascending, CancellationToken cancellationToken = default);

    /// <summary>Stores the entries whose score is in an interval as the sorted set at another key, whatever that holds now.</summary>
    /// <param name="destination">The key to write, which may be this one. It is deleted if there is no entry.</param>
    /// <param name="scores">The interval.</param>
    /// <param name="part">Which part of it; null is all.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of entries stored.</returns>
    /// <exception cref="WrongTypeException">This key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(log n + m log m), n members, m stored. Redis:
    /// <c>ZRANGESTORE destination key min max BYSCORE [REV] [LIMIT skip take]</c>.
    /// </remarks>
    ValueTask<long> StoreRangeAsync(
        KvKey destination, ScoreRange scores, RangePart? part = null, CancellationToken cancellationToken = default);

    /// <summary>Stores the entries whose member is in an interval as the sorted set at another key, whatever that holds now.</summary>
    /// <param name="destination">The key to write, which may be this one. It is deleted if there is no entry.</param>
    /// <param name="members">The interval, in a set whose scores are all equal.</param>
    /// <param name="part">Which part of it; null is all.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of entries stored.</returns>
    /// <exception cref="WrongTypeException">This key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(log n + m log m), n members, m stored. Redis:
    /// <c>ZRANGESTORE destination key min max BYLEX [REV] [LIMIT skip take]</c>.
    /// </remarks>
    ValueTask<long> StoreRangeAsync(
        KvKey destination, MemberRange members, RangePart? part = null, CancellationToken cancellationToken = default);

    /// <summary>Removes and returns the entry at an end; waits for one if it must and may.</summary>
    /// <param name="end">The lowest score, or the highest.</param>
    /// <param name="waitingTime">
    /// How long to wait for an entry; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </param>
    /// <param name="cancellationToken">Observed until an entry is taken: a call that is cancelled has popped nothing.</param>
    /// <returns>The entry; null if there was none in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="waitingTime"/> is negative and not infinite.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n), n members. Callers that wait are served in the order in which they came. Does not wait in a transaction.
    /// Redis: <c>ZPOPMIN key</c>, <c>ZPOPMAX key</c>, <c>BZPOPMIN key timeout</c>, <c>BZPOPMAX key timeout</c>.
    /// </remarks>
    ValueTask<SortedSetEntry?> PopAsync(
        SortedSetEnd end = SortedSetEnd.Lowest, TimeSpan waitingTime = default, CancellationToken cancellationToken = default);

    /// <summary>Removes and returns entries at an end; waits for the first if it must and may.</summary>
    /// <param name="count">
    /// Most entries to pop, at least 0. It takes what there is and does not wait for all of them; 0 does not wait at all.
    /// </param>
    /// <param name="end">The lowest scores, or the highest.</param>
    /// <param name="waitingTime">
    /// How long to wait for an entry; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </param>
    /// <param name="cancellationToken">Observed until entries are taken: a call that is cancelled has popped nothing.</param>
    /// <returns>The entries, the outermost first; empty if there was none in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is negative, or <paramref name="waitingTime"/> is negative and not infinite.
    /// </exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n + m), n members, m popped. Callers that wait are served in the order in which they came. Does not wait in a
    /// transaction. Redis: <c>ZPOPMIN key count</c>, <c>ZPOPMAX key count</c>, <c>BZMPOP timeout 1 key MIN COUNT count</c>.
    /// </remarks>
    ValueTask<SortedSetEntry[]> PopAsync(
        int count, SortedSetEnd end = SortedSetEnd.Lowest, TimeSpan waitingTime = default,
        CancellationToken cancellationToken = default);

    /// <summary>Picks an entry by chance, each as likely as any other. Removes nothing.</summary>
    /// <returns>The entry; null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n members. Redis: <c>ZRANDMEMBER key 1 WITHSCORES</c>.</remarks>
    ValueTask<SortedSetEntry?> GetRandomAsync(CancellationToken cancellationToken = default);

    /// <summary>Picks entries by chance. Removes nothing.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="pick">Whether an entry may be picked more than once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// Distinct: <paramref name="count"/> different entries, or all if there are fewer. Repeated: exactly
    /// <paramref name="count"/>. In no particular order; empty if the key is missing.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(m log n), m picked, n members. Redis: <c>ZRANDMEMBER key count WITHSCORES</c>; a negative count there is repeated
    /// picks here.
    /// </remarks>
    ValueTask<SortedSetEntry[]> GetRandomAsync(
        int count, RandomPick pick = RandomPick.Distinct, CancellationToken cancellationToken = default);

    /// <summary>Goes through the entries, a page in each turn, in no particular order.</summary>
    /// <param name="options">Which members, and how many at once; null is all of them.</param>
    /// <param name="cancellationToken">Observed before each page.</param>
    /// <returns>
    /// Every member that is there from the first page to the last, once, with the score it has then. A member that comes or
    /// goes meanwhile may be returned, at most once.
    /// </returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n) in all, n members; a page is O(p), p its size. The set may be changed in between, also by the one who scans.
    /// Redis: <c>ZSCAN key cursor [MATCH pattern] [COUNT p]</c>.
    /// </remarks>
    IAsyncEnumerable<SortedSetEntry> ScanAsync(MemberScan? options = null, CancellationToken cancellationToken = default);

    /// <summary>One page of a scan, for callers that keep the cursor themselves.</summary>
    /// <param name="cursor">0 to begin, then what the page before returned. It never expires, and costs nothing to drop.</param>
    /// <param name="options">Which members, and how many at once; may change from page to page.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The page, which may be empty though the scan goes on, and the cursor of the next, 0 after the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cursor"/> cannot be one that was given out.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>As <see cref="ScanAsync"/>. Redis: <c>ZSCAN</c>.</remarks>
    ValueTask<SortedSetPage> ScanPageAsync(
        ulong cursor, MemberScan? options = null, CancellationToken cancellationToken = default);
}
