using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

/// <remarks>
/// A hash of many fields is read a slice in each turn, so that it does not hold the loop. Its version tells whether it is
/// still the same: if not, the reading begins again, and the last attempt is one long turn. So what is returned was there at
/// one moment, all of it.
/// </remarks>
internal sealed partial class HashHandle
{
    /// <summary>Most fields read in one turn: some hundred microseconds.</summary>
    internal const int SliceLength = 4096;

    private const int SlicedAttempts = 3;

    /// <summary>Reads what is wanted of a record.</summary>
    private delegate TElement FieldReader<TElement>(ref byte record, ref MemberCopies copies, int toCome);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        RunOnAllAsync(0, static (_, fields, _) => (long)(fields?.Count ?? 0), nameof(CountAsync), cancellationToken);

    public ValueTask<HashEntry[]> GetAllAsync(CancellationToken cancellationToken) =>
        ReadAllAsync(
            static (ref byte record, ref MemberCopies copies, int toCome) => HashReads.EntryOf(ref record, ref copies, 2 * toCome),
            nameof(GetAllAsync), cancellationToken);

    public ValueTask<KvValue[]> GetFieldsAsync(CancellationToken cancellationToken) =>
        ReadAllAsync<KvValue>(
            static (ref byte record, ref MemberCopies copies, int toCome) => copies.Copy(FieldRecord.Name(ref record), toCome),
            nameof(GetFieldsAsync), cancellationToken);

    public ValueTask<KvValue[]> GetValuesAsync(CancellationToken cancellationToken) =>
        ReadAllAsync<KvValue>(
            static (ref byte record, ref MemberCopies copies, int toCome) => copies.Copy(FieldRecord.Value(ref record), toCome),
            nameof(GetValuesAsync), cancellationToken);

    private async ValueTask<TElement[]> ReadAllAsync<TElement>(
        FieldReader<TElement> reader, string name, CancellationToken cancellationToken)
    {
        var countMax = door.IsTransaction ? int.MaxValue : 2 * SliceLength;
        var start = await StartAsync(reader, countMax, name, cancellationToken).ConfigureAwait(false);
        for (var attempt = 1; start.Whole is null; attempt++)
        {
            var elements = new TElement[start.Count];
            if (await ReadSlicesAsync(start, reader, elements, name).ConfigureAwait(false)) return elements;
            start = await StartAsync(reader, attempt < SlicedAttempts ? countMax : int.MaxValue, name, CancellationToken.None)
                .ConfigureAwait(false);
        }

        return start.Whole;
    }

    /// <summary>Reads the whole hash if it is small, else notes which one it is (HGETALL, HKEYS, HVALS).</summary>
    private ValueTask<ReadStart<TElement>> StartAsync<TElement>(
        FieldReader<TElement> reader, int countMax, string name, CancellationToken cancellationToken) =>
        RunOnAllAsync(
            (reader, countMax),
            static (turn, fields, a) =>
            {
                if (fields is null) return new ReadStart<TElement>([], null, 0, 0);
                if (fields.Count > a.countMax) return new ReadStart<TElement>(null, fields, fields.Version, fields.Count);
                var elements = new TElement[fields.Count];
                Read(fields, 0, elements, a.reader);
                return new ReadStart<TElement>(elements, null, 0, 0);
            },
            name, cancellationToken);

    /// <summary>Reads a hash slice by slice; false if it has changed meanwhile.</summary>
    private async ValueTask<bool> ReadSlicesAsync<TElement>(
        ReadStart<TElement> start, FieldReader<TElement> reader, TElement[] elements, string name)
    {
        var (next, done) = (0u, 0);
        do
        {
            (next, var read) = await door.RunMeasuredAsync(
                key, (start, reader, next, Remaining: elements.AsMemory(done)),
                static (turn, key, a) => IsSame(turn, key, a.start.Fields!, a.start.Version)
                    ? Read(a.start.Fields!, a.next, a.Remaining.Span, a.reader, SliceLength)
                    : (0, -1),
                CancellationToken.None, name).ConfigureAwait(false);
            if (read < 0) return false;
            done += read;
        }
        while (next != 0);

        return true;
    }

    /// <summary>True if the key still holds this hash, nothing has changed in it, and none of its fields has come due.</summary>
    private static bool IsSame(Turn turn, EncodedKey key, HashFields fields, long version) =>
        turn.TryFind(key, out var location) && ReferenceEquals(location.Entry?.Value, fields) && fields.Version == version
        && (fields.NextDeadline == Expiry.NoDeadline || fields.NextDeadline > turn.Now);

    /// <summary>Reads fields from a cursor on. Returns where to go on, 0 at the end, and how many were read.</summary>
    private static (uint Next, int Count) Read<TElement>(
        HashFields fields, uint cursor, Span<TElement> elements, FieldReader<TElement> reader, int count = int.MaxValue)
    {
        var (page, copies) = (new ScanPage<FieldRecord>(), new MemberCopies());
        var next = fields.Scan(cursor, count, page);
        for (var i = 0; i < page.Count; i++) elements[i] = reader(ref page.At(i), ref copies, page.Count - i);
        return (next, page.Count);
    }

    /// <summary>
    /// What the first turn of a reading found: all of it, or which hash it is. Outside a turn the hash is only a name, which
    /// says whether the key still holds this one.
    /// </summary>
    private readonly record struct ReadStart<TElement>(TElement[]? Whole, HashFields? Fields, long Version, int Count);
}
