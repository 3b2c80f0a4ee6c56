using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>
/// How the members of a set lie in memory. A member is named by its position, which is never 0 and good until the next
/// mutation; positions in ascending steps of <see cref="TryNext"/> are all members.
/// </summary>
internal abstract class MemberForm
{
    /// <summary>Room that <see cref="Member"/> needs for a member that does not lie there as text: a 64-bit integer.</summary>
    public const int ScratchLength = 20;

    /// <summary>How many members there are, O(1).</summary>
    public abstract int Count { get; }

    /// <summary>Bytes held, O(1).</summary>
    public abstract long MemoryBytes { get; }

    /// <summary>What may still be added to these members, whatever form they take then.</summary>
    public abstract RecordRoom Room { get; }

    /// <summary>The position of a member, or 0.</summary>
    public abstract uint Find(ReadOnlySpan<byte> member);

    /// <summary>As <see cref="Find(ReadOnlySpan{byte})"/>, with the member's hash.</summary>
    public virtual uint Find(ReadOnlySpan<byte> member, uint hash) => Find(member);

    /// <summary>Asks the processor for what a search for this hash will read first.</summary>
    public virtual void PrefetchPlace(uint hash)
    {
    }

    /// <summary>Asks the processor for what a search for this hash will read next, when the first has come.</summary>
    public virtual void PrefetchMember(uint hash)
    {
    }

    /// <summary>Adds a member, if it is new and this form can hold it.</summary>
    public abstract AddResult Add(ReadOnlySpan<byte> member);

    /// <summary>Removes the member at a position.</summary>
    public abstract void RemoveAt(uint position);

    /// <summary>The member at a position: a view of storage or of the scratch.</summary>
    public abstract ReadOnlySpan<byte> Member(uint position, Span<byte> scratch);

    /// <summary>Goes to the next member; from 0 to the first. False if there is none.</summary>
    public abstract bool TryNext(ref uint position);

    /// <summary>The position of a member by chance, each as likely as any other. There is one.</summary>
    public abstract uint Pick(Random random);

    /// <summary>Collects the positions of one page of a scan, in the order of hashes; see <see cref="MemberSet.Scan"/>.</summary>
    public abstract uint Scan(uint cursor, int count, List<uint> positions);

    /// <summary>A form that can hold these members, and this one more.</summary>
    public abstract MemberForm WithRoomFor(ReadOnlySpan<byte> member);

    /// <summary>A smaller form of the same members, or this one.</summary>
    public virtual MemberForm Fitting() => this;

    /// <summary>A deep copy. Positions stay.</summary>
    public abstract MemberForm Copy();

    /// <summary>Asserts every invariant.</summary>
    public abstract void CheckInvariants();

    /// <summary>Takes all members of another form, which are new here and fit.</summary>
    protected void AddAll(MemberForm other)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        for (var position = 0u; other.TryNext(ref position);) Add(other.Member(position, scratch));
    }
}

/// <summary>What came of adding a member.</summary>
internal enum AddResult
{
    /// <summary>It was there already.</summary>
    Present,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is not there, and cannot be held in this form.</summary>
    Unfit,
}
