namespace KvEmbedded;

/// <summary>The bits of a string: bit 0 is the highest bit of the first byte. Every bit behind the end is 0.</summary>
/// <remarks>
/// <para>A handle is an address, not a value: it may outlive its key. Safe for concurrent use.</para>
/// <para>A bitmap is a string: <see cref="IKvString"/> at the same key sees its bytes and may change them. Writing a bit behind the
/// end makes the string as long as it must be, so one bit far out takes the memory of all before it.</para>
/// <para>Every member throws <see cref="WrongTypeException"/> if the key holds another data type, and
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed.</para>
/// </remarks>
public interface IBitmap : IKeyHandle
{
    /// <summary>Writes a bit. Creates the key if it is missing.</summary>
    /// <param name="offset">Which bit. Range 0 to 4,294,967,295.</param>
    /// <param name="bit">What it becomes.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>What the bit was.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is outside of its range.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="ValueTooLongException">The string would be longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1), and the memory that the string grows by. Redis: <c>SETBIT key offset 0 | 1</c>.</remarks>
    ValueTask<bool> SetAsync(long offset, bool bit = true, CancellationToken cancellationToken = default);

    /// <summary>Reads a bit.</summary>
    /// <param name="offset">Which bit. Range 0 to 4,294,967,295.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The bit; false behind the end, and if the key is missing.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is outside of its range.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>GETBIT key offset</c>.</remarks>
    ValueTask<bool> GetAsync(long offset, CancellationToken cancellationToken = default);

    /// <summary>Counts the bits that are set.</summary>
    /// <param name="range">Where: everywhere, in a range of bytes (<c>CountAsync(2..^1)</c>), or in a range of bits.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Their number; 0 if the key is missing or the range is empty.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// O(n), n bytes, some ten to a nanosecond. Of a long string they are counted without holding the loop; the count is that of
    /// one moment all the same. Redis: <c>BITCOUNT key [start end [BYTE | BIT]]</c>.
    /// </remarks>
    ValueTask<long> CountAsync(BitRange range = default, CancellationToken cancellationToken = default);

    /// <summary>Finds the first bit of a kind.</summary>
    /// <param name="bit">Which kind.</param>
    /// <param name="range">Where: everywhere, in a range of bytes (<c>FindAsync(true, 2..)</c>), or in a range of bits.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Its offset from the start of the string, in bits; null if there is none.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>
    /// <para>Beware of a search for a clear bit. Where the range is open at its end (all, or bytes <c>2..</c>) and every bit in it
    /// is set, the answer is the first bit behind the end of the string: it is clear, as all behind it are. Where an end is
    /// given, and in every range of bits, the answer is then null. If the key is missing it is 0, whatever the range.</para>
    /// <para>O(n), n bytes. A long string is searched without holding the loop unless it is changed all the while. Redis:
    /// <c>BITPOS key 0 | 1 [start [end [BYTE | BIT]]]</c>, which answers -1 for none.</para>
    /// </remarks>
    ValueTask<long?> FindAsync(bool bit, BitRange range = default, CancellationToken cancellationToken = default);

    /// <summary>Reads a field of bits as a number.</summary>
    /// <param name="field">Where it is and how wide, <c>BitFieldType.Unsigned(8).At(100)</c>.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Its number; bits behind the end, and of a missing key, are 0.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>BITFIELD_RO key GET type offset</c>.</remarks>
    ValueTask<long> GetFieldAsync(BitField field, CancellationToken cancellationToken = default);

    /// <summary>Reads several fields at one moment.</summary>
    /// <param name="fields">Which; they may overlap.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Their numbers, in the order of <paramref name="fields"/>.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(n), n fields. Redis: <c>BITFIELD_RO key GET type offset …</c>.</remarks>
    ValueTask<long[]> GetFieldsAsync(IReadOnlyCollection<BitField> fields, CancellationToken cancellationToken = default);

    /// <summary>Writes a number into a field of bits. Creates the key if it is missing.</summary>
    /// <param name="field">Where it is and how wide.</param>
    /// <param name="number">The number; a negative one for an unsigned field is taken for the 64 bits that it has.</param>
    /// <param name="overflow">What happens if the number does not fit the field.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number before; null if the new one was refused (<see cref="BitOverflow.Fail"/>).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such overflow.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="ValueTooLongException">The string would be longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(1), and the memory that the string grows by: it grows to hold the field also where the number is refused. Redis:
    /// <c>BITFIELD key [OVERFLOW WRAP | SAT | FAIL] SET type offset value</c>.
    /// </remarks>
    ValueTask<long?> SetFieldAsync(
        BitField field, long number, BitOverflow overflow = BitOverflow.Wrap, CancellationToken cancellationToken = default);

    /// <summary>Adds to the number in a field of bits. Creates the key if it is missing.</summary>
    /// <param name="field">Where it is and how wide.</param>
    /// <param name="by">What to add; negative to subtract.</param>
    /// <param name="overflow">What happens if the sum does not fit the field.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The number after; null if it was refused (<see cref="BitOverflow.Fail"/>).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such overflow.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="ValueTooLongException">The string would be longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(1), and the memory that the string grows by: it grows to hold the field also where the sum is refused. Redis:
    /// <c>BITFIELD key [OVERFLOW WRAP | SAT | FAIL] INCRBY type offset increment</c>.
    /// </remarks>
    ValueTask<long?> IncrementFieldAsync(
        BitField field, long by = 1, BitOverflow overflow = BitOverflow.Wrap, CancellationToken cancellationToken = default);

    /// <summary>Runs operations on fields one after the other, as one step.</summary>
    /// <param name="operations">What to do; each sees what those before it did.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// For each operation the number read, the number before it was set, or the number after it was incremented; null if it was
    /// refused (<see cref="BitOverflow.Fail"/>), which does not hinder the others.
    /// </returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="ValueTooLongException">The string would be longer than the keyspace allows.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(n), n operations, and the memory that the string grows by: first it grows to hold every field that may be written.
    /// Redis: <c>BITFIELD key [GET … | [OVERFLOW …] SET … | INCRBY …] …</c>.
    /// </remarks>
    ValueTask<long?[]> RunFieldsAsync(IReadOnlyCollection<BitFieldOperation> operations, CancellationToken cancellationToken = default);
}
