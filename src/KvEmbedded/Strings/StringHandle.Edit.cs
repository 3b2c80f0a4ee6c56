using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

internal sealed partial class StringHandle
{
    public ValueTask<int> AppendAsync(KvValue value, CancellationToken cancellationToken)
    {
        Require.ValueLength(door, key, value);
        return door.RunAsync(key, value.ToMemory(), static (turn, key, value) => Append(turn, key, value.Span), cancellationToken);
    }

    public ValueTask<int> SetRangeAsync(int offset, KvValue value, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        Require.ValueLength(door, key, value);
        return door.RunMeasuredAsync(
            key, (offset, Value: value.ToMemory()), static (turn, key, a) => SetRange(turn, key, a.offset, a.Value.Span), cancellationToken);
    }

    /// <summary>Adds bytes at the end of a string (APPEND).</summary>
    private static int Append(Turn turn, EncodedKey key, ReadOnlySpan<byte> value)
    {
        turn.TryFind(key, out var location);
        var length = StringReads.LengthAt(key, location);
        Require.ValueLength(turn, key, (long)length + value.Length);

        StringWrites.Overwrite(turn, key, location, length, value);
        turn.Changed(key, KeyEventKind.StringAppended);
        return length + value.Length;
    }

    /// <summary>Overwrites a part of a string (SETRANGE).</summary>
    private static int SetRange(Turn turn, EncodedKey key, int offset, ReadOnlySpan<byte> value)
    {
        turn.TryFind(key, out var location);
        var length = StringReads.LengthAt(key, location);
        if (value.IsEmpty) return length;
        Require.ValueLength(turn, key, (long)offset + value.Length);

        StringWrites.Overwrite(turn, key, location, offset, value);
        turn.Changed(key, KeyEventKind.StringRangeSet);
        return Math.Max(length, offset + value.Length);
    }
}
