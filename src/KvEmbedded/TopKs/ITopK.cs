namespace KvEmbedded;

/// <summary>The items that were seen most often, and about how often, in a fixed amount of memory.</summary>
/// <remarks>
/// <para>After J. Gong et al., "HeavyKeeper: an accurate algorithm for finding top-k elephant flows", 2018.</para>
/// <para>
/// Besides the listed items it is a few rows of counters. An item that is often seen keeps its counters; one that is seldom
/// seen loses them to others by and by. It has to be made before it is written to. Chance comes from the keyspace's own source, so
/// that a seeded keyspace answers the same again. Items are hashed by a fixed hash without a key (MurmurHash3, 128 bits). A
/// handle is an address, not a value: it may outlive its key. Safe for concurrent use. To readers a key that is missing is a
/// list without items. Every member throws <see cref="WrongTypeException"/> if the key holds another data type, and
/// <see cref="ObjectDisposedException"/> once the keyspace is disposed. A token is observed until the command starts; a
/// command that has started runs to its end.
/// </para>
/// </remarks>
public interface ITopK : IKeyHandle
{
    /// <summary>Makes an empty list.</summary>
    /// <param name="count">Items to be listed. Range 1 to 100,000.</param>
    /// <param name="width">Counters in a row: some times <paramref name="count"/> is good. Range 1 to 16,777,216.</param>
    /// <param name="depth">Rows. Range 1 to 64.</param>
    /// <param name="decay">
    /// The chance, to the power of a counter, that another item takes away one from it. Range 0 to 1, both excluded.
    /// </param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    /// <exception cref="SketchExistsException">The key holds a top-k list already.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(k), k items to be listed. Redis: <c>TOPK.RESERVE key topk [width depth decay]</c>.</remarks>
    ValueTask ReserveAsync(
        int count, int width = 8, int depth = 7, double decay = 0.9, CancellationToken cancellationToken = default);

    /// <summary>Counts an item.</summary>
    /// <param name="item">Any byte string; it is copied in if it is listed.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The item that it has expelled from the list; null if it has expelled none.</returns>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="ValueTooLongException">The item is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(k + d), k items listed, d the depth. Redis: <c>TOPK.ADD key item</c>.</remarks>
    ValueTask<KvValue?> AddAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>Counts items in one step.</summary>
    /// <returns>For each, in their order, the item that it has expelled from the list, or null.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="ValueTooLongException">An item is longer than the keyspace allows; nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m (k + d)), m items, k items listed, d the depth. Redis: <c>TOPK.ADD key item [item …]</c>.</remarks>
    ValueTask<KvValue?[]> AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>Counts an item that was seen several times.</summary>
    /// <param name="item">Any byte string; it is copied in if it is listed.</param>
    /// <param name="by">How often it was seen. Range 1 to 100,000.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>The item that it has expelled from the list; null if it has expelled none.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is out of its range.</exception>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="ValueTooLongException">The item is longer than the keyspace allows.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(k + d by), k items listed, d the depth. Redis: <c>TOPK.INCRBY key item increment</c>.</remarks>
    ValueTask<KvValue?> IncrementAsync(KvValue item, long by, CancellationToken cancellationToken = default);

    /// <summary>Counts items that were seen several times, in one step.</summary>
    /// <param name="increments">At least one, each 1 to 100,000.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>For each, in their order, the item that it has expelled from the list, or null.</returns>
    /// <exception cref="ArgumentException">There is no increment, or one is out of its range.</exception>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="ValueTooLongException">An item is longer than the keyspace allows; nothing was changed.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(m k + d s), m increments of s in all, k items listed, d the depth. Redis: <c>TOPK.INCRBY key item increment [item increment …]</c>.
    /// </remarks>
    ValueTask<KvValue?[]> IncrementAsync(IReadOnlyCollection<ItemIncrement> increments, CancellationToken cancellationToken = default);

    /// <summary>Whether an item is listed.</summary>
    /// <returns>True if it is; false if not, or if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(k), k items listed. Redis: <c>TOPK.QUERY key item</c>.</remarks>
    ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>Whether items are listed, read in one step.</summary>
    /// <returns>As many answers as items, in their order.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m k), m items, k items listed. Redis: <c>TOPK.QUERY key item [item …]</c>.</remarks>
    ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>How often an item was seen, about, listed or not.</summary>
    /// <returns>0 if it has no counter left, or if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(k + d), k items listed, d the depth. Redis: <c>TOPK.COUNT key item</c>.</remarks>
    ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken = default);

    /// <summary>How often items were seen, about, listed or not, read in one step.</summary>
    /// <returns>As many counts as items, in their order.</returns>
    /// <exception cref="ArgumentException">There is no item in the collection.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m (k + d)), m items, k items listed, d the depth. Redis: <c>TOPK.COUNT key item [item …]</c>.</remarks>
    ValueTask<long[]> CountAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken = default);

    /// <summary>Lists the items, the most often seen one first.</summary>
    /// <returns>The items with their counts; empty if there are none.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(k log k), k items listed. Redis: <c>TOPK.LIST key WITHCOUNT</c>.</remarks>
    ValueTask<TopKEntry[]> GetItemsAsync(CancellationToken cancellationToken = default);

    /// <summary>What the list is made of.</summary>
    /// <returns>Null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>TOPK.INFO key</c>.</remarks>
    ValueTask<TopKInfo?> GetInfoAsync(CancellationToken cancellationToken = default);
}
