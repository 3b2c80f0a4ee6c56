using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace KvEmbedded.Engine;

// The readers: any thread, any time.
internal sealed partial class KeyTable
{
    /// <summary>How often a reader tries to get a value that the writer is overwriting before it reports that.</summary>
    private const int ReadAttempts = 4;

    /// <summary>About so many keys and short values are in a processor's second-level cache.</summary>
    private const int KeysInCaches = 16_384;

    /// <summary>Reads a key; a short string comes as a fresh copy.</summary>
    public StringRead Read(ReadOnlySpan<byte> key, uint hash) =>
        CopyPlain(key, hash) is { } copy ? StringRead.Of(copy, Expiry.NoDeadline) : ReadSlowly(key, TagOf(hash));

    /// <summary>
    /// A fresh copy of a short string that has no deadline, is not kept as a number and is not being written; null is no
    /// answer but says that <see cref="Read"/> should be asked.
    /// </summary>
    public byte[]? CopyPlain(ReadOnlySpan<byte> key, uint hash)
    {
        var record = FindPlain(key, TagOf(hash), out var header);
        if (record is null) return null;

        var raw = StringRecord.PlainValue(record, header, key.Length);
        var copy = new byte[raw.Length];
        StringRecord.Copy(raw, ref MemoryMarshal.GetArrayDataReference(copy));
        return StringRecord.IsUnchanged(record, (int)header) ? copy : null;
    }

    /// <summary>
    /// Copies a short string's text; a number is written as text. <paramref name="length"/> is that of the whole text, also
    /// if it did not fit.
    /// </summary>
    /// <returns>
    /// <see cref="ReadOutcome.Bytes"/> if all was copied, <see cref="ReadOutcome.TooLong"/> if nothing was.
    /// </returns>
    public ReadOutcome TryRead(
        ReadOnlySpan<byte> key, uint hash, Span<byte> destination, out int length, out long deadline)
    {
        var tag = TagOf(hash);
        var record = FindPlain(key, tag, out var header);
        if (record is not null)
        {
            var raw = StringRecord.PlainValue(record, header, key.Length);
            var outcome = ReadOutcome.TooLong;
            if (raw.Length <= destination.Length)
            {
                StringRecord.Copy(raw, ref MemoryMarshal.GetReference(destination));
                outcome = ReadOutcome.Bytes;
            }

            if (StringRecord.IsUnchanged(record, (int)header))
            {
                (length, deadline) = (raw.Length, Expiry.NoDeadline);
                return outcome;
            }
        }

        return ReadSlowly(key, tag, destination, out length, out deadline);
    }

    /// <summary>
    /// Copies a short string's text to the front of the writer's next span. The caller advances the writer by
    /// <paramref name="length"/>, unless the deadline has passed.
    /// </summary>
    /// <returns><see cref="ReadOutcome.Bytes"/> if something was copied.</returns>
    public ReadOutcome TryWriteTo(
        ReadOnlySpan<byte> key, uint hash, IBufferWriter<byte> destination, out int length, out long deadline)
    {
        length = 0;
        for (var attempt = 0; attempt < ReadAttempts; attempt++)
        {
            var outcome = TryRead(key, hash, destination.GetSpan(length), out length, out deadline);
            if (outcome != ReadOutcome.TooLong) return outcome;
        }

        deadline = Expiry.NoDeadline;
        return ReadOutcome.Busy;
    }

    /// <summary>The length of a short string's text.</summary>
    /// <returns><see cref="ReadOutcome.Bytes"/> if <paramref name="length"/> is meaningful.</returns>
    public ReadOutcome TryReadLength(ReadOnlySpan<byte> key, uint hash, out int length, out long deadline)
    {
        var outcome = TryRead(key, hash, default, out length, out deadline);
        return outcome == ReadOutcome.TooLong ? ReadOutcome.Bytes : outcome;
    }

