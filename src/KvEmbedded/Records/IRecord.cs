namespace KvEmbedded.Records;

/// <summary>
/// How the records of one kind lie in <see cref="RecordPages{TRecord}"/>. Implemented by empty structs, so that pages and
/// index are compiled for each kind of record by itself, with no call left.
/// </summary>
/// <remarks>
/// A record is written by its owner. It takes a multiple of 4 bytes, at least 4, begins at a multiple of 4, and knows its
/// own size, also once it is dead: a sparse page is walked from record to record.
/// </remarks>
internal interface IRecord
{
    /// <summary>Bytes that the record at this place takes; the same for as long as it lies there, dead or alive.</summary>
    static abstract int Bytes(ref byte record);

    /// <summary>What the record is found by: a member, a field. Stays readable when the record is dead.</summary>
    static abstract ReadOnlySpan<byte> Name(ref byte record);

    static abstract bool IsDead(ref byte record);

    /// <summary>Marks the record as dead; size and name stay.</summary>
    static abstract void Kill(ref byte record);
}
