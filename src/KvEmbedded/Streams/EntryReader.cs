namespace KvEmbedded.Streams;

/// <summary>
/// Makes entries to go out of what stands in pages. The names that the entries of a page share are copied once for all of
/// them, the values of an entry together.
/// </summary>
internal struct EntryReader
{
    private StreamPage? page;
    private KvValue[] names;

    public StreamEntry Read(EntryCursor cursor) => Read(cursor.Page, cursor.Entry);

    public StreamEntry Read(ReverseCursor cursor) => Read(cursor.Page, cursor.Entry);

    public StreamEntry Read(StreamPage from, PageEntry entry)
    {
        var body = from.Body(entry).ToArray();
        var at = 0;
        StreamField[] fields;
        if (entry.HasNames)
        {
            fields = new StreamField[(int)FieldBytes.Read(body, ref at)];
            for (var i = 0; i < fields.Length; i++) fields[i] = new StreamField(Take(body, ref at), Take(body, ref at));
        }
        else
        {
            if (page != from) ReadNames(from);
            fields = new StreamField[names.Length];
            for (var i = 0; i < fields.Length; i++) fields[i] = new StreamField(names[i], Take(body, ref at));
        }

        return new StreamEntry(entry.Id, fields);
    }

    private void ReadNames(StreamPage from)
    {
        page = from;
        var bytes = from.Names.ToArray();
        names = new KvValue[from.FieldCount];
        var at = 0;
        for (var i = 0; i < names.Length; i++) names[i] = Take(bytes, ref at);
    }

    private static KvValue Take(byte[] bytes, ref int at)
    {
        var length = (int)FieldBytes.Read(bytes, ref at);
        var begin = at;
        at += length;
        return new ReadOnlyMemory<byte>(bytes, begin, length);
    }
}
