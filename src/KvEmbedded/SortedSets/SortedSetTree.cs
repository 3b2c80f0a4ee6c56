using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.SortedSets;

/// <summary>
/// One membership, two views: <c>index</c> answers "what is its score?" in O(1), <c>order</c> answers "who comes next,
/// and at which rank?" in O(log n). Both name a member by its handle in <c>pages</c>. A set of a few members has no
/// index: looking at each is faster and smaller.
/// </summary>
/// <remarks>
/// Invariant: order, index and the living records of the pages are exactly the same members, with the same scores.
/// Spans of members that this type hands out are valid until its next mutation. Scores are never NaN.
/// </remarks>
internal sealed partial class SortedSetTree : IDataValue
{
    private const int ObjectBytes = 72;

    private readonly SortedSetShape shape;
    private readonly RecordPages<ScoredMember> pages;
    private readonly OrderTree order;
    private RecordIndex<ScoredMember>? index;

    /// <summary>Bytes of living records that may still be moved out of sparse pages, at the expense of what died.</summary>
    private int evacuationDue;

    public SortedSetTree()
        : this(SortedSetShape.Default)
    {
    }

    public SortedSetTree(SortedSetShape shape)
    {
        this.shape = shape;
        pages = new RecordPages<ScoredMember>(shape);
        order = new OrderTree(pages, shape);
    }

    private SortedSetTree(SortedSetTree source)
    {
        shape = source.shape;
        evacuationDue = source.evacuationDue;
        pages = source.pages.Copy();
        order = source.order.Copy(pages);
        index = source.index?.Copy(pages);
    }

    public KeyType Type => KeyType.SortedSet;

    public bool IsEmpty => order.Count == 0;

    /// <summary>How many members there are, O(1).</summary>
    public int Count => order.Count;

    /// <summary>Is another one after every change; a reader that comes back sees by it whether the set is still the same.</summary>
    public long Version { get; private set; }

    public long MemoryBytes => ObjectBytes + pages.MemoryBytes + order.MemoryBytes + (index?.MemoryBytes ?? 0);

    public IEffectSink? Effects { get; set; }

    public IDataValue Copy() => new SortedSetTree(this);

    /// <summary>True if the member is in the set. O(1).</summary>
    public bool Contains(ReadOnlySpan<byte> member) => Find(member, HashIfIndexed(member)) != 0;

    /// <summary>The score of a member. O(1).</summary>
    public bool TryGetScore(ReadOnlySpan<byte> member, out double score)
    {
        var handle = Find(member, HashIfIndexed(member));
        score = handle == 0 ? 0 : pages.Score(handle);
        return handle != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Hash(ReadOnlySpan<byte> member) => ByteHash.Of(member) & shape.HashMask;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint HashIfIndexed(ReadOnlySpan<byte> member) => index is null ? 0 : Hash(member);

    /// <summary>The handle of a member, or 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Find(ReadOnlySpan<byte> member, uint hash) =>
        index is null ? FindOneByOne(member) : index.Find(hash, member);

    private uint FindOneByOne(ReadOnlySpan<byte> member)
    {
        foreach (var handle in order.OneLeaf)
        {
            if (pages.Member(handle).SequenceEqual(member)) return handle;
        }

        return 0;
    }
}
