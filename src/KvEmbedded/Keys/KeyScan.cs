namespace KvEmbedded;

/// <summary>Which keys a scan returns, and how many it looks at in one turn.</summary>
public sealed record KeyScan
{
    /// <summary>Most keys that one turn may look at.</summary>
    public const int PageSizeMax = 10_000;

    /// <summary>
    /// A glob that the key, without the view's prefix, must match; null is every key. Default null.
    /// </summary>
    /// <remarks>
    /// <c>*</c> any bytes, <c>?</c> any one byte, <c>[abc]</c> and <c>[a-z]</c> one of these, <c>[^a-z]</c> one that is none of
    /// these, <c>\</c> takes the next byte as it is. Bytes, not characters: <c>?</c> is one byte of UTF-8.
    /// </remarks>
    public KvKey? Pattern { get; init; }

    /// <summary>The data type that the key must hold; null is any. Default null.</summary>
    public KeyType? Type { get; init; }

    /// <summary>Keys looked at in one turn, in keys. Range 1 to 10,000; default 250.</summary>
    /// <remarks>Larger pages are faster as a whole and hold the loop longer: about 0.1 µs a key.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int PageSize
    {
        get;
        init => field = value is >= 1 and <= PageSizeMax
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"A page must have 1 to {PageSizeMax} keys. Choose a size in this range.");
    } = 250;
}

/// <summary>One page of a scan.</summary>
/// <param name="Keys">The keys of this page that were asked for; it may be empty though the scan goes on.</param>
/// <param name="NextCursor">To be given to the next call; 0 if this was the last page. It means nothing else.</param>
public sealed record KeyPage(IReadOnlyList<KvKey> Keys, ulong NextCursor);
