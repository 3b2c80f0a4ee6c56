namespace KvEmbedded;

/// <summary>
/// A cuckoo filter: which items were added, and not removed again? No is certain; yes is wrong for a small share of the
/// items that were not.
/// </summary>
/// <remarks>
/// <para>After B. Fan, D. G. Andersen, M. Kaminsky, M. D. Mitzenmacher, "Cuckoo filter: practically better than Bloom", 2014.</para>
/// <para>
/// It keeps a fingerprint of 16 bits for each item, whatever the item's length, and counts how often the same item was added.
/// Of foreign items about 2 b in 65,535 are taken for known ones, b the bucket size, for each layer. Only an item that was
/// added may be removed: removing another may remove one that has the same fingerprint. A filter that is full grows by a
/// layer, unless its size is fixed. Items are hashed by a fixed hash without a key (MurmurHash3, 128 bits), so that the same
/// items give the same filter everywhere: who chooses the items can raise the error rate for them. A handle is an address,
/// not a value: it may outlive its key. Safe for concurrent use. A key that is missing is a filter without items. Every
/// member throws <see cref="WrongTypeException"/> if the key holds another data type, and
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed. A token is observed until the command starts; a
/// command that has started runs to its end.
/// </para>
/// </remarks>
public interface ICuckooFilter : IKeyHandle
{
    /// <summary>Makes an empty filter.</summary>
    /// <param name="capacity">Items the first layer is made for. Range 1 to 4,294,967,296.</param>
    /// <param name="bucketSize">Fingerprints in a bucket. Range 1 to 255.</param>
    /// <param name="maxIterations">Most fingerprints that are moved to make room for one. Range 1 to 65,535.</param>
    /// <param name="expansion">
    /// How many times the size of the last layer each further one has, taken up to a power of two. Range 0 to 32,768; with 0
    /// the size is fixed.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="SketchExistsException">The key holds a cuckoo filter already.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(1): memory is taken as items come. Redis: <c>CF.RESERVE key capacity [BUCKETSIZE bucketsize] [MAXITERATIONS
    /// maxiterations] [EXPANSION expansion]</c>.
    /// </remarks>
    ValueTask ReserveAsync(
        long capacity, int bucketSize = 2, int maxIterations = 20, int expansion = 1, CancellationToken cancellationToken = default);

    /// <summary>Adds an item once more. Makes a filter for 1,024 items if the key is missing.</summary>
    /// <param name="item">Any byte string.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="FilterFullException">The filter has a fixed size and is full.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(l + i), l layers, i iterations at most. Redis: <c>CF.ADD key item</c>.</remarks>
    ValueTask AddAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>Adds an item unless it is there. Makes a filter for 1,024 items if the key is missing.</summary>
    /// <param name="item">Any byte string.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True if it was added; false if it was there, or is taken for one that was.</returns>
    /// <exception cref="FilterFullException">The filter has a fixed size and is full.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(l + i), l layers, i iterations at most. Redis: <c>CF.ADDNX key item</c>.</remarks>
    ValueTask<bool> TryAddAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>Adds items in one step, all of them or none. Makes a filter for 1,024 items if the key is missing.</summary>
    /// <param name="items">At least one; one that is named twice is added twice.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="FilterFullException">The filter has a fixed size and not enough room.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m (l + i)), m items, l layers, i iterations at most. Redis: <c>CF.INSERT key ITEMS item [item …]</c>.</remarks>
    ValueTask AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds those of the items that are not there, in one step, all of them or none. Makes a filter for 1,024 items if the key
    /// is missing.
    /// </summary>
    /// <param name="items">At least one.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>For each item, in their order, whether it was added.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="FilterFullException">The filter has a fixed size and not enough room.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m (l + i)), m items, l layers, i iterations at most. Redis: <c>CF.INSERTNX key ITEMS item [item …]</c>.</remarks>
    ValueTask<bool[]> TryAddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds items in one step, all of them or none. If the key is missing a filter is made as said; if null is said, none is
    /// made and nothing added.
    /// </summary>
    /// <param name="items">At least one.</param>
    /// <param name="create">How the filter is made if the key is missing; null to make none.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>True; false if the key is missing and no filter was to be made.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection, or an option is out of its range.</exception>
    /// <exception cref="FilterFullException">The filter has a fixed size and not enough room.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m (l + i)), m items, l layers, i iterations at most. Redis: <c>CF.INSERT key [CAPACITY capacity] [NOCREATE] ITEMS item [item …]</c>.
    /// </remarks>
    ValueTask<bool> InsertAsync(
        IReadOnlyCollection<KvValue> items, CuckooFilterOptions? create, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds those of the items that are not there, in one step, all of them or none. If the key is missing a filter is made as
    /// said; if null is said, none is made and nothing added.
    /// </summary>
    /// <param name="items">At least one.</param>
    /// <param name="create">How the filter is made if the key is missing; null to make none.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>For each item, in their order, whether it was added; null if the key is missing and no filter was to be made.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection, or an option is out of its range.</exception>
    /// <exception cref="FilterFullException">The filter has a fixed size and not enough room.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m (l + i)), m items, l layers, i iterations at most. Redis: <c>CF.INSERTNX key [CAPACITY capacity] [NOCREATE] ITEMS item [item …]</c>.
    /// </remarks>
    ValueTask<bool[]?> TryInsertAsync(
        IReadOnlyCollection<KvValue> items, CuckooFilterOptions? create, CancellationToken cancellationToken = default);

    /// <summary>Removes an item once. Only for an item that was added.</summary>
    /// <returns>True if it was there; false if not, or if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(l), l layers. Redis: <c>CF.DEL key item</c>.</remarks>
    ValueTask<bool> RemoveAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>Whether an item may be there.</summary>
    /// <returns>False if it certainly is not; true if it is, or is one of the small share that is taken for one that is.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(l), l layers. Redis: <c>CF.EXISTS key item</c>.</remarks>
    ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>Whether items may be there, read in one step.</summary>
    /// <returns>As many answers as items, in their order.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m l), m items, l layers. Redis: <c>CF.MEXISTS key item [item …]</c>.</remarks>
    ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>How often an item was added, about.</summary>
    /// <returns>At least as often as it was added and not removed; more if others have the same fingerprint.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(l), l layers. Redis: <c>CF.COUNT key item</c>.</remarks>
    ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>What the filter is made of.</summary>
    /// <returns>Null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(l), l layers. Redis: <c>CF.INFO key</c>.</remarks>
    ValueTask<CuckooFilterInfo?> GetInfoAsync(CancellationToken cancellationToken = default);
}
