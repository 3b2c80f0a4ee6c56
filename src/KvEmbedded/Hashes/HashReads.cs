using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

/// <summary>Reading fields in a turn: one whose time has come is not there, and what goes out is a copy.</summary>
internal static class HashReads
{
    public static bool Contains(Turn turn, HashFields? fields, ReadOnlySpan<byte> field) => TryGet(turn, fields, field, out _, out _);

    /// <summary>The value of a field, as a view of storage. False if there is none.</summary>
    public static bool TryGet(Turn turn, HashFields? fields, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value) =>
        TryGet(turn, fields, field, out value, out _);

    /// <summary>As the other, with the deadline or none.</summary>
    public static bool TryGet(Turn turn, HashFields? fields, ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value, out long deadline)
    {
        if (fields is not null && fields.TryGet(field, out value, out deadline)) return IsLive(turn, deadline);
        value = default;
        deadline = Expiry.NoDeadline;
        return false;
    }

    /// <summary>A copy of the value of a field; null if there is none.</summary>
    public static KvValue? Get(Turn turn, HashFields? fields, ReadOnlySpan<byte> field) =>
        TryGet(turn, fields, field, out var value) ? (KvValue?)value.ToArray() : null;

    /// <summary>Copies of the fields of a page that are there.</summary>
    public static HashEntry[] Entries(Turn turn, HashFields fields, ScanPage<FieldRecord> page)
    {
        var copies = new MemberCopies();
        var entries = new HashEntry[page.Count];
        var count = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            if (!IsLive(turn, fields.DeadlineOf(ref page.At(i)))) continue;
            entries[count++] = EntryOf(ref page.At(i), ref copies, 2 * (entries.Length - i));
        }

        return count == entries.Length ? entries : entries[..count];
    }

    /// <summary>Copies of a record's field and value.</summary>
    public static HashEntry EntryOf(ref byte record, ref MemberCopies copies, int toCome) =>
        new(copies.Copy(FieldRecord.Name(ref record), toCome), copies.Copy(FieldRecord.Value(ref record), toCome - 1));

    private static bool IsLive(Turn turn, long deadline) => deadline == Expiry.NoDeadline || deadline > turn.Now;
}
