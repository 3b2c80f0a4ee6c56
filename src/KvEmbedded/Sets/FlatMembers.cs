using System.Buffers.Binary;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>
/// A few members, one behind the other in one array: to look at each is as fast as a hash index of so few, and much smaller.
/// </summary>
/// <remarks>
/// A member is its length (1 byte, or 255 and 2 bytes) and its bytes. A position is where its length lies, plus 1.
/// </remarks>
internal sealed class FlatMembers(SetShape shape) : MemberForm
{
    private const int ObjectBytes = 40;
    private const byte LongLength = byte.MaxValue;

    private byte[] cells = [];
    private int used;
    private int count;

    public override int Count => count;

    /// <remarks>In pages all of them take one.</remarks>
    public override RecordRoom Room => new(shape, pagesTaken: 1);

    public override long MemoryBytes => ObjectBytes + (cells.Length == 0 ? 0 : ArrayBytes.Of(cells));

    /// <summary>True if so few members can lie flat, with one more.</summary>
    public static bool CanHold(SetShape shape, MemberForm members, ReadOnlySpan<byte> more)
    {
        if (members.Count >= shape.FlatMembersMax || more.Length > shape.FlatBytesMax) return false;
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var bytes = CellBytes(more.Length);
        for (var position = 0u; bytes <= shape.FlatBytesMax && members.TryNext(ref position);)
            bytes += CellBytes(members.Member(position, scratch).Length);
        return bytes <= shape.FlatBytesMax;
    }

    /// <summary>These members, few enough.</summary>
    public static FlatMembers Of(SetShape shape, MemberForm members)
    {
        var flat = new FlatMembers(shape);
        flat.AddAll(members);
        return flat;
    }

    public override uint Find(ReadOnlySpan<byte> member)
    {
        for (var at = 0; at < used;)
        {
            var found = MemberAt(at, out var next);
            if (found.SequenceEqual(member)) return (uint)at + 1;
            at = next;
        }

        return 0;
    }

    public override AddResult Add(ReadOnlySpan<byte> member)
    {
        if (Find(member) != 0) return AddResult.Present;
        if (count == shape.FlatMembersMax || member.Length > shape.FlatBytesMax) return AddResult.Unfit;
        var end = used + CellBytes(member.Length);
        if (end > shape.FlatBytesMax) return AddResult.Unfit;

        if (end > cells.Length) Array.Resize(ref cells, Math.Min(end + (end / 4) + 7, shape.FlatBytesMax + 7) & ~7);
        var cell = cells.AsSpan(used);
        if (member.Length < LongLength)
        {
            cell[0] = (byte)member.Length;
            member.CopyTo(cell[1..]);
        }
        else
        {
            cell[0] = LongLength;
            BinaryPrimitives.WriteUInt16LittleEndian(cell[1..], (ushort)member.Length);
            member.CopyTo(cell[3..]);
        }

        used = end;
        count++;
        return AddResult.Added;
    }

    public override void RemoveAt(uint position)
    {
        var at = (int)position - 1;
        MemberAt(at, out var next);

        cells.AsSpan(next, used - next).CopyTo(cells.AsSpan(at));
        used -= next - at;
        count--;
        if (used < cells.Length / 2 && cells.Length > 24) Array.Resize(ref cells, (used + (used / 4) + 7) & ~7);
    }

    public override ReadOnlySpan<byte> Member(uint position, Span<byte> scratch) => MemberAt((int)position - 1, out _);

    public override bool TryNext(ref uint position)
    {
        var next = 0;
        if (position != 0) MemberAt((int)position - 1, out next);
        if (next >= used) return false;
        position = (uint)next + 1;
        return true;
    }

    public override uint Pick(Random random)
    {
        var position = 0u;
        for (var left = random.Next(count); left >= 0; left--) TryNext(ref position);
        return position;
    }

    public override uint Scan(uint cursor, int count, List<uint> positions)
    {
        for (var position = 0u; TryNext(ref position);)
        {
            if ((ByteHash.Of(MemberAt((int)position - 1, out _)) & shape.HashMask) >= cursor) positions.Add(position);
        }

        return 0;
    }

    public override MemberForm WithRoomFor(ReadOnlySpan<byte> member) => HashedMembers.Of(shape, this);

    public override MemberForm Copy() =>
        new FlatMembers(shape) { cells = (byte[])cells.Clone(), used = used, count = count };

    public override void CheckInvariants()
    {
        var (found, seen) = (0, new HashSet<string>(StringComparer.Ordinal));
        for (var at = 0; at < used; found++)
        {
            Invariant.Holds(seen.Add(Convert.ToHexString(MemberAt(at, out var next))), "no member is there twice");
            at = next;
            Invariant.Holds(at <= used, "members end where the form does");
        }

        Invariant.Holds(found == count && count <= shape.FlatMembersMax, "members are counted, and few");
        Invariant.Holds(used <= cells.Length && used <= shape.FlatBytesMax, "members are short together");
    }

    private static int CellBytes(int memberLength) => memberLength + (memberLength < LongLength ? 1 : 3);

    private ReadOnlySpan<byte> MemberAt(int at, out int next)
    {
        int length = cells[at++];
        if (length == LongLength)
        {
            length = BinaryPrimitives.ReadUInt16LittleEndian(cells.AsSpan(at));
            at += 2;
        }

        next = at + length;
        return cells.AsSpan(at, length);
    }
}
