using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>Any number of members: their bytes in pages, found by a hash index. A position is a handle.</summary>
/// <remarks>Invariant: the index holds exactly the living records of the pages.</remarks>
internal sealed class HashedMembers : MemberForm
{
    private const int ObjectBytes = 48;

    /// <summary>Most records moved by one removal: some microseconds.</summary>
    private const int MovesPerRemovalMax = 32;

    private readonly SetShape shape;
    private readonly RecordPages<PlainMember> pages;
    private readonly RecordIndex<PlainMember> index;
    private int count;

    /// <summary>Bytes of living records that may still be moved out of sparse pages, at the expense of what died.</summary>
    private int evacuationDue;

    public HashedMembers(SetShape shape)
    {
        this.shape = shape;
        pages = new RecordPages<PlainMember>(shape);
        index = new RecordIndex<PlainMember>(pages, shape);
    }

    private HashedMembers(HashedMembers source)
    {
        (shape, count, evacuationDue) = (source.shape, source.count, source.evacuationDue);
        pages = source.pages.Copy();
        index = source.index.Copy(pages);
    }

    public override int Count => count;

    public override RecordRoom Room => pages.Room;

    public override long MemoryBytes => ObjectBytes + pages.MemoryBytes + index.MemoryBytes;

    /// <summary>These members.</summary>
    public static HashedMembers Of(SetShape shape, MemberForm members)
    {
        var hashed = new HashedMembers(shape);
        hashed.AddAll(members);
        return hashed;
    }

    public override uint Find(ReadOnlySpan<byte> member) => index.Find(Hash(member), member);

    public override uint Find(ReadOnlySpan<byte> member, uint hash) => index.Find(hash & shape.HashMask, member);

    public override void PrefetchPlace(uint hash) => index.Prefetch(hash & shape.HashMask);

    public override void PrefetchMember(uint hash) => index.PrefetchRecord(hash & shape.HashMask);

    public override AddResult Add(ReadOnlySpan<byte> member)
    {
        var hash = Hash(member);
        if (index.Find(hash, member) != 0) return AddResult.Present;

        PlainMember.Write(pages.Allocate(PlainMember.BytesOf(member.Length), out var handle), member);
        index.Add(hash, handle);
        count++;
        return AddResult.Added;
    }

    public override void RemoveAt(uint position)
    {
        index.Remove(Hash(pages.Name(position)), position);
        count--;

        // Twice what died may move: a page is emptied when less than half of it is alive, so moving keeps up with dying.
        evacuationDue = (int)Math.Min(evacuationDue + (2L * pages.Free(position)), int.MaxValue);
        MoveRecords();
    }

    public override ReadOnlySpan<byte> Member(uint position, Span<byte> scratch) => pages.Name(position);

    public override bool TryNext(ref uint position) => pages.TryNext(ref position);

    public override uint Pick(Random random) => index.Pick(random);

    public override uint Scan(uint cursor, int count, List<uint> positions) => index.Scan(cursor, count, positions);

    public override MemberForm WithRoomFor(ReadOnlySpan<byte> member) => this;

    /// <summary>Well below what the flat form holds, so that members that come and go do not change the form each time.</summary>
    public override MemberForm Fitting() =>
        count <= shape.FlatMembersMax / 4 && pages.LiveBytes <= shape.FlatBytesMax / 2 ? FlatMembers.Of(shape, this) : this;

    public override MemberForm Copy() => new HashedMembers(this);

    public override void CheckInvariants()
    {
        var handles = new HashSet<uint>();
        for (var handle = 0u; pages.TryNext(ref handle);)
        {
            Invariant.Holds(handles.Add(handle), "a handle stands once");
            Invariant.Holds(Find(pages.Name(handle)) == handle, "the index finds each member");
        }

        pages.CheckInvariants(handles);
        index.CheckInvariants(count);
        Invariant.Holds(handles.Count == count, "the members are counted");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Hash(ReadOnlySpan<byte> member) => ByteHash.Of(member) & shape.HashMask;

    /// <summary>Moves living records out of sparse pages, for as long as enough has died to pay for it.</summary>
    private void MoveRecords()
    {
        for (var moves = 0; evacuationDue > 0 && moves < MovesPerRemovalMax; moves++)
        {
            if (!pages.TryNextToMove(out var handle))
            {
                evacuationDue = 0;
                return;
            }

            var moved = pages.Move(handle);
            var member = pages.Name(moved);
            evacuationDue -= PlainMember.BytesOf(member.Length);
            index.Rename(Hash(member), handle, moved);
        }
    }
}
