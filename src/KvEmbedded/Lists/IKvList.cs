namespace KvEmbedded;

/// <summary>Elements in a row, a double-ended queue: the first is at the head and has index 0, the last is at the tail.</summary>
/// <remarks>
/// A handle is an address, not a value: it may outlive its key. Safe for concurrent use. A key that is missing is an empty
/// list, and one that has become empty is gone. By default pushes are at the tail and pops at the head, so it is a queue,
/// first in, first out. Elements may be equal to each other. Every member throws <see cref="WrongTypeException"/> if the key
/// holds another data type, and <see cref="ObjectDisposedException"/> once the keyspace is disposed. A token is observed
/// until the command starts; a command that has started runs to its end.
/// </remarks>
public interface IKvList : IKeyHandle
{
    /// <summary>Pushes an element. Creates the key if it is missing.</summary>
    /// <param name="element">Any byte string; it is copied in.</param>
    /// <param name="end">At which end.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The length of the list after, in elements, before any caller that waits for one is served.</returns>
    /// <exception cref="ValueTooLongException">The element is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>LPUSH key element</c>, <c>RPUSH key element</c>.</remarks>
    ValueTask<long> PushAsync(KvValue element, ListEnd end = ListEnd.Tail, CancellationToken cancellationToken = default);

    /// <summary>Pushes elements, one after the other, in one step. Creates the key if it is missing.</summary>
    /// <param name="elements">At least one. Pushed at the head, the last of them becomes the first.</param>
    /// <param name="end">At which end.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The length of the list after, in elements, before any caller that waits for one is served.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    /// <exception cref="ValueTooLongException">An element is longer than the keyspace allows; nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m), m elements. Redis: <c>LPUSH key element [element …]</c>, <c>RPUSH key element [element …]</c>.</remarks>
    ValueTask<long> PushAsync(
        IReadOnlyCollection<KvValue> elements, ListEnd end = ListEnd.Tail, CancellationToken cancellationToken = default);

    /// <summary>Pushes an element if the list exists.</summary>
    /// <returns>The length of the list after, in elements; 0 if there is no list, and then nothing was pushed.</returns>
    /// <exception cref="ValueTooLongException">The element is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>LPUSHX key element</c>, <c>RPUSHX key element</c>.</remarks>
    ValueTask<long> PushIfPresentAsync(
        KvValue element, ListEnd end = ListEnd.Tail, CancellationToken cancellationToken = default);

    /// <summary>Pushes elements, one after the other, in one step, if the list exists.</summary>
    /// <returns>The length of the list after, in elements; 0 if there is no list, and then nothing was pushed.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    /// <exception cref="ValueTooLongException">An element is longer than the keyspace allows; nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m), m elements. Redis: <c>LPUSHX key element [element …]</c>, <c>RPUSHX key element [element …]</c>.</remarks>
    ValueTask<long> PushIfPresentAsync(
        IReadOnlyCollection<KvValue> elements, ListEnd end = ListEnd.Tail, CancellationToken cancellationToken = default);

    /// <summary>Pushes an element and keeps only the newest, in one step: a bounded log.</summary>
    /// <param name="element">Any byte string; it is copied in.</param>
    /// <param name="lengthMax">Most elements that stay, counted from the end that is pushed at, in elements. At least 1.</param>
    /// <param name="end">At which end it is pushed; what is too much goes at the other.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The length of the list after, in elements.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lengthMax"/> is less than 1.</exception>
    /// <exception cref="ValueTooLongException">The element is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(1), O(log n) where more than one goes. Redis: <c>LPUSH key element</c> and <c>LTRIM key 0 lengthMax-1</c>, or
    /// <c>RPUSH</c> and <c>LTRIM key -lengthMax -1</c>, in one <c>MULTI</c>.
    /// </remarks>
    ValueTask<long> PushAndTrimAsync(
        KvValue element, long lengthMax, ListEnd end = ListEnd.Tail, CancellationToken cancellationToken = default);

