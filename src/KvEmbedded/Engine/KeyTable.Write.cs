using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KvEmbedded.Engine;

// The writer: the loop. Every mutator that may replace the owner object returns the one that stands there afterwards.
// `preserve` means: never write into an object that is in the table, always publish a new one (the old one is kept for undo).
internal sealed partial class KeyTable
{
    /// <summary>Finds a key, or the place where it would go.</summary>
    public bool TryFind(ReadOnlySpan<byte> key, uint hash, out KeyLocation location)
    {
        var tag = TagOf(hash);
        Slot[]? vacant = null;
        var vacantAt = -1;
        var array = SegmentOf(directory, tag);
        while (true)
        {
            ref var first = ref MemoryMarshal.GetArrayDataReference(array);
            ref var slot = ref Unsafe.Add(ref first, Home(tag));
            var wrapped = false;
            while (true)
            {
                var found = slot.Tag;
                if (found == tag)
                {
                    if (slot.Ref is { } owner && KeyIs(owner, key))
                    {
                        location = new KeyLocation(array, IndexOf(ref first, ref slot), tag, owner);
                        return true;
                    }
                }
                else if (found == Empty)
                {
                    if (!Unsafe.AreSame(ref slot, ref Unsafe.Add(ref first, SegmentSlots)))
                    {
                        if (vacant is null) (vacant, vacantAt) = (array, IndexOf(ref first, ref slot));
                        location = new KeyLocation(vacant, vacantAt, tag, null);
                        return false;
                    }

                    if (wrapped) break;
                    wrapped = true;
                    slot = ref first;
                    continue;
                }
                else if (found == Tombstone && vacant is null)
                {
                    (vacant, vacantAt) = (array, IndexOf(ref first, ref slot));
                }

                slot = ref Unsafe.Add(ref slot, 1);
            }

            if (Next(array) is not { } next)
            {
                location = new KeyLocation(vacant ?? array, vacantAt, tag, null);
                return false;
            }

            array = next;
        }
    }

    /// <summary>
    /// Adds to a number without deadline where it stands. False, with nothing changed, if there is none, it is kept as
    /// text, it expires, or the sum is beyond 64 bits.
    /// </summary>
    public bool TryAddInPlace(ReadOnlySpan<byte> key, uint hash, long by, out long sum)
    {
        sum = 0;
        return TryFind(key, hash, out var location) && location.IsString
            && StringRecord.TryAdd(Unsafe.As<byte[]>(location.Owner!), by, out sum);
    }

    /// <summary>
    /// Overwrites a short string without deadline where it stands. False, with nothing changed, if there is none, it
    /// expires, or the value does not fit.
    /// </summary>
    public bool TrySetInPlace(ReadOnlySpan<byte> key, uint hash, ReadOnlySpan<byte> value) =>
        TryFind(key, hash, out var location) && location.IsString
        && StringRecord.TryOverwriteEndless(Unsafe.As<byte[]>(location.Owner!), value);

    /// <summary>Overwrites a part of a short string where it stands. False, with nothing changed, if that cannot be.</summary>
    public static bool TryWriteInPlace(in KeyLocation location, int offset, ReadOnlySpan<byte> part) =>
        location.IsString && StringRecord.TryWriteAt(Unsafe.As<byte[]>(location.Owner!), offset, part);

    /// <summary>Sets a short string, at most <see cref="ShortStringMax"/> bytes, over whatever the key held.</summary>
    /// <remarks>
    /// The location is what <see cref="TryFind"/> gave for the same key. The expiry replaces the old one; pass the
    /// location's own to keep it.
    /// </remarks>
    public object PutString(
        in KeyLocation location, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, Expiry expiry, bool preserve = false)
    {
        Debug.Assert(value.Length <= ShortStringMax, "A long string is a data value with an entry.");
        if (!preserve && location.IsString
            && StringRecord.TryOverwrite(Unsafe.As<byte[]>(location.Owner!), value, expiry))
        {
            return location.Owner!;
        }

        return Put(location, StringRecord.Create(key, value, expiry));
    }

    /// <summary>Finds the key and sets it; see the other form.</summary>
    public object PutString(ReadOnlySpan<byte> key, uint hash, ReadOnlySpan<byte> value, bool preserve = false)
    {
        TryFind(key, hash, out var location);
        return PutString(location, key, value, Expiry.Never, preserve);
    }

    /// <summary>Sets a short string that is a number: 8 bytes, overwritten in place from then on.</summary>
    public object PutInteger(
        in KeyLocation location, ReadOnlySpan<byte> key, long value, Expiry expiry, bool preserve = false)
    {
        if (!preserve && location.IsString
            && StringRecord.TryOverwrite(Unsafe.As<byte[]>(location.Owner!), value, expiry))
        {
            return location.Owner!;
        }

        return Put(location, StringRecord.Create(key, value, expiry));
    }

