namespace KvEmbedded;

/// <summary>
/// A Bloom filter: which items were added? No is certain; yes is wrong for a stated share of the items that were not.
/// </summary>
/// <remarks>
/// <para>
/// After B. H. Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970, and P. S. Almeida, C. Baquero,
/// N. Preguiça, D. Hutchison, "Scalable Bloom filters", 2007.
/// </para>
/// <para>
/// It keeps a few bits for each item, whatever the item's length, and nothing can be removed. A filter that is full grows by
/// a layer, unless its size is fixed; the stated error rate holds for all layers together. Items are hashed by a fixed hash
/// without a key (MurmurHash3, 128 bits), so that the same items give the same filter everywhere: who chooses the items can
/// raise the error rate for them. A handle is an address, not a value: it may outlive its key. Safe for concurrent use. A key
/// that is missing is a filter without items. Every member throws <see cref="WrongTypeException"/> if the key holds another
/// data type, and <see cref="ObjectDisposedException"/> once the keyspace is disposed. A token is observed until the command
/// starts; a command that has started runs to its end.
/// </para>
/// </remarks>
public interface IBloomFilter : IKeyHandle
{
    /// <summary>Makes an empty filter.</summary>
    /// <param name="errorRate">
    /// Share of foreign items that may be taken for known ones. Range: above 0, below 1. 0.01 takes 11 bits for an item, 0.001 takes 16.
    /// </param>
    /// <param name="capacity">Items the first layer is made for. Range 1 to 4,294,967,296.</param>
    /// <param name="expansion">
    /// How many times the capacity of the last layer each further one has. Range 0 to 32,768; with 0 the size is fixed.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range, or the filter would be larger than 16 GiB.</exception>
    /// <exception cref="SketchExistsException">The key holds a Bloom filter already.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(1): memory is taken as items come. Redis: <c>BF.RESERVE key error_rate capacity [EXPANSION expansion | NONSCALING]</c>.
    /// </remarks>
    ValueTask ReserveAsync(double errorRate, long capacity, int expansion = 2, CancellationToken cancellationToken = default);

    /// <summary>Adds an item. Makes a filter for 100 items with an error rate of 0.01 if the key is missing.</summary>
    /// <param name="item">Any byte string.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if the item was certainly not there; false if it was, or is taken for one that was.</returns>
    /// <exception cref="FilterFullException">The filter has a fixed size and is full.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(k), k the hash functions of all layers. Redis: <c>BF.ADD key item</c>.</remarks>
    ValueTask<bool> AddAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>Adds items in one step, all of them or none.</summary>
    /// <returns>For each item, in their order, what adding it alone would have answered.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="FilterFullException">The filter has a fixed size and not enough room for all that are new.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m k), m items, k the hash functions of all layers. Redis: <c>BF.MADD key item [item …]</c>.</remarks>
    ValueTask<bool[]> AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds items in one step, all of them or none. If the key is missing a filter is made as said; if null is said, none is
    /// made and nothing added.
    /// </summary>
    /// <param name="items">At least one.</param>
    /// <param name="create">How the filter is made if the key is missing; null to make none.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>
    /// For each item, in their order, what adding it alone would have answered; null if the key is missing and no filter was to be made.
    /// </returns>
    /// <exception cref="ArgumentException">There is no item in the collection, or an option is out of its range.</exception>
    /// <exception cref="FilterFullException">The filter has a fixed size and not enough room for all that are new.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m k), m items, k the hash functions of all layers. Redis: <c>BF.INSERT key [CAPACITY capacity] [ERROR error]
    /// [EXPANSION expansion] [NOCREATE] [NONSCALING] ITEMS item [item …]</c>.
    /// </remarks>
    ValueTask<bool[]?> InsertAsync(
        IReadOnlyCollection<KvValue> items, BloomFilterOptions? create, CancellationToken cancellationToken = default);

    /// <summary>Whether an item may have been added.</summary>
    /// <returns>False if it certainly was not; true if it was, or is one of the stated share that is taken for one that was.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(k), k the hash functions of all layers. Redis: <c>BF.EXISTS key item</c>.</remarks>
    ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>Whether items may have been added, read in one step.</summary>
    /// <returns>As many answers as items, in their order.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m k), m items, k the hash functions of all layers. Redis: <c>BF.MEXISTS key item [item …]</c>.</remarks>
    ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>Counts the items.</summary>
    /// <returns>Items that were added and were not taken for known ones; 0 if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>BF.CARD key</c>.</remarks>
    ValueTask<long> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>What the filter is made of.</summary>
    /// <returns>Null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>BF.INFO key</c>.</remarks>
    ValueTask<BloomFilterInfo?> GetInfoAsync(CancellationToken cancellationToken = default);
}
