using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>What a lock-free look at a key has found.</summary>
internal enum ReadOutcome : byte
{
    /// <summary>At some moment during the call there was no such key.</summary>
    Missing,

    /// <summary>A short string; the bytes are a copy.</summary>
    Bytes,

    /// <summary>A short string that is kept as a number.</summary>
    Integer,

    /// <summary>Another kind of value, or a long string: only the loop may look into it.</summary>
    Other,

    /// <summary>The value is being overwritten again and again: ask through the loop.</summary>
    Busy,
}

/// <summary>The answer of a lock-free read. Whoever gets it compares <see cref="Deadline"/> with the clock, if there is one.</summary>
internal readonly struct StringRead
{
    private readonly object? found;

    private StringRead(ReadOutcome outcome, object? found, long integer, long deadline)
    {
        this.found = found;
        Integer = integer;
        Deadline = deadline;
        Outcome = outcome;
    }

    public ReadOutcome Outcome { get; }

    /// <summary>The number, if the outcome is <see cref="ReadOutcome.Integer"/>.</summary>
    public long Integer { get; }

    /// <summary>See <see cref="Engine.Expiry.Deadline"/>.</summary>
    public long Deadline { get; }

    /// <summary>The caller's own copy, if the outcome is <see cref="ReadOutcome.Bytes"/>.</summary>
    public byte[] Bytes => Unsafe.As<byte[]>(found)!;

    /// <summary>If the outcome is <see cref="ReadOutcome.Other"/>.</summary>
    public KeyEntry Entry => Unsafe.As<KeyEntry>(found)!;

    public static StringRead Missing => new(ReadOutcome.Missing, null, 0, Expiry.NoDeadline);

    public static StringRead Busy => new(ReadOutcome.Busy, null, 0, Expiry.NoDeadline);

    public static StringRead Of(byte[] copy, long deadline) => new(ReadOutcome.Bytes, copy, 0, deadline);

    public static StringRead Of(long integer, long deadline) => new(ReadOutcome.Integer, null, integer, deadline);

    public static StringRead Of(KeyEntry entry) => new(ReadOutcome.Other, entry, 0, entry.Deadline);
}
