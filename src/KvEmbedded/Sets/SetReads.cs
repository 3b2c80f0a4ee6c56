using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>Reading members out of a set, in a turn: what goes out is a copy.</summary>
internal static class SetReads
{
    /// <summary>All members.</summary>
    public static KvValue[] All(MemberSet set)
    {
        var members = new KvValue[set.Count];
        var position = 0u;
        Read(set, ref position, members);
        return members;
    }

    /// <summary>The members behind a position, as many as there is room for; the position goes along.</summary>
    public static void Read(MemberSet set, ref uint position, Span<KvValue> members)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        var copies = new MemberCopies();
        for (var i = 0; i < members.Length && set.TryNext(ref position); i++)
            members[i] = copies.Copy(set.Member(position, scratch), members.Length - i);
    }

    /// <summary>The member at a position.</summary>
    public static KvValue At(MemberSet set, uint position)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        return set.Member(position, scratch).ToArray();
    }

    /// <summary>The members at some positions.</summary>
    public static KvValue[] At(MemberSet set, IReadOnlyCollection<uint> positions)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        var members = new KvValue[positions.Count];
        var copies = new MemberCopies();
        var i = 0;
        foreach (var position in positions)
        {
            members[i] = copies.Copy(set.Member(position, scratch), members.Length - i);
            i++;
        }

        return members;
    }

    /// <summary>Different members, each choice of so many as likely as any other; all if there are not more.</summary>
    public static KvValue[] PickDistinct(Random random, MemberSet set, int count)
    {
        if (count >= set.Count) return All(set);
        return count < set.Count / 4 ? At(set, PickOneByOne(random, set, count)) : At(set, PickOnTheWay(random, set, count));
    }

    /// <summary>Few of many: picks again what was picked before.</summary>
    private static HashSet<uint> PickOneByOne(Random random, MemberSet set, int count)
    {
        var picks = new HashSet<uint>(count);
        while (picks.Count < count) picks.Add(set.Pick(random));
        return picks;
    }

    /// <summary>Many of them: goes through all, and takes each with the chance that is left (C. T. Fan and others, 1962).</summary>
    private static List<uint> PickOnTheWay(Random random, MemberSet set, int count)
    {
        var picks = new List<uint>(count);
        var left = set.Count;
        for (var position = 0u; picks.Count < count && set.TryNext(ref position); left--)
        {
            if (random.Next(left) < count - picks.Count) picks.Add(position);
        }

        return picks;
    }
}
