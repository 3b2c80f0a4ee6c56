using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

/// <summary>
/// The fields of one hash: records of field and value in <c>pages</c>, found by <c>index</c>; a hash of a few fields has a
/// list of handles instead, as looking at each is faster and smaller. Beside them, only for fields that end,
/// <c>deadlines</c>.
/// </summary>
/// <remarks>
/// It knows no clock: a field whose deadline has come is there until it is removed, and whoever reads compares deadlines with
/// the moment it is. Invariant: index or list and the living records of the pages are exactly the same fields. Spans that
/// this type hands out are valid until its next mutation.
/// </remarks>
internal sealed partial class HashFields : IDataValue, IExpiringValue
{
    /// <summary>In place of a deadline: the field keeps the one it has, if any.</summary>
    public const long KeepDeadline = long.MinValue;

    private const int ObjectBytes = 88;
    private const int FirstListLength = 2;

    private readonly HashShape shape;
    private readonly RecordPages<FieldRecord> pages;
    private RecordIndex<FieldRecord>? index;

    /// <summary>All handles, while there is no index.</summary>
    private uint[]? list;

    private FieldDeadlines? deadlines;

    /// <summary>Bytes of living records that may still be moved out of sparse pages, at the expense of what died.</summary>
    private int evacuationDue;

    public HashFields()
        : this(HashShape.Default)
    {
    }

    public HashFields(HashShape shape)
    {
        this.shape = shape;
        pages = new RecordPages<FieldRecord>(shape);
        list = new uint[Math.Min(FirstListLength, shape.UnindexedMax)];
    }

    private HashFields(HashFields source)
    {
        shape = source.shape;
        Count = source.Count;
        evacuationDue = source.evacuationDue;
        pages = source.pages.Copy();
        index = source.index?.Copy(pages);
        list = (uint[]?)source.list?.Clone();
        deadlines = source.deadlines?.Copy(pages);
    }

    public KeyType Type => KeyType.Hash;

    public bool IsEmpty => Count == 0;

    /// <summary>How many fields there are, those that are due included, O(1).</summary>
    public int Count { get; private set; }

    /// <summary>Is another one after every change; a reader that comes back sees by it whether the hash is still the same.</summary>
    public long Version { get; private set; }

    public long MemoryBytes =>
        ObjectBytes + pages.MemoryBytes + (index?.MemoryBytes ?? ArrayBytes.Of(list)) + (deadlines?.MemoryBytes ?? 0);

    public IEffectSink? Effects { get; set; }

    public long NextDeadline => deadlines is null ? Expiry.NoDeadline : deadlines.First;

    public int Timer { get; set; } = Expiry.NoTimer;

    public KeyEventKind ElementExpired => KeyEventKind.HashFieldExpired;

    public IDataValue Copy() => new HashFields(this);

    /// <summary>The value of a field, and its deadline or none. O(1).</summary>
    public bool TryGet(ReadOnlySpan<byte> field, out ReadOnlySpan<byte> value, out long deadline)
    {
        var handle = Find(field, HashIfIndexed(field));
        if (handle == 0)
        {
            value = default;
            deadline = Expiry.NoDeadline;
            return false;
        }

        ref var record = ref pages.At(handle);
        value = FieldRecord.Value(ref record);
        deadline = DeadlineOf(ref record);
        return true;
    }

    /// <summary>The deadline of a record, or none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal long DeadlineOf(ref byte record)
    {
        if (deadlines is null) return Expiry.NoDeadline;
        var place = FieldRecord.Place(ref record);
        return place == 0 ? Expiry.NoDeadline : deadlines.At(place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Hash(ReadOnlySpan<byte> field) => ByteHash.Of(field) & shape.HashMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint HashIfIndexed(ReadOnlySpan<byte> field) => index is null ? 0 : Hash(field);

    /// <summary>The handle of a field, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Find(ReadOnlySpan<byte> field, uint hash) => index is null ? FindOneByOne(field) : index.Find(hash, field);

    private uint FindOneByOne(ReadOnlySpan<byte> field)
    {
        foreach (var handle in list.AsSpan(0, Count))
        {
            if (pages.Name(handle).SequenceEqual(field)) return handle;
        }

        return 0;
    }
}
