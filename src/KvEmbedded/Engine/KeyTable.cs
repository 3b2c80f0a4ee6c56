using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KvEmbedded.Engine;

/// <summary>
/// The keys and what they hold: extendible hashing (Fagin, Nievergelt, Pippenger, Strong, 1979) with open addressing
/// inside a segment. One writer (the loop; the caller excludes others), any number of readers on any thread, no lock.
/// </summary>
/// <remarks>
/// <para>The high bits of a key's tag (its hash) choose an entry of the directory, hence a segment; the tag, scattered,
/// chooses the slot where probing starts. A full segment splits or is rebuilt alone, sparse buddies merge, the directory
/// doubles and halves: no step touches the whole table. A GET is two dependent cache misses: slot, record.</para>
/// <para>Why a reader without a lock is right. It takes the directory, an entry of it, then slots in probing order, each
/// tag with an acquire, then the slot's reference, then compares the whole key. Keys never change inside an object, so what
/// it finds was there. What is left to show: a key that is present during the whole call is found.</para>
/// <list type="bullet">
/// <item>Insert writes the reference, then the tag with a release: who sees the tag sees the reference, or a later one.</item>
/// <item>Overwrite in place: see <see cref="StringRecord"/>. Overwrite by a new object replaces the reference alone; the
/// key stays in its slot. The old object is never written again while it is out of the table, so a reader that still
/// holds it reads a value that stood there during its call.</item>
/// <item>Remove writes the tag, then clears the reference, in an order that does not matter: a reader that sees the old tag
/// finds null, the old object (its call overlaps the removal) or, if the slot was taken again, another key's object, which
/// the comparison refuses; then it probes on. A null under a matching tag only means that this slot's key is going.</item>
/// <item>A tombstone becomes empty only if the slot after it is empty. Thus, in the writer's order and by the releases
/// in the readers' too, from a key's home to its slot no slot is ever empty while the key is present.</item>
/// <item>A key that is removed and put again may change its slot; a reader that misses it both times has looked at the
/// later slot after the removal and at the earlier one before the insert, so the key was missing during its call.</item>
/// <item>Split, merge and rebuild fill new arrays, then publish them (release) in all directory entries of their range, and
/// only then does the writer go on. The old arrays are never written again, so a reader in them sees everything as it was at
/// the moment of publication, which is later than the start of its call. While some entries are old and some are
/// new, both lead to the same keys.</item>
/// <item>The directory is doubled or halved into a new array, filled, then published (release). The old one goes stale, but
/// a reader that holds it took it before that: it reaches live segments or ones frozen during its call.</item>
/// </list>
/// <para>None of this relies on the order of x86: each "then" above is an acquire, a release or a data dependency, which
/// ARM64 keeps.</para>
/// <para>Invariants (see <c>CheckInvariants</c>): a segment's local depth is at most the directory's; all entries of
/// its range refer to it; only an array without an empty slot has a link to a further one, and that happens only
/// where splitting cannot help, because too many hashes are alike.</para>
/// </remarks>
internal sealed partial class KeyTable
{
    /// <summary>The longest value that is kept as a short string, in bytes.</summary>
    public const int ShortStringMax = 16 * 1024;

    /// <summary>Slots of one segment. Not a power of two: a million keys then fill the segments well (load 0.64).</summary>
    private const int SegmentSlots = 768;

    /// <summary>Behind the last slot stands the link.</summary>
    private const int ArraySlots = SegmentSlots + 1;

    /// <summary>
    /// The directory is at most so many times as long as evenly spread keys need: hashes that are all alike must not
    /// double it for ever.
    /// </summary>
    private const int DirectoryExcessMax = 10;

    private const uint Empty = 0;
    private const uint Tombstone = 1;

    /// <summary>Slots that may be in use (tombstones too) before a segment splits or is rebuilt.</summary>
    private readonly int fullAt;

    /// <summary>Buddies merge when they have no more keys than this together; far from <c>fullAt</c>, so nothing flaps.</summary>
    private readonly int sparseAt;

    private volatile Slot[][] directory;

    // Writer only, parallel to the directory.
    private SegmentInfo[] infos;

    // Log2 of the directory's length, and how many segments are as deep as that; with none the directory halves.
    private int depth;
    private int deepest;

    // Arrays of slots; more than segments if some segments have links.
    private int arrays;
    private int segments;
    private int count;
    private long ownerBytes;

