namespace KvEmbedded;

/// <summary>Which members a scan of one key returns, and how many it looks at in one turn.</summary>
public sealed record MemberScan
{
    /// <summary>Most members that one turn may look at.</summary>
    public const int PageSizeMax = 10_000;

    internal static MemberScan Default { get; } = new();

    /// <summary>A glob that the member must match; null is every member. Default null.</summary>
    /// <remarks>
    /// <c>*</c> any bytes, <c>?</c> any one byte, <c>[abc]</c> and <c>[a-z]</c> one of these, <c>[^a-z]</c> one that is none of
    /// these, <c>\</c> takes the next byte as it is. Bytes, not characters: <c>?</c> is one byte of UTF-8.
    /// </remarks>
    public KvValue? Pattern { get; init; }

    /// <summary>Members looked at in one turn, in members. Range 1 to 10,000; default 250.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public int PageSize
    {
        get;
        init => field = value is >= 1 and <= PageSizeMax
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"A page must have 1 to {PageSizeMax} members. Choose a size in this range.");
    } = 250;
}
