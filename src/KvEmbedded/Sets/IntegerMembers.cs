using System.Buffers.Text;
using System.Diagnostics;
using System.Runtime.InteropServices;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>
/// A few integers, ascending, in one array of 2, 4 or 8 bytes each: as many as the widest of them needs. A member fits if it
/// is the text that Redis would write for the integer, so the text need not be kept.
/// </summary>
/// <remarks>The form of Redis's intset (S. Sanfilippo and P. Noordhuis, 2010). A position is the place of an integer, plus 1.</remarks>
internal sealed class IntegerMembers(SetShape shape) : MemberForm
{
    private const int ObjectBytes = 40;

    private byte[] cells = [];
    private int width = sizeof(short);
    private int count;

    public override int Count => count;

    /// <remarks>In pages all of them take one.</remarks>
    public override RecordRoom Room => new(shape, pagesTaken: 1);

    public override long MemoryBytes => ObjectBytes + (cells.Length == 0 ? 0 : ArrayBytes.Of(cells));

    public override uint Find(ReadOnlySpan<byte> member) =>
        NumberText.TryParseInt64(member, out var number) && TryPlace(number, out var place) ? (uint)place + 1 : 0;

    public override AddResult Add(ReadOnlySpan<byte> member)
    {
        if (!NumberText.TryParseInt64(member, out var number)) return AddResult.Unfit;
        if (TryPlace(number, out var place)) return AddResult.Present;
        if (count == shape.IntegersMax) return AddResult.Unfit;

        var needed = Math.Max(width, WidthOf(number));
        if (needed > width || (count + 1) * width > cells.Length) Resize(count + 1 + Math.Max(3, count / 4), needed);
        cells.AsSpan(place * width, (count - place) * width).CopyTo(cells.AsSpan((place + 1) * width));
        count++;
        Set(cells, width, place, number);
        return AddResult.Added;
    }

    public override void RemoveAt(uint position)
    {
        var place = (int)position - 1;
        count--;
        cells.AsSpan((place + 1) * width, (count - place) * width).CopyTo(cells.AsSpan(place * width));
        if (count * width < cells.Length / 2 && cells.Length > 24) Resize(count + 1, width);
    }

    public override ReadOnlySpan<byte> Member(uint position, Span<byte> scratch)
    {
        Utf8Formatter.TryFormat(At((int)position - 1), scratch, out var length);
        return scratch[..length];
    }

    public override bool TryNext(ref uint position)
    {
        if (position >= count) return false;
        position++;
        return true;
    }

    public override uint Pick(Random random) => (uint)random.Next(count) + 1;

    public override uint Scan(uint cursor, int count, List<uint> positions)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        for (var position = 0u; TryNext(ref position);)
        {
            if ((ByteHash.Of(Member(position, scratch)) & shape.HashMask) >= cursor) positions.Add(position);
        }

        return 0;
    }

    public override MemberForm WithRoomFor(ReadOnlySpan<byte> member) =>
        FlatMembers.CanHold(shape, this, member) ? FlatMembers.Of(shape, this) : HashedMembers.Of(shape, this);

    public override MemberForm Copy() =>
        new IntegerMembers(shape) { cells = (byte[])cells.Clone(), width = width, count = count };

    public override void CheckInvariants()
    {
        Invariant.Holds(count <= shape.IntegersMax, "there are not too many integers");
        Invariant.Holds(count * width <= cells.Length, "all integers lie in the array");
        for (var place = 1; place < count; place++) Invariant.Holds(At(place - 1) < At(place), "integers ascend");
    }

    private static int WidthOf(long number) =>
        number == (short)number ? sizeof(short) : number == (int)number ? sizeof(int) : sizeof(long);

    private static void Set(byte[] cells, int width, int place, long number)
    {
        var cell = cells.AsSpan(place * width);
        switch (width)
        {
            case sizeof(short): MemoryMarshal.Write(cell, (short)number); break;
            case sizeof(int): MemoryMarshal.Write(cell, (int)number); break;
            default: MemoryMarshal.Write(cell, number); break;
        }
    }

    private long At(int place)
    {
        var cell = cells.AsSpan(place * width);
        return width switch
        {
            sizeof(short) => MemoryMarshal.Read<short>(cell),
            sizeof(int) => MemoryMarshal.Read<int>(cell),
            _ => MemoryMarshal.Read<long>(cell),
        };
    }

    /// <summary>The place of a number; where it would be if it is not there.</summary>
    private bool TryPlace(long number, out int place)
    {
        (place, var end) = (0, count);
        while (place < end)
        {
            var middle = (place + end) >>> 1;
            if (At(middle) < number) place = middle + 1;
            else end = middle;
        }

        return place < count && At(place) == number;
    }

    private void Resize(int room, int newWidth)
    {
        Debug.Assert(room >= count, "no integer is lost");
        var resized = new byte[((room * newWidth) + 7) & ~7];
        if (newWidth == width)
        {
            cells.AsSpan(0, count * width).CopyTo(resized);
        }
        else
        {
            for (var place = 0; place < count; place++) Set(resized, newWidth, place, At(place));
        }

        (cells, width) = (resized, newWidth);
    }
}