    /// <summary>Pushes elements, one after the other, and keeps only the newest, in one step: a bounded log.</summary>
    /// <param name="elements">At least one. Pushed at the head, the last of them becomes the first.</param>
    /// <param name="lengthMax">Most elements that stay, counted from the end that is pushed at, in elements. At least 1.</param>
    /// <param name="end">At which end they are pushed; what is too much goes at the other.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The length of the list after, in elements.</returns>
    /// <exception cref="ArgumentException">There is no element.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lengthMax"/> is less than 1.</exception>
    /// <exception cref="ValueTooLongException">An element is longer than the keyspace allows; nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m + log n), m elements. Redis: <c>LPUSH key element …</c> and <c>LTRIM key 0 lengthMax-1</c>, or <c>RPUSH</c> and
    /// <c>LTRIM key -lengthMax -1</c>, in one <c>MULTI</c>.
    /// </remarks>
    ValueTask<long> PushAndTrimAsync(
        IReadOnlyCollection<KvValue> elements, long lengthMax, ListEnd end = ListEnd.Tail,
        CancellationToken cancellationToken = default);

    /// <summary>Removes and returns the element at an end; waits for one if it must and may.</summary>
    /// <param name="end">At which end.</param>
    /// <param name="waitingTime">
    /// How long to wait for an element; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </param>
    /// <param name="cancellationToken">Observed until an element is taken: a call that is cancelled has popped nothing.</param>
    /// <returns>The element; null if there was none in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="waitingTime"/> is negative and not infinite.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(1). Callers that wait are served in the order in which they came. Does not wait in a transaction. Redis:
    /// <c>LPOP key</c>, <c>RPOP key</c>, <c>BLPOP key timeout</c>, <c>BRPOP key timeout</c>.
    /// </remarks>
    ValueTask<KvValue?> PopAsync(
        ListEnd end = ListEnd.Head, TimeSpan waitingTime = default, CancellationToken cancellationToken = default);

    /// <summary>Removes and returns elements at an end; waits for the first if it must and may.</summary>
    /// <param name="count">
    /// Most elements to pop, at least 0. It takes what there is and does not wait for all of them; 0 does not wait at all.
    /// </param>
    /// <param name="end">At which end.</param>
    /// <param name="waitingTime">
    /// How long to wait for an element; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </param>
    /// <param name="cancellationToken">Observed until elements are taken: a call that is cancelled has popped nothing.</param>
    /// <returns>The elements, the outermost first; empty if there was none in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is negative, or <paramref name="waitingTime"/> is negative and not infinite.
    /// </exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(m), m popped. Callers that wait are served in the order in which they came. Does not wait in a transaction. Redis:
    /// <c>LPOP key count</c>, <c>RPOP key count</c>, <c>BLMPOP timeout 1 key LEFT | RIGHT COUNT count</c>.
    /// </remarks>
    ValueTask<KvValue[]> PopAsync(
        int count, ListEnd end = ListEnd.Head, TimeSpan waitingTime = default, CancellationToken cancellationToken = default);

    /// <summary>
    /// Pops an element at an end and pushes it to another list, in one step; waits for an element if it must and may. Nobody
    /// sees it in neither list or in both.
    /// </summary>
    /// <param name="destination">The list it goes to. This very key turns the list round by one.</param>
    /// <param name="from">At which end of this list it is popped.</param>
    /// <param name="to">At which end of the other it is pushed.</param>
    /// <param name="waitingTime">
    /// How long to wait for an element; zero does not wait, <see cref="Timeout.InfiniteTimeSpan"/> waits for ever.
    /// </param>
    /// <param name="cancellationToken">Observed until an element is moved: a call that is cancelled has moved nothing.</param>
    /// <returns>The element; null if there was none in time.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="waitingTime"/> is negative and not infinite.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type; nothing was moved.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached; nothing was moved.</exception>
    /// <remarks>
    /// O(1). Callers that wait are served in the order in which they came. Does not wait in a transaction. Redis:
    /// <c>LMOVE source destination LEFT | RIGHT LEFT | RIGHT</c>, <c>BLMOVE … timeout</c>; <c>RPOPLPUSH</c>, <c>BRPOPLPUSH</c>.
    /// </remarks>
    ValueTask<KvValue?> MoveAsync(
        KvKey destination, ListEnd from = ListEnd.Head, ListEnd to = ListEnd.Tail, TimeSpan waitingTime = default,
        CancellationToken cancellationToken = default);

    /// <summary>Counts the elements.</summary>
    /// <returns>Their number; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>LLEN key</c>.</remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>The element at an index.</summary>
    /// <param name="index">From the head, 0 is the first element; from the tail, <c>^1</c> is the last.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The element; null if the list is not that long.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n elements. Redis: <c>LINDEX key index</c>.</remarks>
    ValueTask<KvValue?> GetAsync(Index index, CancellationToken cancellationToken = default);

