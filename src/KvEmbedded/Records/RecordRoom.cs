namespace KvEmbedded.Records;

/// <summary>
/// How many more records one value can take. Asked before the first of several is added, so that all are or none; a few pages
/// are kept back from it, for records that move and for what a failed transaction takes back.
/// </summary>
/// <param name="shape">The sizes of the pages.</param>
/// <param name="pagesTaken">Pages in use.</param>
internal readonly struct RecordRoom(RecordShape shape, int pagesTaken)
{
    private const int PagesKeptMin = 4;

    /// <summary>One of so many pages is kept back.</summary>
    private const int PagesPerKept = 64;

    private int PagesFree => shape.PagesMax - Math.Max(PagesKeptMin, shape.PagesMax / PagesPerKept) - pagesTaken;

    /// <summary>True if so many records fit, whatever their size. O(1). False says nothing.</summary>
    public bool FitsAny(int count) => PagesFree >= count;

    /// <summary>True if records of these sizes, in bytes, fit. O(n), n records.</summary>
    public bool Fits(IEnumerable<int> sizes)
    {
        var (pagesOfTheirOwn, shared) = (0L, 0L);
        foreach (var bytes in sizes)
        {
            if (bytes > shape.SharedRecordBytesMax) pagesOfTheirOwn++;
            else shared += bytes;
        }

        // A page that is left for another one is full but for less than one shared record.
        var filled = shape.PageBytes - shape.SharedRecordBytesMax;
        return pagesOfTheirOwn + ((shared + filled - 1) / filled) <= PagesFree;
    }
}