    /// <summary>Sets any other data value, over whatever the key held. Always a new entry.</summary>
    public KeyEntry PutEntry(in KeyLocation location, ReadOnlySpan<byte> key, IDataValue value, Expiry expiry)
    {
        var bytes = location.Entry?.Key ?? key.ToArray();
        var entry = new KeyEntry(bytes, location.Tag, value) { Expiry = expiry };
        Put(location, entry);
        return entry;
    }

    /// <summary>Sets when an existing key ends.</summary>
    public object SetExpiry(in KeyLocation location, Expiry expiry, bool preserve = false)
    {
        Debug.Assert(location.Exists, "Only a key that exists can end.");
        var owner = location.Owner!;
        if (owner is KeyEntry entry)
        {
            if (preserve) return Put(location, entry.With(expiry));

            entry.Expiry = expiry;
            return entry;
        }

        var record = Unsafe.As<byte[]>(owner);
        return !preserve && StringRecord.TryOverwrite(record, expiry)
            ? record
            : Put(location, StringRecord.Create(record, expiry));
    }

    /// <summary>Removes an existing key.</summary>
    public void Remove(in KeyLocation location)
    {
        var (array, index) = (location.Segment, location.Index);
        ref var slot = ref array[index];
        Debug.Assert(location.Exists && ReferenceEquals(slot.Ref, location.Owner), "The location is stale.");

        ref var info = ref infos[FirstEntryOf(location.Tag)];
        if (array[After(index)].Tag == Empty)
        {
            // No key stands behind it, so no tombstone is needed, neither here nor in the slots just before.
            Volatile.Write(ref slot.Tag, Empty);
            info.Used--;
            for (var at = Before(index); array[at].Tag == Tombstone; at = Before(at))
            {
                Volatile.Write(ref array[at].Tag, Empty);
                info.Used--;
            }
        }
        else
        {
            Volatile.Write(ref slot.Tag, Tombstone);
        }

        slot.Ref = null;
        info.Live--;
        count--;
        ownerBytes -= MemoryOf(location.Owner!);
        if (info.Live <= sparseAt) Shrink(location.Tag);
    }

    /// <summary>Puts back exactly the object that stood under a key before, or nothing if none did (undo).</summary>
    public void Restore(ReadOnlySpan<byte> key, uint hash, object? previous)
    {
        if (TryFind(key, hash, out var location))
        {
            if (previous is null) Remove(location);
            else Put(location, previous);
        }
        else if (previous is not null)
        {
            Put(location, previous);
        }
    }

    /// <summary>Publishes an owner at a location: in the key's slot, or in a vacant one.</summary>
    private object Put(in KeyLocation location, object owner)
    {
        if (location.Owner is { } old)
        {
            ref var slot = ref location.Segment[location.Index];
            Debug.Assert(ReferenceEquals(slot.Ref, old), "The location is stale.");
            Volatile.Write(ref slot.Ref, owner);
            ownerBytes += MemoryOf(owner) - MemoryOf(old);
        }
        else
        {
            Insert(location, owner);
        }

        return owner;
    }

    private void Insert(KeyLocation vacant, object owner)
    {
        var tag = vacant.Tag;
        var reusesTombstone = vacant.Index >= 0 && vacant.Segment[vacant.Index].Tag == Tombstone;
        if (!reusesTombstone && infos[FirstEntryOf(tag)].Used >= fullAt && MakeRoom(tag))
            TryFind(KeyOf(owner), tag, out vacant);

        ref var info = ref infos[FirstEntryOf(tag)];
        if (vacant.Index < 0)
        {
            Link(vacant.Segment, tag, owner);
            info.Used++;
        }
        else
        {
            ref var slot = ref vacant.Segment[vacant.Index];
            if (slot.Tag == Empty) info.Used++;
            slot.Ref = owner;
            Volatile.Write(ref slot.Tag, tag);
        }

        info.Live++;
        count++;
        ownerBytes += MemoryOf(owner);
    }

    /// <summary>Where no split can help and no slot is free: the key goes into a further array, then that is published.</summary>
    private void Link(Slot[] last, uint tag, object owner)
    {
        Debug.Assert(Next(last) is null, "Only the last array of a chain gets a link.");
        var next = NewArray();
        next[Home(tag)] = new Slot { Ref = owner, Tag = tag };
        Volatile.Write(ref last[SegmentSlots].Ref, next);
    }

    private static int IndexOf(ref Slot first, ref Slot slot) =>
        (int)(Unsafe.ByteOffset(ref first, ref slot) / Unsafe.SizeOf<Slot>());

    private static int After(int index) => index == SegmentSlots - 1 ? 0 : index + 1;

    private static int Before(int index) => index == 0 ? SegmentSlots - 1 : index - 1;
}
