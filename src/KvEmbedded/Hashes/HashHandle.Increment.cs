using System.Buffers.Text;
using System.Globalization;
using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

internal sealed partial class HashHandle
{
    /// <summary>More than any 64-bit integer needs as text.</summary>
    private const int IntegerLengthMax = 20;

    public ValueTask<long> IncrementAsync(KvValue field, long by, CancellationToken cancellationToken)
    {
        Require.ValueLength(door, key, field);
        return RunOnMemberAsync(field, by, static (turn, key, field, by) => Increment(turn, key, field, by), cancellationToken);
    }

    public ValueTask<double> IncrementFloatAsync(KvValue field, double by, CancellationToken cancellationToken)
    {
        Require.Finite(by);
        Require.ValueLength(door, key, field);
        return RunOnMemberAsync(field, by, static (turn, key, field, by) => IncrementFloat(turn, key, field, by), cancellationToken);
    }

    /// <summary>Adds to an integer in a field (HINCRBY).</summary>
    private static long Increment(Turn turn, EncodedKey key, ReadOnlySpan<byte> field, long by)
    {
        var fields = turn.FindOrCreate<HashFields>(key);
        var old = 0L;
        if (HashReads.TryGet(turn, fields, field, out var present) && !NumberText.TryParseInt64(present, out old))
            throw new NotANumberException(key.Bytes, field.ToArray(), "a 64-bit integer");

        var sum = unchecked(old + by);
        if (((old ^ sum) & (by ^ sum)) < 0)
        {
            throw new NumberOverflowException(
                key.Bytes, field.ToArray(), ((Int128)old + by).ToString(CultureInfo.InvariantCulture), "the 64-bit integers");
        }

        Span<byte> text = stackalloc byte[IntegerLengthMax];
        Utf8Formatter.TryFormat(sum, text, out var length);
        HashWrites.PutOne(turn, key, fields, field, text[..length], HashFields.KeepDeadline);
        turn.Changed(key, KeyEventKind.HashFieldIncremented);
        return sum;
    }

    /// <summary>Adds to a number in a field that need not be whole (HINCRBYFLOAT).</summary>
    private static double IncrementFloat(Turn turn, EncodedKey key, ReadOnlySpan<byte> field, double by)
    {
        var fields = turn.FindOrCreate<HashFields>(key);
        if (!HashReads.TryGet(turn, fields, field, out var oldText)) oldText = "0"u8;
        var old = FloatOf(key, field, oldText);

        Span<byte> text = stackalloc byte[DecimalText.LengthMax];
        text = text[..DecimalText.Add(oldText, old, by, text)];
        if (text.IsEmpty)
            throw new NumberOverflowException(key.Bytes, field.ToArray(), ((KvValue)(old + by)).ToString(), "the finite numbers");

        HashWrites.PutOne(turn, key, fields, field, text, HashFields.KeepDeadline);
        turn.Changed(key, KeyEventKind.HashFieldFloatIncremented);
        return FloatOf(key, field, text);
    }

    /// <exception cref="NotANumberException">The text is no number.</exception>
    private static double FloatOf(EncodedKey key, ReadOnlySpan<byte> field, ReadOnlySpan<byte> text) =>
        text.Length <= DecimalText.LengthMax && NumberText.TryParseDouble(text, out var number)
            ? number
            : throw new NotANumberException(key.Bytes, field.ToArray(), "a number");
}
