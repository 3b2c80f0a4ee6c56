using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

/// <summary>A way through one set that takes the members which are in all of some others, or in none of them.</summary>
internal readonly struct SetWalk(MemberSet source, MemberSet[] others, bool areIn)
{
    /// <summary>Members looked up together.</summary>
    private const int BlockLength = 32;

    /// <summary>How many members it comes by.</summary>
    public int Length => source.Count;

    /// <summary>Goes on from a position, or begins at 0, for about so many members, and gives those it takes to the result.</summary>
    /// <returns>True at the end of the way, or when the result has had enough.</returns>
    /// <remarks>
    /// In blocks: while one member's place in another set is on its way from memory, those of the next ones are asked for.
    /// </remarks>
    public bool Go<TResult>(ref uint position, int lengthMax, ref TResult result) where TResult : struct, ISetResult
    {
        Span<uint> positions = stackalloc uint[BlockLength];
        Span<uint> hashes = stackalloc uint[BlockLength];
        for (var gone = 0; gone < lengthMax; gone += BlockLength)
        {
            var length = Fetch(ref position, positions, hashes);
            if (Take(positions[..length], hashes, ref result) || length < BlockLength) return true;
        }

        return false;
    }

    /// <summary>Goes the whole way.</summary>
    public void Go<TResult>(ref TResult result) where TResult : struct, ISetResult
    {
        var position = 0u;
        Go(ref position, int.MaxValue, ref result);
    }

    /// <summary>Names the next members, and asks for what looking them up will read.</summary>
    private int Fetch(ref uint position, Span<uint> positions, Span<uint> hashes)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        var fetched = others.AsSpan(0, Math.Min(others.Length, 2));
        var length = 0;
        for (; length < positions.Length && source.TryNext(ref position); length++)
        {
            positions[length] = position;
            if (others.Length == 0) continue;
            hashes[length] = ByteHash.Of(source.Member(position, scratch));
            foreach (var other in fetched) other.Form.PrefetchPlace(hashes[length]);
        }

        foreach (var other in fetched)
        {
            foreach (var hash in hashes[..length]) other.Form.PrefetchMember(hash);
        }

        return length;
    }

    private bool Take<TResult>(ReadOnlySpan<uint> positions, ReadOnlySpan<uint> hashes, ref TResult result) where TResult : struct, ISetResult
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        for (var i = 0; i < positions.Length && !result.IsFull; i++)
        {
            var member = source.Member(positions[i], scratch);
            if (AreIn(member, hashes[i])) result.Add(member);
        }

        return result.IsFull;
    }

    private bool AreIn(ReadOnlySpan<byte> member, uint hash)
    {
        foreach (var set in others)
        {
            if (set.Form.Find(member, hash) != 0 != areIn) return false;
        }

        return true;
    }
}

/// <summary>What becomes of the members that a walk takes.</summary>
internal interface ISetResult
{
    /// <summary>True when no more are wanted.</summary>
    bool IsFull { get; }

    void Add(ReadOnlySpan<byte> member);
}
