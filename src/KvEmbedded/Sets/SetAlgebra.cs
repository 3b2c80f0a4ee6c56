using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>Union, intersection and difference of sets, to be stored or to be read. The sources stay as they are.</summary>
/// <remarks>
/// Null stands for a set that is missing. What a stored result has in common with its largest source is copied in whole
/// arrays, and what is read is not put into a set first where that can be avoided.
/// </remarks>
internal static class SetAlgebra
{
    /// <summary>With so many sets a union looks whether an earlier one has the member; with more, a set of the members seen is cheaper.</summary>
    private const int LookedUpMax = 4;

    /// <summary>The members of any set, as a set of its own.</summary>
    public static MemberSet Union(MemberSet?[] sets)
    {
        var sources = LargestFirst(sets);
        if (sources.Length == 0) return new MemberSet();
        var result = (MemberSet)sources[0].Copy();
        foreach (var set in sources.AsSpan(1)) AddAll(result, set);
        return result;
    }

    /// <summary>The members of all sets, as a set of its own.</summary>
    public static MemberSet Intersection(MemberSet?[] sets)
    {
        var result = new Collected();
        Intersect(sets, ref result);
        return result.Set;
    }

    /// <summary>The members of the first set that no other has, as a set of its own.</summary>
    public static MemberSet Difference(MemberSet?[] sets)
    {
        if (sets[0] is not { } first) return new MemberSet();
        var others = LargestFirst(sets.AsSpan(1));
        if (AreFewer(others, first))
        {
            var left = (MemberSet)first.Copy();
            foreach (var set in others) RemoveAll(left, set);
            return left;
        }

        var result = new Collected();
        Subtract(first, others, ref result);
        return result.Set;
    }

    /// <summary>The members of any set.</summary>
    public static KvValue[] ReadUnion(MemberSet?[] sets)
    {
        var sources = LargestFirst(sets);
        if (sources.Length > LookedUpMax) return SetReads.All(Union(sets));
        if (sources.Length < 2) return sources.Length == 0 ? [] : SetReads.All(sources[0]);

        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        var result = new Listed(sources[0].Count);
        for (var i = 0; i < sources.Length; i++)
        {
            for (var position = 0u; sources[i].TryNext(ref position);)
            {
                var member = sources[i].Member(position, scratch);
                if (!IsInAny(sources.AsSpan(0, i), member)) result.Add(member);
            }
        }

        return result.ToArray();
    }

    /// <summary>The members of all sets.</summary>
    public static KvValue[] ReadIntersection(MemberSet?[] sets)
    {
        var result = new Listed(0);
        Intersect(sets, ref result);
        return result.ToArray();
    }

    /// <summary>The members of the first set that no other has.</summary>
    public static KvValue[] ReadDifference(MemberSet?[] sets)
    {
        if (sets[0] is not { } first) return [];
        var others = LargestFirst(sets.AsSpan(1));
        if (others.Length == 0) return SetReads.All(first);
        if (AreFewer(others, first)) return ReadWithout(first, others);

        var result = new Listed(0);
        Subtract(first, others, ref result);
        return result.ToArray();
    }

    /// <summary>How many members all sets have, at most the limit.</summary>
    public static long CountIntersection(MemberSet?[] sets, long limit)
    {
        var result = new Counted(limit);
        Intersect(sets, ref result);
        return result.Count;
    }

    /// <summary>Walks the smallest set and looks its members up in the others, the next smallest first.</summary>
    private static void Intersect<TResult>(MemberSet?[] sets, ref TResult result) where TResult : struct, IResult
    {
        if (Array.IndexOf(sets, null) >= 0) return;
        var sources = LargestFirst(sets);
        Array.Reverse(sources);
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        for (var position = 0u; !result.IsFull && sources[0].TryNext(ref position);)
        {
            var member = sources[0].Member(position, scratch);
            if (IsInAll(sources.AsSpan(1), member)) result.Add(member);
        }
    }

    /// <summary>Walks the first set and looks its members up in the others, the largest first: it has most of them.</summary>
    private static void Subtract<TResult>(MemberSet first, MemberSet[] others, ref TResult result) where TResult : struct, IResult
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        for (var position = 0u; first.TryNext(ref position);)
        {
            var member = first.Member(position, scratch);
            if (!IsInAny(others, member)) result.Add(member);
        }
    }

    /// <summary>Looks up the members of the others, which are few, in the first, and leaves them out of it.</summary>
    private static KvValue[] ReadWithout(MemberSet first, MemberSet[] others)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        var leftOut = new HashSet<uint>();
        foreach (var set in others)
        {
            for (var position = 0u; set.TryNext(ref position);)
            {
                if (first.Find(set.Member(position, scratch)) is not 0 and var found) leftOut.Add(found);
            }
        }

        var result = new Listed(first.Count - leftOut.Count);
        for (var position = 0u; first.TryNext(ref position);)
        {
            if (!leftOut.Contains(position)) result.Add(first.Member(position, scratch));
        }

        return result.ToArray();
    }

    private static void AddAll(MemberSet result, MemberSet set)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        for (var position = 0u; set.TryNext(ref position);) result.Add(set.Member(position, scratch));
    }

    private static void RemoveAll(MemberSet result, MemberSet set)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        for (var position = 0u; set.TryNext(ref position);) result.Remove(set.Member(position, scratch));
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

    private static bool AreFewer(MemberSet[] others, MemberSet first) => others.Sum(static set => (long)set.Count) < first.Count;

    private static bool IsInAny(ReadOnlySpan<MemberSet> sets, ReadOnlySpan<byte> member)
    {
        foreach (var set in sets)
        {
            if (set.Contains(member)) return true;
        }

        return false;
    }

    private static bool IsInAll(ReadOnlySpan<MemberSet> sets, ReadOnlySpan<byte> member)
    {
        foreach (var set in sets)
        {
            if (!set.Contains(member)) return false;
        }

        return true;
    }

    /// <summary>What becomes of the members of a result.</summary>
    private interface IResult
    {
        bool IsFull { get; }

        void Add(ReadOnlySpan<byte> member);
    }

    /// <summary>They are put into a set.</summary>
    private readonly struct Collected() : IResult
    {
        public MemberSet Set { get; } = new();

        public bool IsFull => false;

        public void Add(ReadOnlySpan<byte> member) => Set.Add(member);
    }

    /// <summary>They are copied out.</summary>
    private struct Listed(int capacity) : IResult
    {
        private readonly List<KvValue> members = new(capacity);
        private MemberCopies copies;

        public readonly bool IsFull => false;

        public void Add(ReadOnlySpan<byte> member) => members.Add(copies.Copy(member, Math.Max(8, members.Count)));

        public readonly KvValue[] ToArray() => [.. members];
    }

    /// <summary>They are counted, up to a limit.</summary>
    private struct Counted(long limit) : IResult
    {
        public long Count { get; private set; }

        public readonly bool IsFull => Count >= limit;

        public void Add(ReadOnlySpan<byte> member) => Count++;
    }
}
