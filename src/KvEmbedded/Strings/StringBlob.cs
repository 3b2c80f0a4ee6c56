using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <summary>
/// A long string, or one that is written in places: one array with room to grow at its end. The loop writes it; any thread
/// may copy it out, under a version that is odd while something is being written.
/// </summary>
/// <remarks>Invariant: <c>length</c> is at most the array's; bytes from there on are zero.</remarks>
internal sealed class StringBlob : IDataValue
{
    private const int Attempts = 3;
    private const int ObjectBytes = 64;

    /// <summary>Room is never made ahead for more than the longest value there can be.</summary>
    private const int LengthMax = 512 * 1024 * 1024;

    private byte[] bytes = [];
    private int length;
    private int version;
    private StringBlobCompanion? companion;
    private List<IStringBlobReader>? readers;

    public KeyType Type => KeyType.String;

    /// <summary>A string of no bytes is a string.</summary>
    public bool IsEmpty => false;

    public long MemoryBytes => ObjectBytes + 24 + bytes.Length + (companion?.MemoryBytes ?? 0);

    public IEffectSink? Effects { get; set; }

    public KvValue? Legacy => (ReadOnlyMemory<byte>)bytes.AsMemory(0, length);

    public int Length => length;

    /// <summary>
    /// What somebody has worked out of the content and keeps beside it. Every write forgets it; who knows what the write was
    /// may put it back.
    /// </summary>
    public StringBlobCompanion? Companion
    {
        get => companion;
        set => companion = value;
    }

    /// <summary>The content, for the loop alone and until the next write.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan(0, length);

    /// <summary>What a range means in so many bytes: ends outside are moved to the nearest end.</summary>
    public static (int Start, int Count) Resolve(Range range, int length)
    {
        var start = Math.Clamp(range.Start.GetOffset(length), 0, length);
        var end = Math.Clamp(range.End.GetOffset(length), 0, length);
        return (start, Math.Max(0, end - start));
    }

    public static StringBlob Of(ReadOnlySpan<byte> content) => new() { bytes = content.ToArray(), length = content.Length };

    /// <summary>A blob that takes an array for its own: nobody else writes to it.</summary>
    public static StringBlob Owning(byte[] content) => new() { bytes = content, length = content.Length };

    /// <summary>
    /// The content for a reader who goes on without the loop: what is read of it counts only if <see cref="IsStill"/> says
    /// so afterwards. The loop alone asks for it.
    /// </summary>
    public ReadOnlyMemory<byte> View(out int version)
    {
        version = this.version;
        return bytes.AsMemory(0, length);
    }

    /// <summary>True, on any thread, if nothing was written since <see cref="View"/> gave this version.</summary>
    public bool IsStill(int version)
    {
        Volatile.ReadBarrier();
        return Volatile.Read(ref this.version) == version;
    }

    /// <summary>From now on <paramref name="reader"/> hears of each write before it takes place.</summary>
    public void Attach(IStringBlobReader reader) => (readers ??= []).Add(reader);

    public void Detach(IStringBlobReader reader)
    {
        readers!.Remove(reader);
        if (readers.Count == 0) readers = null;
    }

    /// <summary>Overwrites from <paramref name="offset"/> on; a gap before it is filled with zeros.</summary>
    public void Write(int offset, ReadOnlySpan<byte> content)
    {
        var effect = Effects is null ? null : new StringBlobWritten(length, offset, Overlap(offset, content.Length));
        Restore(Math.Max(length, offset + content.Length), offset, content);
        if (effect is not null) Effects!.Report(effect);
    }

    /// <summary>Puts other bytes in place of all from <paramref name="offset"/> on, which is at most the length.</summary>
    public void ReplaceFrom(int offset, ReadOnlySpan<byte> content)
    {
        var effect = Effects is null ? null : new StringBlobWritten(length, offset, Span[offset..].ToArray());
        Restore(offset + content.Length, offset, content);
        if (effect is not null) Effects!.Report(effect);
    }

    /// <summary>Copies a part of the content on any thread. False if it was being written all the while.</summary>
    public bool TryCopy(Range range, out byte[] copy)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var entered = Volatile.Read(ref version);
            if ((entered & 1) != 0) continue;

            // Both are read under the version; the bound keeps a torn pair from reaching outside the array.
            var source = bytes;
            var (start, count) = Resolve(range, Math.Min(length, source.Length));
            copy = source.AsSpan(start, count).ToArray();
            Volatile.ReadBarrier();
            if (Volatile.Read(ref version) == entered) return true;
        }

        copy = [];
        return false;
    }

    public IDataValue Copy() => Of(Span);

    public void CheckInvariants()
    {
        if (length > bytes.Length) throw new InvalidOperationException("A blob is longer than its array.");
        if (bytes.AsSpan(length).ContainsAnyExcept((byte)0)) throw new InvalidOperationException("A blob's spare room is not zero.");
    }

    /// <summary>Makes the content <paramref name="newLength"/> bytes long with <paramref name="content"/> at <paramref name="offset"/>.</summary>
    internal void Restore(int newLength, int offset, ReadOnlySpan<byte> content)
    {
        // Made before anything is touched: there may be no memory for it.
        var room = newLength <= bytes.Length ? bytes : new byte[Math.Max(newLength, (int)Math.Min(LengthMax, 2L * bytes.Length))];
        if (room != bytes) Span.CopyTo(room);
        companion = null;
        if (readers is not null) TellReaders(newLength, offset, content);

        Volatile.Write(ref version, version + 1);
        Volatile.WriteBarrier();
        bytes = room;
        content.CopyTo(bytes.AsSpan(offset));
        if (newLength < length) bytes.AsSpan(newLength, length - newLength).Clear();
        length = newLength;
        Volatile.Write(ref version, version + 1);
    }

    private void TellReaders(int newLength, int offset, ReadOnlySpan<byte> content)
    {
        foreach (var reader in readers!) reader.BeforeWrite(Span, newLength, offset, content);
    }

    private byte[] Overlap(int offset, int count) =>
        offset >= length ? [] : bytes.AsSpan(offset, Math.Min(count, length - offset)).ToArray();
}

/// <summary>Bytes of a blob were overwritten or added.</summary>
internal sealed class StringBlobWritten(int oldLength, int offset, byte[] oldBytes) : Effect
{
    public override void Undo(IDataValue value) => ((StringBlob)value).Restore(oldLength, Math.Min(offset, oldLength), oldBytes);
}
