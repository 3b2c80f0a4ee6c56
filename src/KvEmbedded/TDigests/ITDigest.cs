namespace KvEmbedded;

/// <summary>A t-digest: quantiles and ranks of numbers that were observed, in a small amount of memory.</summary>
/// <remarks>
/// <para>After T. Dunning, O. Ertl, "Computing extremely accurate quantiles using t-digests", 2019.</para>
/// <para>
/// It keeps means of observations that lie near to each other, fewer of them to a mean towards both ends, so that extreme
/// quantiles are the most accurate. Few observations are kept as they are, and then all answers are exact. It has to be made
/// before it is written to. A handle is an address, not a value: it may outlive its key. Safe for concurrent use. To readers a
/// key that is missing is a digest without observations. Every member throws <see cref="WrongTypeException"/> if the key
/// holds another data type, and <see cref="ObjectDisposedException"/> once the keyspace is disposed. A token is observed
/// until the command starts; a command that has started runs to its end.
/// </para>
/// </remarks>
public interface ITDigest : IKeyHandle
{
    /// <summary>Makes an empty digest.</summary>
    /// <param name="compression">Accuracy for memory: about as many centroids of 16 bytes it has at most. Range 1 to 10,000.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="compression"/> is out of its range.</exception>
    /// <exception cref="SketchExistsException">The key holds a t-digest already.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(1). Redis: <c>TDIGEST.CREATE key [COMPRESSION compression]</c>.</remarks>
    ValueTask CreateAsync(int compression = 100, CancellationToken cancellationToken = default);

    /// <summary>Adds an observation.</summary>
    /// <param name="value">A finite number.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN or infinite.</exception>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(log c) on average, c the compression. Redis: <c>TDIGEST.ADD key value</c>.</remarks>
    ValueTask AddAsync(double value, CancellationToken cancellationToken = default);

    /// <summary>Adds observations in one step.</summary>
    /// <param name="values">At least one; finite numbers.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the values is NaN or infinite; nothing was changed.</exception>
    /// <exception cref="ArgumentException">There is no value.</exception>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>O(m log c), m values, c the compression. Redis: <c>TDIGEST.ADD key value [value …]</c>.</remarks>
    ValueTask AddAsync(IReadOnlyCollection<double> values, CancellationToken cancellationToken = default);

