using KvEmbedded.Engine;

namespace KvEmbedded.Sets;

/// <summary>
/// The members of one set, in one of three forms: integers in a sorted array while there are few and all are integers, then
/// flat in one array while there are few, then in pages with a hash index. A set grows from form to form by itself.
/// </summary>
/// <remarks>
/// Positions and spans of members that this type hands out are valid until its next mutation. In every form a scan goes in
/// the order of the members' hashes.
/// </remarks>
internal sealed class MemberSet : IDataValue
{
    private const int ObjectBytes = 40;

    private MemberForm form;

    public MemberSet()
        : this(SetShape.Default)
    {
    }

    public MemberSet(SetShape shape) => form = new IntegerMembers(shape);

    private MemberSet(MemberForm form) => this.form = form;

    public KeyType Type => KeyType.Set;

    public bool IsEmpty => form.Count == 0;

    /// <summary>How many members there are, O(1).</summary>
    public int Count => form.Count;

    /// <summary>Is another one after every change; a reader that comes back sees by it whether the set is still the same.</summary>
    public long Version { get; private set; }

    public long MemoryBytes => ObjectBytes + form.MemoryBytes;

    public IEffectSink? Effects { get; set; }

    internal MemberForm Form => form;

    public IDataValue Copy() => new MemberSet(form.Copy());

    /// <summary>True if the member is in the set. O(1); at most O(log n) or O(n) in the forms for few.</summary>
    public bool Contains(ReadOnlySpan<byte> member) => form.Find(member) != 0;

    /// <summary>The position of a member, or 0.</summary>
    public uint Find(ReadOnlySpan<byte> member) => form.Find(member);

    /// <summary>True if there is room for a member, or it is there. O(1).</summary>
    public bool HasRoomFor(ReadOnlySpan<byte> member) => form.Room.FitsAny(1) || Contains(member);

    /// <summary>True if there is room for those of the members that are not there. O(1); O(n), n members, near the limit.</summary>
    public bool HasRoomFor(ReadOnlyMemory<byte>[] members)
    {
        var room = form.Room;
        return room.FitsAny(members.Length) || room.Fits(Sizes(members)) || room.Fits(Sizes(members.Where(member => !Contains(member.Span))));

        static IEnumerable<int> Sizes(IEnumerable<ReadOnlyMemory<byte>> members) => members.Select(static member => PlainMember.BytesOf(member.Length));
    }

    /// <summary>Adds a member. False if it was there. O(1) amortized; at most one segment is rehashed.</summary>
    /// <exception cref="KeyFullException">The set is as large as it can be; nothing was added.</exception>
    public bool Add(ReadOnlySpan<byte> member)
    {
        var result = form.Add(member);
        if (result == AddResult.Present) return false;
        if (result == AddResult.Unfit)
        {
            form = form.WithRoomFor(member);
            form.Add(member);
        }

        Version++;
        Effects?.Report(new SetMemberAdded(member.ToArray()));
        return true;
    }

    /// <summary>Removes a member. False if it was not there. O(1) amortized.</summary>
    public bool Remove(ReadOnlySpan<byte> member)
    {
        var position = form.Find(member);
        if (position == 0) return false;
        RemoveAt(position);
        return true;
    }

    /// <summary>Removes the member at a position. O(1) amortized.</summary>
    public void RemoveAt(uint position)
    {
        Version++;
        if (Effects is null)
        {
            form.RemoveAt(position);
            form = form.Fitting();
            return;
        }

        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        var removed = new SetMemberRemoved(form.Member(position, scratch).ToArray());
        form.RemoveAt(position);
        form = form.Fitting();
        Effects.Report(removed);
    }

    /// <summary>The member at a position: a view of storage or of the scratch, which has room for a 64-bit integer.</summary>
    public ReadOnlySpan<byte> Member(uint position, Span<byte> scratch) => form.Member(position, scratch);

    /// <summary>Goes to the next member, in no order that means anything; from 0 to the first. False if there is none.</summary>
    public bool TryNext(ref uint position) => form.TryNext(ref position);

    /// <summary>The position of a member by chance, each as likely as any other. O(1) expected. The set is not empty.</summary>
    public uint Pick(Random random) => form.Pick(random);

    /// <summary>
    /// One page of a scan that outlives any mutation between its pages. A cursor is the lowest hash not yet looked at: a
    /// member that is there all the time is seen exactly once, whatever is added and removed, and whatever form the set takes.
    /// </summary>
    /// <param name="cursor">0 to begin; then what the page before returned.</param>
    /// <param name="count">About how many members, at least 1; a set in a form for few returns all that are left.</param>
    /// <param name="positions">Gets the positions of the page's members; there may be none before the scan is at its end.</param>
    /// <returns>The cursor of the next page; 0 when this was the last.</returns>
    public uint Scan(uint cursor, int count, List<uint> positions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        positions.Clear();
        return form.Scan(cursor, count, positions);
    }

    public void CheckInvariants() => form.CheckInvariants();
}