    /// <summary>Reads the elements of a range, from the head to the tail.</summary>
    /// <param name="range">
    /// Indexes: <c>..10</c> is the first ten, <c>^10..</c> the last ten, <c>..</c> all. Ends outside the list mean its ends.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The elements; empty if there are none.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n + m), n elements, m returned. A long range is read over several turns; what is returned was there at one moment
    /// all the same. Redis: <c>LRANGE key start stop</c>, where stop is included.
    /// </remarks>
    ValueTask<KvValue[]> GetRangeAsync(Range range, CancellationToken cancellationToken = default);

    /// <summary>Replaces the element at an index.</summary>
    /// <param name="index">From the head, 0 is the first element; from the tail, <c>^1</c> is the last.</param>
    /// <param name="element">Any byte string; it is copied in.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if it was replaced; false if the list is not that long, and then nothing was changed.</returns>
    /// <exception cref="ValueTooLongException">The element is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(log n), n elements. Redis: <c>LSET key index element</c>.</remarks>
    ValueTask<bool> SetAsync(Index index, KvValue element, CancellationToken cancellationToken = default);

    /// <summary>Inserts an element beside the first one, from the head, that is equal to <paramref name="neighbor"/>.</summary>
    /// <param name="element">What to insert; it is copied in.</param>
    /// <param name="side">Before or after the neighbour.</param>
    /// <param name="neighbor">What to look for.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The length of the list after, in elements; null if there is no such neighbour, and then nothing was changed.</returns>
    /// <exception cref="ValueTooLongException">The element is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(n), n elements up to the neighbour, all in one turn. Redis: <c>LINSERT key BEFORE | AFTER neighbor element</c>.
    /// </remarks>
    ValueTask<long?> InsertAsync(
        KvValue element, ListSide side, KvValue neighbor, CancellationToken cancellationToken = default);

    /// <summary>Removes elements that are equal to one.</summary>
    /// <param name="element">What to remove.</param>
    /// <param name="countMax">How many at most, at least 1; by default all.</param>
    /// <param name="from">From which end on they are looked for.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="countMax"/> is less than 1.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n), n elements, all in one turn. Redis: <c>LREM key count element</c>, where a count of 0 is all and a negative one
    /// goes from the tail.
    /// </remarks>
    ValueTask<long> RemoveAsync(
        KvValue element, long countMax = long.MaxValue, ListEnd from = ListEnd.Head, CancellationToken cancellationToken = default);

    /// <summary>Removes all elements outside of a range.</summary>
    /// <param name="kept">
    /// Indexes that stay: <c>..10</c> keeps the first ten, <c>^10..</c> the last ten. Ends outside the list mean its ends.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(log n), n elements; O(m) in a transaction, m removed. Redis: <c>LTRIM key start stop</c>, where stop is included.
    /// </remarks>
    ValueTask<long> TrimAsync(Range kept, CancellationToken cancellationToken = default);

    /// <summary>Finds an element that is equal to one.</summary>
    /// <param name="element">What to look for.</param>
    /// <param name="search">Where to begin, how many to leave out, when to give up; null finds the first from the head.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Its index from the head; null if there is none.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n), n elements that are compared. A long list is searched over several turns; what is returned was so at one moment
    /// all the same. Redis: <c>LPOS key element [RANK rank] [MAXLEN len]</c>.
    /// </remarks>
    ValueTask<long?> IndexOfAsync(KvValue element, ListSearch? search = null, CancellationToken cancellationToken = default);

    /// <summary>Finds the elements that are equal to one.</summary>
    /// <param name="element">What to look for.</param>
    /// <param name="countMax">How many at most, at least 1; by default all.</param>
    /// <param name="search">Where to begin, how many to leave out, when to give up; null goes from the head to the tail.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Their indexes from the head, in the order in which they were found; empty if there are none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="countMax"/> is less than 1.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n), n elements that are compared. A long list is searched over several turns; what is returned was so at one moment
    /// all the same. Redis: <c>LPOS key element [RANK rank] COUNT count [MAXLEN len]</c>, where a count of 0 is all.
    /// </remarks>
    ValueTask<long[]> IndexesOfAsync(
        KvValue element, long countMax = long.MaxValue, ListSearch? search = null, CancellationToken cancellationToken = default);
}
