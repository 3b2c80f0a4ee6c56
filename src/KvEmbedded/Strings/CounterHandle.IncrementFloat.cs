using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

internal sealed partial class CounterHandle
{
    public ValueTask<double> IncrementFloatAsync(double by, Expiration expirationIfCreated, CancellationToken cancellationToken)
    {
        Require.Finite(by);
        return door.RunAsync(
            key, (by, expirationIfCreated), static (turn, key, a) => IncrementFloat(turn, key, a.by, a.expirationIfCreated), cancellationToken);
    }

    /// <summary>Adds to a number that need not be whole (INCRBYFLOAT).</summary>
    private static double IncrementFloat(Turn turn, EncodedKey key, double by, Expiration expirationIfCreated)
    {
        Span<byte> oldScratch = stackalloc byte[DecimalText.LengthMax], text = stackalloc byte[DecimalText.LengthMax];
        var exists = turn.TryFind(key, out var location);
        var oldText = exists ? FloatTextAt(key, location, oldScratch) : "0"u8;
        var old = FloatOf(key, oldText);

        text = text[..DecimalText.Add(oldText, old, by, text)];
        if (text.IsEmpty) throw new NumberOverflowException(key.Bytes, ((KvValue)(old + by)).ToString(), "the finite numbers");
        StringWrites.Put(
            turn, key.Bytes, key.Hash, location, text, exists ? Expiration.Keep : expirationIfCreated, KeyEventKind.CounterFloatIncremented);
        return FloatOf(key, text);
    }

    /// <exception cref="NotANumberException">The text is no number.</exception>
    private static double FloatOf(EncodedKey key, ReadOnlySpan<byte> text) =>
        NumberText.TryParseDouble(text, out var number) ? number : throw new NotANumberException(key.Bytes, "a number");

    /// <summary>The text at a location, or none if it is longer than that of any number.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    private static ReadOnlySpan<byte> FloatTextAt(EncodedKey key, KeyLocation location, Span<byte> scratch)
    {
        var length = StringReads.LengthAt(key, location);
        if (length > scratch.Length) return default;
        location.CopyString(0, scratch[..length]);
        return scratch[..length];
    }
}
