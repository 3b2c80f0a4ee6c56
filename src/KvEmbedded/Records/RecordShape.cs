namespace KvEmbedded.Records;

/// <summary>
/// The sizes that pages of records and their index are built with. The defaults were measured; tests choose tiny ones, so
/// that a dozen records already split, evacuate and collide.
/// </summary>
internal abstract record RecordShape
{
    /// <summary>Records begin at multiples of so many bytes.</summary>
    public const int UnitBytes = 4;

    /// <summary>Two to this power units of 4 bytes are one page of records.</summary>
    public int PageBits { get; init; } = 14;

    /// <summary>Most pages of one value; with the page's bits at most 32 bits.</summary>
    public int PagesMax { get; init; } = 1 << 18;

    /// <summary>Bytes of a page.</summary>
    public int PageBytes => UnitBytes << PageBits;

    /// <summary>Longer records get a page of their own, so that a full page wastes at most a quarter.</summary>
    public int SharedRecordBytesMax => PageBytes / 4;

    /// <summary>Two to this power home slots are one full segment of the hash index.</summary>
    public int SegmentBits { get; init; } = 10;

    /// <summary>Segments cover at least two to the power of (32 - this) hashes; deeper ones only lengthen.</summary>
    public int DepthMax { get; init; } = 21;

    /// <summary>Bits of a name's hash that are used; fewer make names collide.</summary>
    public uint HashMask { get; init; } = uint.MaxValue;
}
