using System.Buffers;

namespace KvEmbedded;

/// <summary>A byte string at one key.</summary>
/// <remarks>
/// A handle is an address, not a value: it may outlive its key. Safe for concurrent use. Every member but
/// <see cref="SetAsync"/> throws <see cref="WrongTypeException"/> if the key holds another data type, and all throw
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed. Positions and lengths are in bytes.
/// </remarks>
public interface IKvString : IKeyHandle
{
    /// <summary>Reads the value.</summary>
    /// <returns>A copy of the value, or null if there is no such key.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(1). Takes no turn: readers never wait for each other or for the loop. It sees every command that has ended; one of the
    /// same caller that was sent and not awaited yet may still be on its way. Redis: <c>GET key</c>.
    /// </remarks>
    ValueTask<KvValue?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes the value into <paramref name="destination"/>; up to 16 KiB usually with no array in between.</summary>
    /// <returns>True if the key exists; false, with nothing written, if not.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n bytes. Redis: <c>GET key</c>.</remarks>
    ValueTask<bool> WriteToAsync(IBufferWriter<byte> destination, CancellationToken cancellationToken = default);

    /// <summary>Reads the length of the value.</summary>
    /// <returns>Bytes; 0 if there is no such key.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>STRLEN key</c>.</remarks>
    ValueTask<int> GetLengthAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads a part of the value.</summary>
    /// <param name="range">Any range; ends outside the value mean its ends, and a range that is upside down is empty.</param>
    /// <param name="cancellationToken">Observed until the command starts.</param>
    /// <returns>A copy of the part; empty if nothing of the range, or no such key, is there.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n), n bytes read. Redis: <c>GETRANGE key start end</c>, where the end is part of the range, and where an end that
    /// lies before the first byte means that byte; here such a range is empty.
    /// </remarks>
    ValueTask<KvValue> GetRangeAsync(Range range, CancellationToken cancellationToken = default);

