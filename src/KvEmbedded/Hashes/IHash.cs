namespace KvEmbedded;

/// <summary>Fields, each with a value and, where it is given one, a time to live of its own.</summary>
/// <remarks>
/// <para>
/// A handle is an address, not a value: it may outlive its key. Safe for concurrent use. A key that is missing is an empty
/// hash, and one that has become empty is gone. Every member throws <see cref="WrongTypeException"/> if the key holds
/// another data type, and <see cref="ObjectDisposedException"/> once the keyspace is disposed. A member that throws has
/// changed nothing. One key holds at most some 16 GB of fields with their values, or some 258,000 longer than 16 KB: what would
/// add more throws <see cref="KeyFullException"/>. A token is observed until the command starts; a command that has started runs to its end.
/// </para>
/// <para>
/// A field whose time has come is missing to every member of this interface, at once, and is removed soon after; with the
/// last field the key goes. Setting a field takes its time to live away unless the call says otherwise; adding to a number
/// keeps it. Nothing here touches the time to live of the key as a whole.
/// </para>
/// </remarks>
public interface IHash : IKeyHandle
{
    /// <summary>Sets a field; a time to live that it had is taken away. Creates the key if it is missing.</summary>
    /// <param name="field">Any byte string; it is copied in.</param>
    /// <param name="value">Any byte string; it is copied in.</param>
    /// <param name="when">Whether the field must be missing or present; by default it is set in any case.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the field was set; false if <paramref name="when"/> forbade it.</returns>
    /// <exception cref="ValueTooLongException">Field or value is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>HSET key field value</c>, <c>HSETNX</c>, <c>HSETEX key FXX FIELDS 1 field value</c> (8.0).</remarks>
    ValueTask<bool> SetAsync(
        KvValue field, KvValue value, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Sets fields in one step; times to live that they had are taken away. Creates the key if it is missing.</summary>
    /// <param name="entries">At least one; of a field that is named twice the last value stays.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number of fields that are new.</returns>
    /// <exception cref="ArgumentException">There is no entry.</exception>
    /// <exception cref="ValueTooLongException">A field or a value is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">There is no room for all of them.</exception>
    /// <remarks>O(m), m entries. Redis: <c>HSET key field value [field value …]</c>.</remarks>
    ValueTask<long> SetAsync(IReadOnlyCollection<HashEntry> entries, CancellationToken cancellationToken = default);

    /// <summary>Sets fields and says when they expire, in one step. Creates the key if it is missing.</summary>
    /// <param name="entries">At least one; of a field that is named twice the last value stays.</param>
    /// <param name="expiration">
    /// When all these fields shall expire: never, as before, after a time or at a moment. A moment that is past removes them.
    /// </param>
    /// <param name="when">Whether all of the fields must be missing or present; by default they are set in any case.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if all were set; false if <paramref name="when"/> forbade it, and then none was.</returns>
    /// <exception cref="ArgumentException">There is no entry.</exception>
    /// <exception cref="ValueTooLongException">A field or a value is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">There is no room for all of them.</exception>
    /// <remarks>
    /// O(m log n), m entries, n fields with a time to live. Redis (8.0):
    /// <c>HSETEX key [FNX | FXX] [PX ttl | PXAT moment | KEEPTTL] FIELDS m field value [field value …]</c>.
    /// </remarks>
    ValueTask<bool> SetAsync(
        IReadOnlyCollection<HashEntry> entries, Expiration expiration, SetWhen when = SetWhen.Always,
        CancellationToken cancellationToken = default);

    /// <summary>Reads the value of a field.</summary>
    /// <returns>The value; null if there is no such field.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>HGET key field</c>.</remarks>
    ValueTask<KvValue?> GetAsync(KvValue field, CancellationToken cancellationToken = default);

    /// <summary>Reads the values of fields as they are at one moment.</summary>
    /// <returns>As many values as fields, in their order; null for each that is not there.</returns>
    /// <exception cref="ArgumentException">There is no field in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m), m fields asked for. Redis: <c>HMGET key field [field …]</c>.</remarks>
    ValueTask<KvValue?[]> GetAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken = default);

    /// <summary>Reads all fields with their values.</summary>
    /// <returns>All that were there at one moment, in no particular order; empty if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n fields; many are read over several turns. Redis: <c>HGETALL key</c>.</remarks>
    ValueTask<HashEntry[]> GetAllAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads all fields, without their values.</summary>
    /// <returns>All that were there at one moment, in no particular order; empty if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n fields; many are read over several turns. Redis: <c>HKEYS key</c>.</remarks>
    ValueTask<KvValue[]> GetFieldsAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the values of all fields.</summary>
    /// <returns>All that were there at one moment, in no particular order; empty if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n fields; many are read over several turns. Redis: <c>HVALS key</c>.</remarks>
    ValueTask<KvValue[]> GetValuesAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the values of fields and says when these expire, in one step.</summary>
    /// <param name="fields">At least one.</param>
    /// <param name="expiration">
    /// When the fields shall expire: never takes a time to live away, as before leaves it. A moment that is past removes them.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>As many values as fields, in their order; null for each that is not there.</returns>
    /// <exception cref="ArgumentException">There is no field in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m log n), m fields asked for, n fields with a time to live. Redis (8.0):
    /// <c>HGETEX key [PX ttl | PXAT moment | PERSIST] FIELDS m field [field …]</c>.
    /// </remarks>
    ValueTask<KvValue?[]> GetAndExpireAsync(
        IReadOnlyCollection<KvValue> fields, Expiration expiration, CancellationToken cancellationToken = default);

