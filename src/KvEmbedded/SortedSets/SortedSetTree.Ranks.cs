namespace KvEmbedded.SortedSets;

/// <summary>Every range is an interval of ranks; these find its ends.</summary>
internal sealed partial class SortedSetTree
{
    /// <summary>How many entries lie before a member, and its score. O(log n). False if it is not there.</summary>
    public bool TryGetRank(ReadOnlySpan<byte> member, out int rank, out double score)
    {
        var handle = Find(member, HashIfIndexed(member));
        if (handle == 0)
        {
            (rank, score) = (0, 0);
            return false;
        }

        score = pages.Score(handle);
        rank = order.RankOf(score, member, handle);
        return true;
    }

    /// <summary>The rank of the first entry whose score is at least the bound; the count if there is none. O(log n).</summary>
    public int RankAtScore(double bound) => order.CountOfScores(bound, upTo: false);

    /// <summary>The rank of the first entry whose score is above the bound; the count if there is none. O(log n).</summary>
    public int RankAboveScore(double bound) => order.CountOfScores(bound, upTo: true);

    /// <summary>The rank of the first entry whose member is at least the bound, if all scores are equal. O(log n).</summary>
    public int RankAtMember(ReadOnlySpan<byte> bound) => order.CountOfMembers(bound, upTo: false);

    /// <summary>The rank of the first entry whose member is above the bound, if all scores are equal. O(log n).</summary>
    public int RankAboveMember(ReadOnlySpan<byte> bound) => order.CountOfMembers(bound, upTo: true);

    /// <summary>The member and the score at a rank; a view of storage. O(log n).</summary>
    public ReadOnlySpan<byte> MemberAt(int rank, out double score)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, Count);

        order.Locate(rank, out var place);
        score = place.Leaf.Scores[place.Entry];
        return pages.Member(place.Leaf.Handles[place.Entry]);
    }

    /// <summary>Reads entries one by one from a rank on, up to the end in that direction. O(log n), then O(1) each.</summary>
    /// <remarks>The rank is counted from the lowest score in both directions.</remarks>
    public RankCursor From(int rank, Order direction) => new(order, pages, rank, direction);
}
