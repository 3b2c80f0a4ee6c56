namespace KvEmbedded;

/// <summary>Commands on keys, whatever they hold.</summary>
/// <remarks>
/// <para>A key whose time has come is missing to every command, at once. Safe for concurrent use. A command on several keys
/// is one step: nobody sees half of it. Every member throws <see cref="ObjectDisposedException"/> once the keyspace is
/// disposed.</para>
/// <para>In a view (<see cref="IKeyspace.WithPrefix"/>) keys go in and come out without the prefix, and <see cref="ScanAsync"/>,
/// <see cref="CountAsync"/>, <see cref="GetRandomAsync"/> and <see cref="FlushAsync"/> see the view's keys alone. They walk
/// over all keys of the keyspace for that, a slice in each turn, so that others have theirs in between.</para>
/// </remarks>
public interface IKeys
{
    /// <summary>Asks whether a key exists.</summary>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if it does.</returns>
    /// <remarks>O(1). Redis: <c>EXISTS key</c>.</remarks>
    ValueTask<bool> ExistsAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Counts those of the keys that exist.</summary>
    /// <param name="keys">At least one. A key named twice counts twice.</param>
    /// <returns>How many exist.</returns>
    /// <exception cref="ArgumentException"><paramref name="keys"/> is empty.</exception>
    /// <remarks>O(n), n keys. Redis: <c>EXISTS key [key …]</c>.</remarks>
    ValueTask<long> ExistsAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Deletes a key with all it holds.</summary>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the key was there.</returns>
    /// <remarks>O(1), however large the value is: it is only let go of. Redis: <c>DEL key</c>.</remarks>
    ValueTask<bool> DeleteAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Deletes keys with all they hold.</summary>
    /// <param name="keys">At least one.</param>
    /// <returns>How many were there; a key named twice is there once.</returns>
    /// <exception cref="ArgumentException"><paramref name="keys"/> is empty.</exception>
    /// <remarks>O(n), n keys. Redis: <c>DEL key [key …]</c>.</remarks>
    ValueTask<long> DeleteAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Deletes a key; a server frees what it held in the background.</summary>
    /// <returns>True if the key was there.</returns>
    /// <remarks>
    /// O(1). Embedded it is the same as <see cref="DeleteAsync(KvKey, CancellationToken)"/>: both let go of the value, and
    /// the garbage collector frees it. It is here for keyspaces on a server, where deleting a large value takes long.
    /// Redis: <c>UNLINK key</c>.
    /// </remarks>
    ValueTask<bool> UnlinkAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Deletes keys; a server frees what they held in the background.</summary>
    /// <param name="keys">At least one.</param>
    /// <returns>How many were there; a key named twice is there once.</returns>
    /// <exception cref="ArgumentException"><paramref name="keys"/> is empty.</exception>
    /// <remarks>O(n), n keys. See <see cref="UnlinkAsync(KvKey, CancellationToken)"/>. Redis: <c>UNLINK key [key …]</c>.</remarks>
    ValueTask<long> UnlinkAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Asks which data type a key holds.</summary>
    /// <returns>The type; <see cref="KeyType.None"/> if there is no such key.</returns>
    /// <remarks>O(1). Redis: <c>TYPE key</c>.</remarks>
    ValueTask<KeyType> GetTypeAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Gives a key a time to live, measured from now by a clock that nobody can set.</summary>
    /// <param name="timeToLive">
    /// Resolution 100 ns. Zero and less delete the key, if <paramref name="when"/> allows that. One that is too long to count
    /// lasts for the longest time there is.
    /// </param>
    /// <param name="when">Which keys may be changed, by the time to live they have.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// True if the key now has this time to live, or is deleted; false if there is no such key or <paramref name="when"/> forbade it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="when"/> is no named value.</exception>
    /// <remarks>O(1). Redis: <c>PEXPIRE key ttl [NX | XX | GT | LT]</c>.</remarks>
    ValueTask<bool> ExpireAsync(
        KvKey key, TimeSpan timeToLive, ExpireWhen when = ExpireWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Lets a key expire at a moment of the wall clock.</summary>
    /// <param name="moment">
    /// Resolution 100 ns. A past moment deletes the key, if <paramref name="when"/> allows that. How long it is until then is
    /// measured when the command runs: who sets the wall clock later does not move the end.
    /// </param>
    /// <param name="when">Which keys may be changed, by the time to live they have.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// True if the key now expires then, or is deleted; false if there is no such key or <paramref name="when"/> forbade it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="when"/> is no named value.</exception>
    /// <remarks>O(1). Redis: <c>PEXPIREAT key moment [NX | XX | GT | LT]</c>.</remarks>
    ValueTask<bool> ExpireAtAsync(
        KvKey key, DateTimeOffset moment, ExpireWhen when = ExpireWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Takes a key's time to live away.</summary>
    /// <returns>True if it had one; false if it had none or there is no such key.</returns>
    /// <remarks>O(1). Redis: <c>PERSIST key</c>.</remarks>
    ValueTask<bool> PersistAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Asks how long a key still lives.</summary>
    /// <returns>
    /// The time left, more than zero; null if the key does not expire or there is no such key, which
    /// <see cref="GetLifetimeAsync"/> tells apart.
    /// </returns>
    /// <remarks>O(1). Redis: <c>PTTL key</c>.</remarks>
    ValueTask<TimeSpan?> GetTimeToLiveAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Asks whether a key exists and when it expires.</summary>
    /// <returns>The missing key, the endless one, or the time left and the moment of the end.</returns>
    /// <remarks>O(1). Redis: <c>PTTL key</c>, <c>PEXPIRETIME key</c>.</remarks>
    ValueTask<KeyLifetime> GetLifetimeAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Gives a value, with its time to live, another key.</summary>
    /// <param name="destination">
    /// The key that it has afterwards. If it is <paramref name="source"/> nothing changes, and it counts as one that exists.
    /// </param>
    /// <param name="existing">What becomes of a key that has this name already: by default it is overwritten.</param>
    /// <returns>
    /// True if the value is there now; false, and nothing has changed, if there is no <paramref name="source"/> or
    /// <paramref name="existing"/> keeps a destination that exists.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="existing"/> is no named value.</exception>
    /// <remarks>
    /// O(1). A missing source is an answer here and an error in Redis. Redis: <c>RENAME source destination</c>,
    /// <c>RENAMENX source destination</c>.
    /// </remarks>
    ValueTask<bool> RenameAsync(
        KvKey source, KvKey destination, ExistingDestination existing = ExistingDestination.Overwrite,
        CancellationToken cancellationToken = default);

    /// <summary>Copies a value, with its time to live, to another key; from then on the two have nothing to do with each other.</summary>
    /// <param name="existing">What becomes of a key that stands at the destination: by default it is kept, and nothing copied.</param>
    /// <returns>
    /// True if the copy is there; false, and nothing has changed, if there is no <paramref name="source"/> or
    /// <paramref name="existing"/> keeps a destination that exists.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="source"/> and <paramref name="destination"/> are the same key.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="existing"/> is no named value.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(n), n elements of the value. Redis: <c>COPY source destination [REPLACE]</c>.</remarks>
    ValueTask<bool> CopyAsync(
        KvKey source, KvKey destination, ExistingDestination existing = ExistingDestination.Keep,
        CancellationToken cancellationToken = default);

    /// <summary>Marks a key as used just now, for the choice of what to evict.</summary>
    /// <returns>True if it exists.</returns>
    /// <remarks>O(1). Nothing is evicted yet, so it only asks whether the key exists. Redis: <c>TOUCH key</c>.</remarks>
    ValueTask<bool> TouchAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Marks keys as used just now, for the choice of what to evict.</summary>
    /// <param name="keys">At least one. A key named twice counts twice.</param>
    /// <returns>How many exist.</returns>
    /// <exception cref="ArgumentException"><paramref name="keys"/> is empty.</exception>
    /// <remarks>O(n), n keys. Nothing is evicted yet, so it only counts. Redis: <c>TOUCH key [key …]</c>.</remarks>
    ValueTask<long> TouchAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken = default);

    /// <summary>Asks what a key takes of the memory: its name, its value, and the objects they are in.</summary>
    /// <returns>Bytes, without the key's share of the table and of the timers; null if there is no such key.</returns>
    /// <remarks>O(1); exact, nothing is sampled. Redis: <c>MEMORY USAGE key</c>.</remarks>
    ValueTask<long?> GetMemoryUsageAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Asks for type, time to live and memory of a key in one step.</summary>
    /// <returns>What is known of it; null if there is no such key.</returns>
    /// <remarks>
    /// O(1). Encodings are nobody's business, and idle times are not kept yet. Redis: <c>TYPE</c>, <c>PTTL</c> and
    /// <c>MEMORY USAGE</c> together; <c>OBJECT</c> as far as it exists.
    /// </remarks>
    ValueTask<KeyInfo?> GetInfoAsync(KvKey key, CancellationToken cancellationToken = default);

    /// <summary>Picks a key at random, each with the same chance.</summary>
    /// <returns>A key that existed at some moment during the call; null if there was none.</returns>
    /// <remarks>
    /// Expected O(1). In a view O(n), n all keys, where the view has only a small part of them: draws are tried first, then all keys
    /// are looked at in slices. Redis: <c>RANDOMKEY</c>.
    /// </remarks>
    ValueTask<KvKey?> GetRandomAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts all keys.</summary>
    /// <param name="cancellationToken">Observed before each turn.</param>
    /// <returns>
    /// How many there are; those whose time has come are not among them. In a view: every key that is there during the whole
    /// call counts, one that comes or goes meanwhile may.
    /// </returns>
    /// <remarks>O(1); in a view O(n), n all keys, in slices. Redis: <c>DBSIZE</c>.</remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>Deletes all keys.</summary>
    /// <param name="cancellationToken">Observed before each turn; in a view what was deleted until then stays so.</param>
    /// <remarks>
    /// O(1), in one step, and no event tells of each key. In a view O(n), n all keys, in slices (in a transaction one step
    /// all the same): every key that is there during the whole call is deleted, one that comes meanwhile may be, each with its
    /// event. Redis: <c>FLUSHDB</c>.
    /// </remarks>
    ValueTask FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>Goes through the keys, a page in each turn, in no particular order.</summary>
    /// <param name="options">Which keys, and how many at once; null is all of them.</param>
    /// <param name="cancellationToken">Observed before each page.</param>
    /// <returns>
    /// Every key that is there from the first page to the last, once. A key that comes or goes meanwhile may be returned, at
    /// most once. Keys that have expired are never returned.
    /// </returns>
    /// <exception cref="ArgumentException">The options ask for keys of the type <see cref="KeyType.None"/>.</exception>
    /// <remarks>
    /// O(n) in all, n all keys; a page is O(p), p its size. The keyspace may be changed in between, also by the one who
    /// scans. Redis: <c>SCAN cursor [MATCH pattern] [COUNT p] [TYPE type]</c>.
    /// </remarks>
    IAsyncEnumerable<KvKey> ScanAsync(KeyScan? options = null, CancellationToken cancellationToken = default);

    /// <summary>One page of a scan, for callers that keep the cursor themselves.</summary>
    /// <param name="cursor">0 to begin, then what the page before returned. It never expires, and costs nothing to drop.</param>
    /// <param name="options">Which keys, and how many at once; may change from page to page.</param>
    /// <returns>The page, which may be empty though the scan goes on, and the cursor of the next, 0 after the last.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cursor"/> cannot be one that this process gave out.</exception>
    /// <exception cref="ArgumentException">The options ask for keys of the type <see cref="KeyType.None"/>.</exception>
    /// <remarks>As <see cref="ScanAsync"/>. The cursor tells nothing about the keys. Redis: <c>SCAN</c>.</remarks>
    ValueTask<KeyPage> ScanPageAsync(ulong cursor, KeyScan? options = null, CancellationToken cancellationToken = default);
}