    /// <summary>Adds the observations of other digests. Makes a digest if the key is missing.</summary>
    /// <param name="sources">Keys of digests, at least one; this one's own may be among them.</param>
    /// <param name="options">The compression of the result, and what becomes of the digest that is there; null takes the defaults.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <exception cref="ArgumentException">There is no source, or an option is out of its range.</exception>
    /// <exception cref="SketchMissingException">One of the sources is missing.</exception>
    /// <exception cref="WrongTypeException">One of the keys holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    /// <remarks>
    /// O(n log n), n centroids of all. A digest that is replaced loses its time to live. Redis: <c>TDIGEST.MERGE key numkeys
    /// source [source …] [COMPRESSION compression] [OVERRIDE]</c>.
    /// </remarks>
    ValueTask MergeAsync(
        IReadOnlyCollection<KvKey> sources, TDigestMergeOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Forgets all observations; the compression stays.</summary>
    /// <exception cref="SketchMissingException">The key is missing.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>TDIGEST.RESET key</c>.</remarks>
    ValueTask ResetAsync(CancellationToken cancellationToken = default);

    /// <summary>The value below which a share of the observations lies.</summary>
    /// <param name="quantile">The share. Range 0 (the lowest observation) to 1 (the highest); 0.5 is the median.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Null if there is no observation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quantile"/> is out of its range.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c), c the compression. Redis: <c>TDIGEST.QUANTILE key quantile</c>.</remarks>
    ValueTask<double?> GetQuantileAsync(double quantile, CancellationToken cancellationToken = default);

    /// <summary>The values below which shares of the observations lie, read in one step.</summary>
    /// <returns>As many values as shares, in their order; all null if there is no observation.</returns>
    /// <exception cref="ArgumentException">There is no share, or one is out of its range.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m c), m shares, c the compression. Redis: <c>TDIGEST.QUANTILE key quantile [quantile …]</c>.</remarks>
    ValueTask<double?[]> GetQuantileAsync(IReadOnlyCollection<double> quantiles, CancellationToken cancellationToken = default);

    /// <summary>The share of the observations that lie below a value, those equal to it counted half.</summary>
    /// <param name="value">Any number but NaN.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>0 to 1; null if there is no observation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c), c the compression. Redis: <c>TDIGEST.CDF key value</c>.</remarks>
    ValueTask<double?> GetCdfAsync(double value, CancellationToken cancellationToken = default);

    /// <summary>The shares of the observations that lie below values, read in one step.</summary>
    /// <returns>As many shares as values, in their order; all null if there is no observation.</returns>
    /// <exception cref="ArgumentException">There is no value, or one is NaN.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m c), m values, c the compression. Redis: <c>TDIGEST.CDF key value [value …]</c>.</remarks>
    ValueTask<double?[]> GetCdfAsync(IReadOnlyCollection<double> values, CancellationToken cancellationToken = default);

    /// <summary>How many observations come before a value, those equal to it counted half, rounded.</summary>
    /// <param name="value">Any number but NaN.</param>
    /// <param name="order">Which come before it: by default the lower ones.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>0 (also for a value before all) to their number; null if there is no observation.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is NaN.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c), c the compression. Redis: <c>TDIGEST.RANK key value</c>, <c>TDIGEST.REVRANK key value</c>.</remarks>
    ValueTask<long?> GetRankAsync(double value, Order order = Order.Ascending, CancellationToken cancellationToken = default);

    /// <summary>How many observations come before values, read in one step.</summary>
    /// <returns>As many ranks as values, in their order; all null if there is no observation.</returns>
    /// <exception cref="ArgumentException">There is no value, or one is NaN.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m c), m values, c the compression. Redis: <c>TDIGEST.RANK key value [value …]</c>, <c>TDIGEST.REVRANK key value [value …]</c>.</remarks>
    ValueTask<long?[]> GetRankAsync(
        IReadOnlyCollection<double> values, Order order = Order.Ascending, CancellationToken cancellationToken = default);

    /// <summary>The observation of a rank.</summary>
    /// <param name="rank">How many come before it: 0 is the first.</param>
    /// <param name="order">Which end rank 0 is at: by default the lowest observation.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>About its value; null if there are not so many observations.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="rank"/> is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c), c the compression. Redis: <c>TDIGEST.BYRANK key rank</c>, <c>TDIGEST.BYREVRANK key rank</c>.</remarks>
    ValueTask<double?> GetByRankAsync(long rank, Order order = Order.Ascending, CancellationToken cancellationToken = default);

    /// <summary>The observations of ranks, read in one step.</summary>
    /// <returns>As many values as ranks, in their order; null for each where there are not so many observations.</returns>
    /// <exception cref="ArgumentException">There is no rank, or one is negative.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(m c), m ranks, c the compression. Redis: <c>TDIGEST.BYRANK key rank [rank …]</c>, <c>TDIGEST.BYREVRANK key rank [rank …]</c>.</remarks>
    ValueTask<double?[]> GetByRankAsync(
        IReadOnlyCollection<long> ranks, Order order = Order.Ascending, CancellationToken cancellationToken = default);

    /// <summary>The lowest observation, exactly.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>TDIGEST.MIN key</c>.</remarks>
    ValueTask<double?> GetMinAsync(CancellationToken cancellationToken = default);

    /// <summary>The highest observation, exactly.</summary>
    /// <returns>Null if there is none.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>TDIGEST.MAX key</c>.</remarks>
    ValueTask<double?> GetMaxAsync(CancellationToken cancellationToken = default);

    /// <summary>The mean of the observations between two quantiles: without the lowest and the highest.</summary>
    /// <param name="from">The lower quantile. Range 0 to 1, below <paramref name="to"/>.</param>
    /// <param name="to">The upper quantile. Range 0 to 1.</param>
    /// <param name="cancellationToken">Observed until the command starts; a command that has started runs to its end.</param>
    /// <returns>Null if there is no observation.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A quantile is out of its range, or they are not in order.</exception>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(c), c the compression. Redis: <c>TDIGEST.TRIMMED_MEAN key from to</c>.</remarks>
    ValueTask<double?> GetTrimmedMeanAsync(double from, double to, CancellationToken cancellationToken = default);

    /// <summary>What the digest is made of.</summary>
    /// <returns>Null if the key is missing.</returns>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <remarks>O(1). Redis: <c>TDIGEST.INFO key</c>.</remarks>
    ValueTask<TDigestInfo?> GetInfoAsync(CancellationToken cancellationToken = default);
}
