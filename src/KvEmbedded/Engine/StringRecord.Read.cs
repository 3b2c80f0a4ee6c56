using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KvEmbedded.Engine;

internal static partial class StringRecord
{
    /// <summary>Digits and sign of the longest 64-bit integer.</summary>
    public const int IntegerTextMax = 20;

    /// <summary>A view of the key, which never changes. For the engine alone.</summary>
    public static ReadOnlySpan<byte> Key(byte[] record)
    {
        var flags = At(record, FlagsAt);
        return MemoryMarshal.CreateReadOnlySpan(ref At(record, KeyStart(flags)), KeyLength(record, flags));
    }

    /// <summary>Safe on any thread at any time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool KeyIs(byte[] record, ReadOnlySpan<byte> key)
    {
        var flags = At(record, FlagsAt);
        return KeyLength(record, flags) == key.Length
            && MemoryMarshal.CreateReadOnlySpan(ref At(record, KeyStart(flags)), key.Length).SequenceEqual(key);
    }

    /// <summary>
    /// First half of a lock-free read: a view of what is there now, worth something only if
    /// <see cref="IsUnchanged"/> says so after it has been copied.
    /// </summary>
    /// <returns>False while a write is under way.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryBeginRead(
        byte[] record, out int version, out ReadOnlySpan<byte> raw, out bool isInteger, out long deadline)
    {
        version = Volatile.Read(ref Version(record));
        var flags = At(record, FlagsAt);
        var keyStart = KeyStart(flags);
        var start = keyStart + KeyLength(record, flags);
        raw = MemoryMarshal.CreateReadOnlySpan(ref At(record, start), record.Length - start - At(record, SlackAt));
        deadline = (flags & Expires) == 0
            ? Expiry.NoDeadline
            : Unsafe.ReadUnaligned<long>(ref At(record, keyStart - 16));
        isInteger = (flags & IsInteger) != 0;
        return (version & 1) == 0 && (!isInteger || raw.Length == sizeof(long));
    }

    /// <summary>Second half of a lock-free read: true if nothing was written since <paramref name="version"/> was taken.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsUnchanged(byte[] record, int version)
    {
        Volatile.ReadBarrier();
        return Version(record) == version;
    }

    /// <summary>Loop only.</summary>
    public static Expiry ExpiryOf(byte[] record)
    {
        if ((record[FlagsAt] & Expires) == 0) return Expiry.Never;

        var end = KeyStart(record);
        return new Expiry(
            Unsafe.ReadUnaligned<long>(ref At(record, end - 16)), Unsafe.ReadUnaligned<int>(ref At(record, end - 8)));
    }

    /// <summary>Length of the text, in bytes. Loop only.</summary>
    public static int Length(byte[] record) =>
        TryGetRawInteger(record, out var number) ? TextLength(number) : RawValue(record).Length;

    /// <summary>Copies the text from <paramref name="start"/> on; both ends must lie inside it. Loop only.</summary>
    public static void CopyTo(byte[] record, int start, Span<byte> destination)
    {
        Span<byte> digits = stackalloc byte[IntegerTextMax];
        var text = TryGetRawInteger(record, out var number) ? digits[..Format(number, digits)] : RawValue(record);
        text.Slice(start, destination.Length).CopyTo(destination);
    }

    /// <summary>
    /// The value as an integer, whether kept as one or as its text, as <see cref="NumberText.TryParseInt64"/> takes it.
    /// Loop only.
    /// </summary>
    public static bool TryGetInteger(byte[] record, out long value) =>
        TryGetRawInteger(record, out value) || NumberText.TryParseInt64(RawValue(record), out value);

    /// <summary>Length of an integer's text, in bytes.</summary>
    public static int TextLength(long value)
    {
        Span<byte> digits = stackalloc byte[IntegerTextMax];
        return Format(value, digits);
    }

    /// <summary>Writes an integer's text; returns its length.</summary>
    public static int Format(long value, Span<byte> destination)
    {
        value.TryFormat(destination, out var length, provider: CultureInfo.InvariantCulture);
        return length;
    }

    private static bool TryGetRawInteger(byte[] record, out long value)
    {
        var isInteger = (record[FlagsAt] & IsInteger) != 0;
        value = isInteger ? Unsafe.ReadUnaligned<long>(ref At(record, ValueStart(record))) : 0;
        return isInteger;
    }

    private static ReadOnlySpan<byte> RawValue(byte[] record)
    {
        var start = ValueStart(record);
        return record.AsSpan(start, record.Length - start - record[SlackAt]);
    }

    private static int ValueStart(byte[] record)
    {
        var flags = At(record, FlagsAt);
        return KeyStart(flags) + KeyLength(record, flags);
    }

    private static int KeyStart(byte[] record) => KeyStart(At(record, FlagsAt));

    /// <summary>8, and 16 more with <see cref="Expires"/>, and 4 more with <see cref="LongKey"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int KeyStart(byte flags) => HeaderBytes + ((flags & Expires) << 4) + ((flags & LongKey) << 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int KeyLength(byte[] record, byte flags) => (flags & LongKey) == 0
        ? Unsafe.ReadUnaligned<ushort>(ref At(record, KeyLengthAt))
        : Unsafe.ReadUnaligned<int>(ref At(record, HeaderBytes));
}
