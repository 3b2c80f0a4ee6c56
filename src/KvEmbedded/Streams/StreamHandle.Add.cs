using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class StreamHandle
{
    /// <summary>What an entry takes besides its fields, about.</summary>
    private const int EntryBytes = 8;

    public ValueTask<StreamId> AddAsync(KvValue name, KvValue value, CancellationToken cancellationToken)
    {
        var bound = FieldBytes.BoundOf(name) + FieldBytes.BoundOf(value);
        if (bound > ScratchLength) return AddAsync([new StreamField(name, value)], cancellationToken);

        // The bound costs no look at the text, and almost always is enough.
        if (bound > door.Store.Options.ValueLengthMax) RequireLength((long)name.Length + value.Length);
        return AddShort(name, value, cancellationToken);
    }

    public ValueTask<StreamId> AddAsync(IReadOnlyCollection<StreamField> fields, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, (Fields: Encode(fields), fields.Count), static (turn, key, a) => Add(turn, key, a.Count, a.Fields), cancellationToken);

    public ValueTask<StreamId?> AddAsync(
        IReadOnlyCollection<StreamField> fields, StreamAddOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Trim is { } trim) Require.Named(trim.References, nameof(options));
        return door.RunMeasuredAsync(
            key, (Fields: Encode(fields), fields.Count, options),
            static (turn, key, a) => Add(turn, key, a.Count, a.Fields, a.options), cancellationToken);
    }

    /// <summary>Where the loop is idle, without an array for the fields.</summary>
    [SkipLocalsInit]
    private ValueTask<StreamId> AddShort(KvValue name, KvValue value, CancellationToken cancellationToken)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var length = FieldBytes.Write(scratch, name);
        length += FieldBytes.Write(scratch[length..], value);
        return door.TryEnter(cancellationToken, out var turn)
            ? door.RunAndLeave(
                turn, key, (ReadOnlySpan<byte>)scratch[..length], static (turn, key, fields) => Add(turn, key, 1, fields))
            : door.RunAsync(
                key, scratch[..length].ToArray(), static (turn, key, fields) => Add(turn, key, 1, fields), cancellationToken);
    }

    private byte[] Encode(IReadOnlyCollection<StreamField> fields)
    {
        Require.Some(fields, "field");
        var length = 0L;
        foreach (var (name, value) in fields) length += (long)name.Length + value.Length;
        RequireLength(length);
        return FieldBytes.Of(fields);
    }

    /// <summary>Of all names and values together.</summary>
    private void RequireLength(long length)
    {
        var max = door.Store.Options.ValueLengthMax;
        if (length > max) throw new ValueTooLongException(key.Bytes, length, max);
    }

    /// <summary>Adds an entry with an automatic id (XADD).</summary>
    private static StreamId Add(Turn turn, EncodedKey key, int fieldCount, ReadOnlySpan<byte> fields)
    {
        if (turn.Options.MemoryLimitBytes is not null) turn.RequireMemory(key, EntryBytes + fields.Length);
        var log = turn.FindOrCreate<StreamLog>(key);
        var id = NextId(turn, key, log, default);
        log.Append(id, fieldCount, fields);
        turn.Changed(key, KeyEventKind.StreamAdded);
        return id;
    }

    /// <summary>Adds an entry, and trims (XADD with options).</summary>
    private static StreamId? Add(Turn turn, EncodedKey key, int fieldCount, byte[] fields, StreamAddOptions options)
    {
        var log = turn.FindToChange<StreamLog>(key);
        if (log is null && !options.CreatesStream) return null;

        turn.RequireMemory(key, turn.Options.MemoryLimitBytes is null ? 0 : EntryBytes + fields.Length);
        var id = NextId(turn, key, log, options.Id);
        log ??= turn.FindOrCreate<StreamLog>(key);
        log.Append(id, fieldCount, fields);
        turn.Changed(key, KeyEventKind.StreamAdded);
        if (options.Trim is { } trim) StreamWrites.Trim(turn, key, log, trim);
        return id;
    }

    /// <summary>The id of an entry to be added: always greater than those before, whatever the clock says.</summary>
    private static StreamId NextId(Turn turn, EncodedKey key, StreamLog? log, NewStreamId wanted)
    {
        var last = log?.LastId ?? StreamId.MinValue;
        if (last == StreamId.MaxValue) throw new StreamIdExhaustedException(key.Bytes);
        var id = wanted.Id;
        switch (wanted.Kind)
        {
            case NewStreamIdKind.Automatic:
                id = new StreamId((ulong)Math.Max(0, turn.Clock.UnixMilliseconds));
                return id > last ? id : last.Next;
            case NewStreamIdKind.InMillisecond when id.Milliseconds == last.Milliseconds && last.Sequence < ulong.MaxValue:
                return last.Next;
            default:
                return id > last ? id : throw new StreamIdNotGreaterException(key.Bytes, id, last);
        }
    }
}