    /// <summary>Reads the values of fields and removes them, in one step.</summary>
    /// <returns>As many values as fields, in their order; null for each that is not there.</returns>
    /// <exception cref="ArgumentException">There is no field in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m), m fields. Redis (8.0): <c>HGETDEL key FIELDS m field [field …]</c>.</remarks>
    ValueTask<KvValue?[]> GetAndRemoveAsync(
        IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken = default);

    /// <summary>Removes a field.</summary>
    /// <returns>True if it was there.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>HDEL key field</c>.</remarks>
    ValueTask<bool> RemoveAsync(KvValue field, CancellationToken cancellationToken = default);

    /// <summary>Removes fields in one step.</summary>
    /// <returns>How many of them were there.</returns>
    /// <exception cref="ArgumentException">There is no field in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m), m fields to be removed. Redis: <c>HDEL key field [field …]</c>.</remarks>
    ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken = default);

    /// <summary>Asks whether there is such a field.</summary>
    /// <returns>True if there is.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>HEXISTS key field</c>.</remarks>
    ValueTask<bool> ContainsAsync(KvValue field, CancellationToken cancellationToken = default);

    /// <summary>Counts the fields.</summary>
    /// <returns>Their number; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1), but fields that have just expired are removed first. Redis: <c>HLEN key</c>, which counts those too.</remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>The length of a field's value.</summary>
    /// <returns>Its length in bytes; 0 if there is no such field.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>HSTRLEN key field</c>.</remarks>
    ValueTask<int> GetLengthAsync(KvValue field, CancellationToken cancellationToken = default);

    /// <summary>Adds to the integer in a field. A missing field counts as 0 and is created; a present one keeps its time to live.</summary>
    /// <param name="field">Any byte string.</param>
    /// <param name="by">What to add; may be negative or 0.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number after.</returns>
    /// <exception cref="NotANumberException">The field's value is not a 64-bit integer.</exception>
    /// <exception cref="NumberOverflowException">The result would leave the range of 64-bit integers.</exception>
    /// <exception cref="ValueTooLongException">The field is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>HINCRBY key field by</c>.</remarks>
    ValueTask<long> IncrementAsync(KvValue field, long by = 1, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds to the number in a field, which need not be whole. A missing field counts as 0 and is created; a present one keeps
    /// its time to live.
    /// </summary>
    /// <param name="field">Any byte string.</param>
    /// <param name="by">What to add, a finite number. Texts that people write (0.1, 19.99) add up exactly.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number after.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is not finite.</exception>
    /// <exception cref="NotANumberException">The field's value is not a number.</exception>
    /// <exception cref="NumberOverflowException">The sum is not finite.</exception>
    /// <exception cref="ValueTooLongException">The field is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>HINCRBYFLOAT key field by</c>.</remarks>
    ValueTask<double> IncrementFloatAsync(KvValue field, double by, CancellationToken cancellationToken = default);

    /// <summary>Picks a field by chance, each as likely as any other. Removes nothing.</summary>
    /// <returns>The field with its value; null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1) expected. Redis: <c>HRANDFIELD key 1 WITHVALUES</c>.</remarks>
    ValueTask<HashEntry?> GetRandomAsync(CancellationToken cancellationToken = default);

    /// <summary>Picks fields by chance. Removes nothing.</summary>
    /// <param name="count">How many, at least 0.</param>
    /// <param name="pick">Whether a field may be picked more than once.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// Distinct: <paramref name="count"/> different fields, or all if there are fewer. Repeated: exactly
    /// <paramref name="count"/>. In no particular order; empty if the key is missing.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(m) expected, m picked; O(n) if that is a large part of all n fields. Redis: <c>HRANDFIELD key count WITHVALUES</c>; a
    /// negative count there is repeated picks here.
    /// </remarks>
    ValueTask<HashEntry[]> GetRandomAsync(
        int count, RandomPick pick = RandomPick.Distinct, CancellationToken cancellationToken = default);

    /// <summary>Goes through the fields, a page in each turn, in no particular order.</summary>
    /// <param name="options">Which fields (the pattern is asked of the field), and how many at once; null is all of them.</param>
    /// <param name="cancellationToken">Observed before each page.</param>
    /// <returns>
    /// Every field that is there from the first page to the last, once, with the value it has then. A field that comes or goes
    /// meanwhile may be returned, at most once.
    /// </returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n) in all, n fields; a page is O(p), p its size. The hash may be changed in between, also by the one who scans.
    /// Redis: <c>HSCAN key cursor [MATCH pattern] [COUNT p]</c>.
    /// </remarks>
    IAsyncEnumerable<HashEntry> ScanAsync(MemberScan? options = null, CancellationToken cancellationToken = default);

    /// <summary>One page of a scan, for callers that keep the cursor themselves.</summary>
    /// <param name="cursor">0 to begin, then what the page before returned. It never expires, and costs nothing to drop.</param>
    /// <param name="options">Which fields, and how many at once; may change from page to page.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The page, which may be empty though the scan goes on, and the cursor of the next, 0 after the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cursor"/> cannot be one that was given out.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>As <see cref="ScanAsync"/>. Redis: <c>HSCAN</c>.</remarks>
    ValueTask<HashPage> ScanPageAsync(
        ulong cursor, MemberScan? options = null, CancellationToken cancellationToken = default);

    /// <summary>Gives a field a time to live.</summary>
    /// <param name="field">Any byte string.</param>
    /// <param name="timeToLive">Zero and less remove the field. One that is too long to count lasts for the longest time there is.</param>
    /// <param name="when">Which fields may be touched, by the time to live they have.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// True if the field now has this time to live, or is removed; false if there is no such field, or
    /// <paramref name="when"/> forbade it.
    /// </returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(log n), n fields with a time to live. Redis (7.4): <c>HPEXPIRE key ttl [NX | XX | GT | LT] FIELDS 1 field</c>,
    /// <c>HEXPIRE</c>.
    /// </remarks>
    ValueTask<bool> ExpireFieldAsync(
        KvValue field, TimeSpan timeToLive, ExpireWhen when = ExpireWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Says at which moment of the wall clock a field shall expire.</summary>
    /// <returns>As <see cref="ExpireFieldAsync"/>; a moment that is past removes the field.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(log n), n fields with a time to live. Redis (7.4): <c>HPEXPIREAT key moment [NX | XX | GT | LT] FIELDS 1 field</c>,
    /// <c>HEXPIREAT</c>.
    /// </remarks>
    ValueTask<bool> ExpireFieldAtAsync(
        KvValue field, DateTimeOffset moment, ExpireWhen when = ExpireWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Gives fields a time to live, in one step; the condition is asked of each for itself.</summary>
    /// <returns>What came of each field, in their order.</returns>
    /// <exception cref="ArgumentException">There is no field in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m log n), m fields, n fields with a time to live. Redis (7.4):
    /// <c>HPEXPIRE key ttl [NX | XX | GT | LT] FIELDS m field [field …]</c>.
    /// </remarks>
    ValueTask<FieldExpireResult[]> ExpireFieldsAsync(
        IReadOnlyCollection<KvValue> fields, TimeSpan timeToLive, ExpireWhen when = ExpireWhen.Always,
        CancellationToken cancellationToken = default);

    /// <summary>Says at which moment of the wall clock fields shall expire, in one step; the condition is asked of each for itself.</summary>
    /// <returns>What came of each field, in their order.</returns>
    /// <exception cref="ArgumentException">There is no field in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m log n), m fields, n fields with a time to live. Redis (7.4):
    /// <c>HPEXPIREAT key moment [NX | XX | GT | LT] FIELDS m field [field …]</c>.
    /// </remarks>
    ValueTask<FieldExpireResult[]> ExpireFieldsAtAsync(
        IReadOnlyCollection<KvValue> fields, DateTimeOffset moment, ExpireWhen when = ExpireWhen.Always,
        CancellationToken cancellationToken = default);

    /// <summary>Takes the time to live of a field away.</summary>
    /// <returns>True if it had one; false if it had none, or there is no such field.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(log n), n fields with a time to live. Redis (7.4): <c>HPERSIST key FIELDS 1 field</c>.</remarks>
    ValueTask<bool> PersistFieldAsync(KvValue field, CancellationToken cancellationToken = default);

    /// <summary>Takes the times to live of fields away, in one step.</summary>
    /// <returns>For each field, in their order: true if it had one, false if it had none; null if there is no such field.</returns>
    /// <exception cref="ArgumentException">There is no field in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m log n), m fields, n fields with a time to live. Redis (7.4): <c>HPERSIST key FIELDS m field [field …]</c>.</remarks>
    ValueTask<bool?[]> PersistFieldsAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken = default);

    /// <summary>Whether there is such a field, whether it expires, and when.</summary>
    /// <returns>The three cases, told apart as for keys.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis (7.4): <c>HPTTL key FIELDS 1 field</c>, <c>HTTL</c>, <c>HPEXPIRETIME</c>, <c>HEXPIRETIME</c>.</remarks>
    ValueTask<KeyLifetime> GetFieldLifetimeAsync(KvValue field, CancellationToken cancellationToken = default);

    /// <summary>Whether there are such fields, whether they expire, and when, read in one step.</summary>
    /// <returns>For each field, in their order, the three cases, told apart as for keys.</returns>
    /// <exception cref="ArgumentException">There is no field in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m), m fields. Redis (7.4): <c>HPTTL key FIELDS m field [field …]</c>, <c>HPEXPIRETIME</c>.</remarks>
    ValueTask<KeyLifetime[]> GetFieldLifetimesAsync(IReadOnlyCollection<KvValue> fields, CancellationToken cancellationToken = default);
}