    /// <summary>Sets the value, whatever the key holds now.</summary>
    /// <param name="value">The new value; it is copied in.</param>
    /// <param name="expiration">When the key shall expire; by default never, and an earlier time to live is taken away.</param>
    /// <param name="when">Whether the key must be missing (NX) or present (XX); by default it is set in any case.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the value was set; false if <paramref name="when"/> forbade it.</returns>
    /// <exception cref="ValueTooLongException">The value is longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(n), n bytes. Redis: <c>SET key value [NX | XX] [PX ttl | PXAT moment | KEEPTTL]</c>.</remarks>
    ValueTask<bool> SetAsync(
        KvValue value, Expiration expiration = default, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Sets the value and returns the one it replaces, in one step.</summary>
    /// <inheritdoc cref="SetAsync" path="/param"/>
    /// <returns>The value before, or null if the key was missing; whether the new one was set follows from <paramref name="when"/>.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="ValueTooLongException">The value is longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(n), n bytes of both values. Redis: <c>SET key value GET</c>.</remarks>
    ValueTask<KvValue?> GetAndSetAsync(
        KvValue value, Expiration expiration = default, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Reads the value and deletes the key, in one step.</summary>
    /// <returns>The value, or null if there was no such key.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n bytes. Redis: <c>GETDEL key</c>.</remarks>
    ValueTask<KvValue?> GetAndDeleteAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the value and says anew when the key shall expire, in one step.</summary>
    /// <param name="expiration">
    /// A time to live or a moment replaces the one before; <see cref="Expiration.Never"/> takes it away;
    /// <see cref="Expiration.Keep"/> leaves it, so the call only reads. A past moment removes the key.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The value, or null if there is no such key.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n bytes. Redis: <c>GETEX key [PX ttl | PXAT moment | PERSIST]</c>.</remarks>
    ValueTask<KvValue?> GetAndExpireAsync(Expiration expiration, CancellationToken cancellationToken = default);

    /// <summary>Sets the value if the present one is, or is not, <paramref name="expected"/>, in one step.</summary>
    /// <param name="expected">What the present value is compared with, byte by byte.</param>
    /// <param name="value">The new value; it is copied in.</param>
    /// <param name="expiration">When the key shall expire; by default never, and an earlier time to live is taken away.</param>
    /// <param name="when">
    /// Whether the value must be the expected one, which a missing key never has (IFEQ), or any other, a missing key included (IFNE).
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the value was set.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="ValueTooLongException">The value is longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(n), n bytes. Redis (8.4): <c>SET key value IFEQ expected</c>, <c>SET key value IFNE expected</c>.</remarks>
    ValueTask<bool> CompareAndSetAsync(
        KvValue expected, KvValue value, Expiration expiration = default, CompareWhen when = CompareWhen.Equal,
        CancellationToken cancellationToken = default);

    /// <summary>Deletes the key if its value is, or is not, <paramref name="expected"/>, in one step.</summary>
    /// <param name="expected">What the present value is compared with, byte by byte.</param>
    /// <param name="when">Whether the value must be the expected one (IFEQ) or any other (IFNE).</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the key was deleted; false if its value forbade it, or if there was no such key.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n bytes. Redis (8.4): <c>DELEX key IFEQ expected</c>, <c>DELEX key IFNE expected</c>.</remarks>
    ValueTask<bool> CompareAndDeleteAsync(
        KvValue expected, CompareWhen when = CompareWhen.Equal, CancellationToken cancellationToken = default);

    /// <summary>Adds bytes at the end. Creates the key if it is missing; an existing key keeps its time to live.</summary>
    /// <returns>The length after.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="ValueTooLongException">The value would be longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m), m bytes appended, amortised: a long value has room to grow. Redis: <c>APPEND key value</c>.</remarks>
    ValueTask<int> AppendAsync(KvValue value, CancellationToken cancellationToken = default);

    /// <summary>
    /// Overwrites bytes from <paramref name="offset"/> on; a gap before them is filled with zeros. Creates the key if it is
    /// missing, unless <paramref name="value"/> is empty; an existing key keeps its time to live.
    /// </summary>
    /// <param name="offset">Where to write. Not negative.</param>
    /// <param name="value">What to write; nothing is changed if it is empty.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The length after.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="ValueTooLongException">The value would be longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m), m bytes written or filled, amortised. Redis: <c>SETRANGE key offset value</c>.</remarks>
    ValueTask<int> SetRangeAsync(int offset, KvValue value, CancellationToken cancellationToken = default);

    /// <summary>Finds the longest sequence of bytes that both strings contain in the same order, gaps allowed.</summary>
    /// <param name="other">The key of the other string, in the same view of the keyspace.</param>
    /// <param name="cancellationToken">Observed until both strings have been read.</param>
    /// <returns>The sequence; empty if there is none. A missing key counts as an empty string.</returns>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <exception cref="ComparisonTooLargeException">The product of both lengths is beyond 2^30.</exception>
    /// <remarks>
    /// O(n m / 64) time, n m / 8 bytes while it lasts, n and m the lengths. Both strings are read in one turn; the work is
    /// done on the calling thread, not on the loop. Redis: <c>LCS key other</c>.
    /// </remarks>
    ValueTask<KvValue> GetCommonSubsequenceAsync(KvKey other, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="GetCommonSubsequenceAsync"/>, its length alone.</summary>
    /// <inheritdoc cref="GetCommonSubsequenceAsync" path="/param"/>
    /// <inheritdoc cref="GetCommonSubsequenceAsync" path="/exception"/>
    /// <returns>Bytes; 0 if the strings have nothing in common.</returns>
    /// <remarks>O(n m / 64) time, O(n + m) memory. Redis: <c>LCS key other LEN</c>.</remarks>
    ValueTask<int> GetCommonSubsequenceLengthAsync(KvKey other, CancellationToken cancellationToken = default);

    /// <summary>As <see cref="GetCommonSubsequenceAsync"/>, the places where both strings have it.</summary>
    /// <param name="other">The key of the other string, in the same view of the keyspace.</param>
    /// <param name="matchLengthMin">Runs shorter than this are left out; zero and less leave none out.</param>
    /// <param name="cancellationToken">Observed until both strings have been read.</param>
    /// <inheritdoc cref="GetCommonSubsequenceAsync" path="/exception"/>
    /// <returns>The runs, first to last, and the length of the whole; Redis gives the last run first.</returns>
    /// <remarks>
    /// Time and memory as <see cref="GetCommonSubsequenceAsync"/>. Redis: <c>LCS key other IDX MINMATCHLEN n WITHMATCHLEN</c>.
    /// </remarks>
    ValueTask<CommonSubsequenceMatches> GetCommonSubsequenceMatchesAsync(
        KvKey other, int matchLengthMin = 0, CancellationToken cancellationToken = default);
}
