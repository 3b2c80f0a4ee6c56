namespace KvEmbedded.Records;

/// <summary>The records of one page of a scan; reusable, valid until the next mutation of what was scanned.</summary>
internal sealed class ScanPage<TRecord>
    where TRecord : struct, IRecord
{
    private RecordPages<TRecord>? pages;

    public int Count => Handles.Count;

    internal List<uint> Handles { get; } = [];

    /// <summary>What a record of the page is found by; a view of storage.</summary>
    public ReadOnlySpan<byte> Name(int at) => TRecord.Name(ref At(at));

    /// <summary>The first byte of a record of the page.</summary>
    public ref byte At(int at) => ref pages!.At(Handles[at]);

    internal void Reset(RecordPages<TRecord> from)
    {
        pages = from;
        Handles.Clear();
    }
}