    /// <param name="fullAt">Slots used when a segment counts as full; tests choose few, so that small worlds split.</param>
    public KeyTable(int fullAt = SegmentSlots * 7 / 8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fullAt, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fullAt, SegmentSlots * 7 / 8);
        this.fullAt = fullAt;
        sparseAt = fullAt * 3 / 7;
        (directory, infos) = (null!, null!);
        StartFresh();
    }

    /// <summary>Number of keys.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Slots, directory, records, entries and their keys; what entries' values hold is not in it. O(1).</summary>
    public long MemoryBytes =>
        Volatile.Read(ref ownerBytes)
        + (arrays * ArrayBytes.Of<Slot>(ArraySlots))
        + ArrayBytes.Of(directory)
        + ArrayBytes.Of(infos);

    /// <summary>Removes every key, O(1).</summary>
    /// <returns>What was there, for <see cref="RestoreAll"/>; dropping it frees the memory.</returns>
    public Contents Clear()
    {
        var contents = new Contents(directory, infos, depth, deepest, arrays, segments, count, ownerBytes);
        StartFresh();
        return contents;
    }

    /// <summary>Takes back a <see cref="Clear"/>; whatever was put since is dropped.</summary>
    public void RestoreAll(Contents contents)
    {
        (infos, depth, deepest) = (contents.Infos, contents.Depth, contents.Deepest);
        (arrays, segments) = (contents.Arrays, contents.Segments);
        (count, ownerBytes) = (contents.Count, contents.OwnerBytes);
        directory = contents.Directory;
    }

    /// <summary>The key of an owner: a view, for the engine alone.</summary>
    public static ReadOnlySpan<byte> KeyOf(object owner) =>
        owner.GetType() == typeof(byte[]) ? StringRecord.Key(Unsafe.As<byte[]>(owner)) : Unsafe.As<KeyEntry>(owner).Key;

    /// <summary>The hash of an owner's key.</summary>
    public static uint HashOf(object owner) =>
        owner is KeyEntry entry ? entry.Hash : ByteHash.Of(StringRecord.Key(Unsafe.As<byte[]>(owner)));

    /// <summary>When the owner ends. Loop only.</summary>
    public static Expiry ExpiryOf(object owner) =>
        owner is KeyEntry entry ? entry.Expiry : StringRecord.ExpiryOf(Unsafe.As<byte[]>(owner));

    /// <summary>What an owner takes on the heap, without what an entry's value holds.</summary>
    public static long MemoryOf(object owner) =>
        owner is KeyEntry entry ? entry.MemoryBytes : ArrayBytes.Of(Unsafe.As<byte[]>(owner));

    /// <summary>The hash, but neither of the two words that mean no key. It alone decides where a key stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint TagOf(uint hash) => hash <= Tombstone ? hash + 2 : hash;

    /// <summary>Where probing starts: Fibonacci hashing, so that the bits which chose the segment do no harm.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint Home(uint tag) => (nuint)(((ulong)(tag * 0x9E3779B1u) * SegmentSlots) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Slot[] SegmentOf(Slot[][] directory, uint tag)
    {
        // The length is a power of two, so these are the tag's high bits.
        var entry = (nuint)(((ulong)tag * (uint)directory.Length) >> 32);
        return Volatile.Read(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(directory), entry));
    }

    /// <summary>The array that goes on where this one, full to its last slot, ends.</summary>
    private static Slot[]? Next(Slot[] array) => Unsafe.As<Slot[]?>(Volatile.Read(ref array[SegmentSlots].Ref));

    private void StartFresh()
    {
        (arrays, segments) = (0, 1);
        infos = [default];
        (depth, deepest, count, ownerBytes) = (0, 1, 0, 0);
        directory = [NewArray()];
    }

    private Slot[] NewArray()
    {
        arrays++;
        return new Slot[ArraySlots];
    }

    /// <summary>One place for a key. The slot after an array's last has always an empty tag; its reference is the link.</summary>
    internal struct Slot
    {
        public object? Ref;
        public uint Tag;

        /// <summary>Kept for the clock of eviction.</summary>
        public uint Spare;
    }

    /// <summary>What a cleared table held.</summary>
    internal sealed record Contents(
        Slot[][] Directory, SegmentInfo[] Infos, int Depth, int Deepest, int Arrays, int Segments, int Count,
        long OwnerBytes);

    /// <summary>
    /// The writer's notes on a segment. The depth is noted at every directory entry of its range, the rest at the first.
    /// </summary>
    internal struct SegmentInfo
    {
        /// <summary>Keys.</summary>
        public int Live;

        /// <summary>Keys and tombstones.</summary>
        public int Used;

        /// <summary>How many high bits all tags of the segment have in common.</summary>
        public int Depth;
    }
}
