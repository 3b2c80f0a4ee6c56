using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetTree
{
    /// <summary>True if there is room for a member, or it is there. O(1).</summary>
    public bool HasRoomFor(ReadOnlySpan<byte> member) => pages.Room.FitsAny(1) || Contains(member);

    /// <summary>True if there is room for those of the entries that are not there. O(1); O(n), n entries, near the limit.</summary>
    public bool HasRoomFor((ReadOnlyMemory<byte> Member, double Score)[] entries)
    {
        var room = pages.Room;
        return room.FitsAny(entries.Length) || room.Fits(Sizes(entries)) || room.Fits(Sizes(entries.Where(entry => !Contains(entry.Member.Span))));

        static IEnumerable<int> Sizes(IEnumerable<(ReadOnlyMemory<byte> Member, double Score)> entries) =>
            entries.Select(static entry => ScoredMember.BytesOf(entry.Member.Length));
    }

    /// <summary>Adds a member, or gives it another score. O(log n).</summary>
    /// <remarks>The score is not NaN. -0 and 0 are equal: the one does not replace the other.</remarks>
    /// <exception cref="KeyFullException">The set is as large as it can be; nothing was added.</exception>
    public PutResult Put(ReadOnlySpan<byte> member, double score)
    {
        var hash = HashIfIndexed(member);
        var handle = Find(member, hash);
        if (handle == 0)
        {
            Add(member, score, hash);
            return PutResult.Added;
        }

        var previous = pages.Score(handle);
        if (previous == score) return PutResult.Unchanged;

        Version++;
        order.Move(previous, member, handle, score);
        pages.SetScore(handle, score);
        Effects?.Report(new SortedSetPut(member.ToArray(), score, previous));
        return PutResult.Moved;
    }

    private void Add(ReadOnlySpan<byte> member, double score, uint hash)
    {
        if (index is null && order.Count == shape.UnindexedMax)
        {
            BuildIndex();
            hash = Hash(member);
        }

        Version++;
        var handle = pages.Append(member, score);
        order.Insert(score, member, handle);
        index?.Add(hash, handle);
        Effects?.Report(new SortedSetPut(member.ToArray(), score, null));
    }

    private void BuildIndex()
    {
        index = new RecordIndex<ScoredMember>(pages, shape);
        foreach (var handle in order.OneLeaf) index.Add(Hash(pages.Member(handle)), handle);
    }
}

/// <summary>What a put did.</summary>
internal enum PutResult
{
    /// <summary>The member had that score already.</summary>
    Unchanged,

    /// <summary>The member was there and has another score now.</summary>
    Moved,

    /// <summary>The member is new.</summary>
    Added,
}
