namespace KvEmbedded;

/// <summary>
/// A count-min sketch: how often was an item seen, at most? The answer is never too low, and too high by more than a stated
/// share of all that was seen with a stated probability.
/// </summary>
/// <remarks>
/// <para>After G. Cormode, S. Muthukrishnan, "An improved data stream summary: the count-min sketch and its applications", 2005.</para>
/// <para>
/// It is a few rows of counters, each up to 4,294,967,295; its size does not depend on the items. It has to be made before it
/// is written to. Items are hashed by a fixed hash without a key (MurmurHash3, 128 bits), so that the same items give the
/// same sketch everywhere: who chooses the items can raise the counts of others. A handle is an address, not a value: it may
/// outlive its key. Safe for concurrent use. To readers a key that is missing is a sketch that has seen nothing. Every member
/// throws <see cref="WrongTypeException"/> if the key holds another data type, and <see cref="ObjectDisposedException"/> once
/// the keyspace is disposed. A token is observed until the command starts; a command that has started runs to its end.
/// </para>
/// </remarks>
public interface ICountMinSketch : IKeyHandle
{
    /// <summary>Makes an empty sketch of a size.</summary>
    /// <param name="width">Counters in a row. Range 1 to 4,294,967,296.</param>
    /// <param name="depth">Rows. Range 1 to 1,024. At most 4,294,967,296 counters in all.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or there would be too many counters.</exception>
    /// <exception cref="SketchExistsException">The key holds a count-min sketch already.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1): memory is taken as items come. Redis: <c>CMS.INITBYDIM key width depth</c>.</remarks>
    ValueTask CreateAsync(long width, int depth, CancellationToken cancellationToken = default);

    /// <summary>Makes an empty sketch that keeps a promise.</summary>
    /// <param name="errorRate">
    /// By how much a count may be too high, as a share of the sum of all increments. Range: above 0, below 1. The width is 2 / errorRate.
    /// </param>
    /// <param name="errorProbability">
    /// Share of the items whose count may be higher than that. Range: above 0, below 1. The depth is log2(1 / errorProbability).
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or there would be too many counters.</exception>
    /// <exception cref="SketchExistsException">The key holds a count-min sketch already.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1): memory is taken as items come. Redis: <c>CMS.INITBYPROB key error probability</c>.</remarks>
    ValueTask CreateForErrorAsync(double errorRate, double errorProbability, CancellationToken cancellationToken = default);

    /// <summary>Counts an item.</summary>
    /// <param name="item">Any byte string.</param>
    /// <param name="by">How often it was seen; at least 1.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>How often it was seen, at most.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is less than 1.</exception>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="NumberOverflowException">A counter would leave its range. Nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(d), d the depth. Redis: <c>CMS.INCRBY key item increment</c>.</remarks>
    ValueTask<long> IncrementAsync(KvValue item, long by = 1, CancellationToken cancellationToken = default);

    /// <summary>Counts items in one step, all of them or none.</summary>
    /// <param name="increments">At least one.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>How often each was seen, at most, after its own increment; in their order.</returns>
    /// <exception cref="ArgumentException">There is no increment, or one of them is less than 1.</exception>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="NumberOverflowException">A counter would leave its range. Nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m d), m increments, d the depth. Redis: <c>CMS.INCRBY key item increment [item increment …]</c>.</remarks>
    ValueTask<long[]> IncrementAsync(IReadOnlyCollection<ItemIncrement> increments, CancellationToken cancellationToken = default);

    /// <summary>How often an item was seen, at most.</summary>
    /// <returns>Never less than the truth; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(d), d the depth. Redis: <c>CMS.QUERY key item</c>.</remarks>
    ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>How often items were seen, at most, read in one step.</summary>
    /// <returns>As many counts as items, in their order.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m d), m items, d the depth. Redis: <c>CMS.QUERY key item [item …]</c>.</remarks>
    ValueTask<long[]> CountAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>Puts the sum of sketches in place of what is in this one.</summary>
    /// <param name="sources">Keys of sketches of the same width and depth, at least one; this one's own may be among them.</param>
    /// <param name="weights">What each of them is multiplied with, in their order: 0 and more; null is 1 for all.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentException">There is no source, there are not as many weights as sources, or one is below 0.</exception>
    /// <exception cref="SketchMissingException">This key or one of the sources is missing.</exception>
    /// <exception cref="SketchMismatchException">The sizes of a source are not those of this sketch.</exception>
    /// <exception cref="NumberOverflowException">A counter would leave its range. Nothing was changed.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(s w d), s sources of width w and depth d. Redis: <c>CMS.MERGE key numKeys source [source …] [WEIGHTS weight [weight …]]</c>.</remarks>
    ValueTask MergeAsync(
        IReadOnlyCollection<KvKey> sources, IReadOnlyList<long>? weights = null, CancellationToken cancellationToken = default);

    /// <summary>What the sketch is made of.</summary>
    /// <returns>Null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>CMS.INFO key</c>.</remarks>
    ValueTask<CountMinSketchInfo?> GetInfoAsync(CancellationToken cancellationToken = default);
}
