using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>
/// Where a key stands in the table, or where it would go. For the loop alone; good until the table's next mutation.
/// </summary>
internal readonly struct KeyLocation
{
    internal KeyLocation(KeyTable.Slot[] segment, int index, uint tag, object? owner)
    {
        Segment = segment;
        Index = index;
        Tag = tag;
        Owner = owner;
    }

    /// <summary>A short string's record or a <see cref="KeyEntry"/>; null where the key is missing.</summary>
    public object? Owner { get; }

    public bool Exists => Owner is not null;

    /// <summary>True for a short string; a long one is an <see cref="Entry"/> like any other data type.</summary>
    public bool IsString => Owner is not null && Owner.GetType() == typeof(byte[]);

    /// <summary>Null unless <see cref="Exists"/> and not <see cref="IsString"/>.</summary>
    public KeyEntry? Entry => Owner as KeyEntry;

    public Expiry Expiry => KeyTable.ExpiryOf(Owner!);

    public long Deadline => Expiry.Deadline;

    public int Timer => Expiry.Timer;

    /// <summary>Length of the short string's text, in bytes.</summary>
    public int StringLength => StringRecord.Length(Record);

    internal KeyTable.Slot[] Segment { get; }

    internal int Index { get; }

    internal uint Tag { get; }

    private byte[] Record
    {
        get
        {
            Debug.Assert(IsString, "Only a short string is a record.");
            return Unsafe.As<byte[]>(Owner!);
        }
    }

    /// <summary>A copy of the key.</summary>
    public byte[] CopyKey() => KeyTable.KeyOf(Owner!).ToArray();

    /// <summary>A copy of the short string's text.</summary>
    public byte[] CopyString()
    {
        var copy = new byte[StringLength];
        CopyString(0, copy);
        return copy;
    }

    /// <summary>Copies a range of the short string's text, from <paramref name="start"/>; it must lie inside.</summary>
    public void CopyString(int start, Span<byte> destination) => StringRecord.CopyTo(Record, start, destination);

    /// <summary>The short string as an integer, if it is the canonical text of one.</summary>
    public bool TryGetInteger(out long value) => StringRecord.TryGetInteger(Record, out value);
}
