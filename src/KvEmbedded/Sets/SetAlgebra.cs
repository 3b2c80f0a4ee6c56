namespace KvEmbedded.Sets;

/// <summary>Union, intersection and difference of sets, to be stored or to be read. The sources stay as they are.</summary>
/// <remarks>
/// Null stands for a set that is missing. What a stored result has in common with its largest source is copied in whole
/// arrays. What is read is a few walks, each of which can be interrupted.
/// </remarks>
internal static class SetAlgebra
{
    /// <summary>With so many sets a union looks whether an earlier one has the member; with more that would cost too much.</summary>
    private const int LookedUpMax = 4;

    /// <summary>The walks that come by the members of any set: once each, unless there are many sets.</summary>
    public static SetPlan ReadUnion(MemberSet?[] sets)
    {
        var sources = LargestFirst(sets);
        var mayRepeat = sources.Length > LookedUpMax;
        var walks = new SetWalk[sources.Length];
        for (var i = 0; i < walks.Length; i++) walks[i] = new SetWalk(sources[i], mayRepeat ? [] : sources[..i], areIn: false);
        return new SetPlan(walks, mayRepeat);
    }

    /// <summary>The walk through the smallest set that looks its members up in the others, the next smallest first.</summary>
    public static SetPlan ReadIntersection(MemberSet?[] sets)
    {
        if (Array.IndexOf(sets, null) >= 0) return new SetPlan([], false);
        var sources = LargestFirst(sets);
        Array.Reverse(sources);
        return new SetPlan([new SetWalk(sources[0], sources[1..], areIn: true)], false);
    }

    /// <summary>The walk through the first set that looks its members up in the others, the largest first: it has most of them.</summary>
    public static SetPlan ReadDifference(MemberSet?[] sets) =>
        new(sets[0] is { } first ? [new SetWalk(first, LargestFirst(sets.AsSpan(1)), areIn: false)] : [], false);

    /// <summary>The members of any set, as a set of its own.</summary>
    public static MemberSet Union(MemberSet?[] sets)
    {
        var sources = LargestFirst(sets);
        if (sources.Length == 0) return new MemberSet();
        var result = new Collected((MemberSet)sources[0].Copy());
        foreach (var set in sources.AsSpan(1)) new SetWalk(set, [], areIn: false).Go(ref result);
        return result.Set;
    }

    /// <summary>The members of all sets, as a set of its own.</summary>
    public static MemberSet Intersection(MemberSet?[] sets)
    {
        var result = new Collected(new MemberSet());
        foreach (var walk in ReadIntersection(sets).Walks) walk.Go(ref result);
        return result.Set;
    }

    /// <summary>The members of the first set that no other has, as a set of its own.</summary>
    public static MemberSet Difference(MemberSet?[] sets)
    {
        if (sets[0] is not { } first) return new MemberSet();
        var others = LargestFirst(sets.AsSpan(1));
        if (others.Sum(static set => (long)set.Count) >= first.Count)
        {
            var result = new Collected(new MemberSet());
            new SetWalk(first, others, areIn: false).Go(ref result);
            return result.Set;
        }

        var left = new Reduced((MemberSet)first.Copy());
        foreach (var set in others) new SetWalk(set, [], areIn: false).Go(ref left);
        return left.Set;
    }

    /// <summary>How many members all sets have, at most the limit.</summary>
    public static long CountIntersection(MemberSet?[] sets, long limit)
    {
        var result = new Counted(limit);
        foreach (var walk in ReadIntersection(sets).Walks) walk.Go(ref result);
        return result.Count;
    }

    /// <summary>The sets that are there, each once, the largest first.</summary>
    private static MemberSet[] LargestFirst(ReadOnlySpan<MemberSet?> sets)
    {
        var sources = new HashSet<MemberSet>(ReferenceEqualityComparer.Instance);
        foreach (var set in sets)
        {
            if (set is not null) sources.Add(set);
        }

        return [.. sources.OrderByDescending(static set => set.Count)];
    }

    /// <summary>Members are put into a set.</summary>
    private readonly struct Collected(MemberSet set) : ISetResult
    {
        public MemberSet Set => set;

        public bool IsFull => false;

        public void Add(ReadOnlySpan<byte> member) => set.Add(member);
    }

    /// <summary>Members are taken out of a set.</summary>
    private readonly struct Reduced(MemberSet set) : ISetResult
    {
        public MemberSet Set => set;

        public bool IsFull => false;

        public void Add(ReadOnlySpan<byte> member) => set.Remove(member);
    }

    /// <summary>Members are counted, up to a limit.</summary>
    private struct Counted(long limit) : ISetResult
    {
        public long Count { get; private set; }

        public readonly bool IsFull => Count >= limit;

        public void Add(ReadOnlySpan<byte> member) => Count++;
    }
}

/// <summary>How the result of an operation on sets is read.</summary>
/// <param name="Walks">The ways to go, one after the other.</param>
/// <param name="MayRepeat">Whether they may come by a member more than once.</param>
internal readonly record struct SetPlan(SetWalk[] Walks, bool MayRepeat)
{
    /// <summary>How many members the walks come by.</summary>
    public long Length => Walks.Sum(static walk => (long)walk.Length);
}
