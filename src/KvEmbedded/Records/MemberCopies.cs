namespace KvEmbedded.Records;

/// <summary>
/// Copies members one behind the other into shared arrays: a member of 16 bytes in an array of its own would be three times
/// as much memory, and a range of a hundred a hundred objects. Who keeps one of the members keeps its array, 4 KiB at most.
/// </summary>
internal struct MemberCopies
{
    private const int SharedMax = 4096;

    private byte[]? room;
    private int used;

    /// <param name="member">What to copy.</param>
    /// <param name="toCome">How many members will be copied, this one included: a guess at the room they need.</param>
    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> member, int toCome)
    {
        if (member.IsEmpty) return default;
        if (room is null || member.Length > room.Length - used)
        {
            if (member.Length > SharedMax / 4) return member.ToArray();
            room = GC.AllocateUninitializedArray<byte>((int)Math.Min((long)member.Length * toCome, SharedMax));
            used = 0;
        }

        var copy = room.AsMemory(used, member.Length);
        member.CopyTo(copy.Span);
        used += member.Length;
        return copy;
    }
}