    /// <summary>
    /// First of three steps for several keys at once: asks for each key's slot, so that the cache misses of all overlap.
    /// Then <see cref="PrefetchOwner"/> for each, then the reads.
    /// </summary>
    /// <remarks>The array is never null; asked for that, the compiler does not touch its header to find out, a miss of its own.</remarks>
    public void PrefetchSlot(uint hash)
    {
        var tag = TagOf(hash);
        if (SegmentOf(directory, tag) is not { } array) return;
        ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), Home(tag));
        Touch(ref slot);
    }

    /// <summary>Second step: looks at the slot, which has come by now, and asks for the record it refers to.</summary>
    public unsafe void PrefetchOwner(uint hash)
    {
        var tag = TagOf(hash);
        if (SegmentOf(directory, tag) is not { } array) return;
        ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), Home(tag));
        uint found;
        while ((found = Volatile.Read(ref slot.Tag)) != tag)
        {
            if (found == Empty) return;
            slot = ref Unsafe.Add(ref slot, 1);
        }

        if (Sse.IsSupported)
        {
            // The address of an object that the collector may move meanwhile: good enough for a hint, and only for that.
            var address = (byte*)Unsafe.As<object?, nint>(ref slot.Ref);
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + 56);
        }
        else if (slot.Ref is { } owner && owner.GetType() == typeof(byte[]))
        {
            Volatile.Read(ref MemoryMarshal.GetArrayDataReference(Unsafe.As<byte[]>(owner)));
        }
    }

    /// <summary>
    /// Looks at a short string's slot and record, as the loop will soon: so that the cache misses are had before the loop is
    /// taken, where those of several threads overlap. Does nothing in a table so small that the caches hold it.
    /// </summary>
    public void Warm(ReadOnlySpan<byte> key, uint hash)
    {
        if (Count > KeysInCaches) Look(key, TagOf(hash));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Look(ReadOnlySpan<byte> key, uint tag) => FindPlain(key, tag, out _);

    /// <summary>
    /// The common case, in few instructions: a string without deadline, not kept as a number and not being written.
    /// Null is no answer: it only says that this is not the common case.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte[]? FindPlain(ReadOnlySpan<byte> key, uint tag, out ulong header)
    {
        header = 0;
        var array = SegmentOf(directory, tag);
        if (array is null) return null;

        ref var slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), Home(tag));
        uint found;
        while ((found = Volatile.Read(ref slot.Tag)) != tag)
        {
            if (found == Empty) return null;
            slot = ref Unsafe.Add(ref slot, 1);
        }

        var owner = Volatile.Read(ref slot.Ref);
        if (owner is null || owner.GetType() != typeof(byte[])) return null;

        var record = Unsafe.As<byte[]>(owner);
        header = StringRecord.Header(record);
        if (!StringRecord.IsPlain(header, key.Length)) return null;
        return StringRecord.PlainKeyIs(record, key) ? record : null;
    }

    private StringRead ReadSlowly(ReadOnlySpan<byte> key, uint tag)
    {
        var owner = FindOwner(key, tag);
        if (owner is null) return StringRead.Missing;
        if (owner.GetType() != typeof(byte[])) return StringRead.Of(Unsafe.As<KeyEntry>(owner));

        var record = Unsafe.As<byte[]>(owner);
        for (var attempt = 0; attempt < ReadAttempts; attempt++)
        {
            if (!StringRecord.TryBeginRead(record, out var version, out var raw, out var isInteger, out var deadline))
            {
                Thread.SpinWait(8);
                continue;
            }

            if (isInteger)
            {
                var number = Unsafe.ReadUnaligned<long>(ref MemoryMarshal.GetReference(raw));
                if (StringRecord.IsUnchanged(record, version)) return StringRead.Of(number, deadline);
            }
            else
            {
                var copy = raw.ToArray();
                if (StringRecord.IsUnchanged(record, version)) return StringRead.Of(copy, deadline);
            }
        }

        return StringRead.Busy;
    }

    private ReadOutcome ReadSlowly(
        ReadOnlySpan<byte> key, uint tag, Span<byte> destination, out int length, out long deadline)
    {
        (length, deadline) = (0, Expiry.NoDeadline);
        var owner = FindOwner(key, tag);
        if (owner is null) return ReadOutcome.Missing;
        if (owner.GetType() != typeof(byte[])) return ReadOutcome.Other;

        var record = Unsafe.As<byte[]>(owner);
        for (var attempt = 0; attempt < ReadAttempts; attempt++)
        {
            if (StringRecord.TryBeginRead(record, out var version, out var raw, out var isInteger, out deadline))
            {
                var fits = isInteger
                    ? TryFormat(raw, destination, out length)
                    : TryCopy(raw, destination, out length);
                if (StringRecord.IsUnchanged(record, version)) return fits ? ReadOutcome.Bytes : ReadOutcome.TooLong;
            }
            else
            {
                Thread.SpinWait(8);
            }
        }

        return ReadOutcome.Busy;
    }

    /// <summary>The owner that stands under a key, at some moment during the call.</summary>
    internal object? FindOwner(ReadOnlySpan<byte> key, uint tag)
    {
        Slot[]? array = SegmentOf(directory, tag);
        while (array is not null)
        {
            ref var first = ref MemoryMarshal.GetArrayDataReference(array);
            ref var slot = ref Unsafe.Add(ref first, Home(tag));
            var wrapped = false;
            while (true)
            {
                var found = Volatile.Read(ref slot.Tag);
                if (found == tag)
                {
                    var owner = Volatile.Read(ref slot.Ref);
                    if (owner is not null && KeyIs(owner, key)) return owner;
                }
                else if (found == Empty)
                {
                    // Empty, or the end of the array, which looks the same so that the loop need not ask at each step.
                    if (!Unsafe.AreSame(ref slot, ref Unsafe.Add(ref first, SegmentSlots))) return null;
                    if (wrapped) break;
                    wrapped = true;
                    slot = ref first;
                    continue;
                }

                slot = ref Unsafe.Add(ref slot, 1);
            }

            array = Next(array);
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool KeyIs(object owner, ReadOnlySpan<byte> key) => owner.GetType() == typeof(byte[])
        ? StringRecord.KeyIs(Unsafe.As<byte[]>(owner), key)
        : key.SequenceEqual(Unsafe.As<KeyEntry>(owner).Key);

    private static bool TryCopy(ReadOnlySpan<byte> raw, Span<byte> destination, out int length)
    {
        length = raw.Length;
        return raw.TryCopyTo(destination);
    }

    private static bool TryFormat(ReadOnlySpan<byte> raw, Span<byte> destination, out int length)
    {
        Span<byte> text = stackalloc byte[StringRecord.IntegerTextMax];
        length = StringRecord.Format(Unsafe.ReadUnaligned<long>(ref MemoryMarshal.GetReference(raw)), text);
        return text[..length].TryCopyTo(destination);
    }

    private static unsafe void Touch(ref Slot slot)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref slot));
        else Volatile.Read(ref slot.Tag);
    }
}
