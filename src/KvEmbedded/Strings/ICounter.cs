namespace KvEmbedded;

/// <summary>A number at one key, kept as a string: a 64-bit integer, or a decimal number.</summary>
/// <remarks>
/// A handle is an address, not a value: it may outlive its key. Safe for concurrent use. Every member throws
/// <see cref="WrongTypeException"/> if the key holds another data type than a string, and
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed. A member that throws has changed nothing.
/// <see cref="IKvString"/> sees the same key as its decimal text.
/// </remarks>
public interface ICounter : IKeyHandle
{
    /// <summary>Reads the number.</summary>
    /// <returns>The integer, or null if there is no such key.</returns>
    /// <exception cref="NotANumberException">The key holds a string that is not a 64-bit integer.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Takes no turn: readers never wait for each other or for the loop. Redis: <c>GET key</c>.</remarks>
    ValueTask<long?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads the number, which need not be whole.</summary>
    /// <returns>The number that is nearest to the text, or null if there is no such key.</returns>
    /// <exception cref="NotANumberException">The key holds a string that is not a number.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Takes no turn. Redis: <c>GET key</c>.</remarks>
    ValueTask<double?> GetFloatAsync(CancellationToken cancellationToken = default);

    /// <summary>Sets the number, whatever the key holds now.</summary>
    /// <param name="value">The new number.</param>
    /// <param name="expiration">When the key shall expire; by default never, and an earlier time to live is taken away.</param>
    /// <param name="when">Whether the key must be missing (NX) or present (XX); by default it is set in any case.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the number was set; false if <paramref name="when"/> forbade it.</returns>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>SET key value [NX | XX] [PX ttl | PXAT moment | KEEPTTL]</c>.</remarks>
    ValueTask<bool> SetAsync(
        long value, Expiration expiration = default, SetWhen when = SetWhen.Always, CancellationToken cancellationToken = default);

    /// <summary>Adds to the number. A missing key counts as 0 and is created; an existing key keeps its time to live.</summary>
    /// <param name="by">What to add; may be negative or 0.</param>
    /// <param name="expirationIfCreated">
    /// When the key shall expire if this call creates it, in the same step; by default never. So a counter that has expired
    /// between two calls begins anew with a full time to live.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number after.</returns>
    /// <exception cref="NotANumberException">The key holds a string that is not a 64-bit integer.</exception>
    /// <exception cref="NumberOverflowException">The result would leave the range of 64-bit integers.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1), no allocation while the loop is idle. Redis: <c>INCRBY key by</c>; with an expiration a script.</remarks>
    ValueTask<long> IncrementAsync(
        long by = 1, Expiration expirationIfCreated = default, CancellationToken cancellationToken = default);

    /// <summary>Adds to the number within bounds, with a say in when the key expires, in one step.</summary>
    /// <param name="by">What to add; may be negative or 0.</param>
    /// <param name="options">The bounds, what happens there, and when the key shall expire.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number after, what was added to it, and whether the call was refused at a bound.</returns>
    /// <exception cref="ArgumentException">The lower bound is above the upper one.</exception>
    /// <exception cref="NotANumberException">The key holds a string that is not a 64-bit integer.</exception>
    /// <exception cref="NumberOverflowException">The way to a bound is longer than 64-bit integers can say.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(1). Redis (8.8): <c>INCREX key BYINT by [LBOUND min] [UBOUND max] [SATURATE] [PX ttl | PXAT moment | PERSIST] [ENX]</c>.
    /// </remarks>
    ValueTask<IncrementResult> IncrementAsync(long by, IncrementOptions options, CancellationToken cancellationToken = default);

    /// <summary>Takes from the number. A missing key counts as 0 and is created; an existing key keeps its time to live.</summary>
    /// <param name="by">What to take; may be negative or 0, but not <see cref="long.MinValue"/>.</param>
    /// <param name="expirationIfCreated">When the key shall expire if this call creates it; by default never.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number after; it may be negative.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is <see cref="long.MinValue"/>.</exception>
    /// <exception cref="NotANumberException">The key holds a string that is not a 64-bit integer.</exception>
    /// <exception cref="NumberOverflowException">The result would leave the range of 64-bit integers.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1), no allocation while the loop is idle. Redis: <c>DECRBY key by</c>.</remarks>
    ValueTask<long> DecrementAsync(
        long by = 1, Expiration expirationIfCreated = default, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds to a number that need not be whole. A missing key counts as 0 and is created; an existing key keeps its time to live.
    /// </summary>
    /// <param name="by">What to add: any finite number. It counts as the shortest decimal text that means it.</param>
    /// <param name="expirationIfCreated">When the key shall expire if this call creates it; by default never.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number after.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is NaN or infinite.</exception>
    /// <exception cref="NotANumberException">The key holds a string that is not a number.</exception>
    /// <exception cref="NumberOverflowException">The result would not be finite.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(1). Decimal numbers add up as on paper (0.1 and 0.2 are 0.3) as long as 28 digits are enough, beyond that as
    /// doubles. What is stored has at most 17 digits after the point and never an exponent. Redis: <c>INCRBYFLOAT key by</c>,
    /// which calculates with the extended doubles of its machine.
    /// </remarks>
    ValueTask<double> IncrementFloatAsync(
        double by, Expiration expirationIfCreated = default, CancellationToken cancellationToken = default);

    /// <summary>Reads the number and sets it to 0, in one step. Creates the key if it is missing.</summary>
    /// <param name="expiration">When the key shall expire; by default never, and an earlier time to live is taken away.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number before, or null if the key was missing.</returns>
    /// <exception cref="NotANumberException">The key holds a string that is not a 64-bit integer.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>SET key 0 GET</c>.</remarks>
    ValueTask<long?> GetAndResetAsync(Expiration expiration = default, CancellationToken cancellationToken = default);
}
