using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace KvEmbedded;

/// <summary>The id of an entry of a stream: a millisecond and a number within it; ordered by both.</summary>
/// <param name="Milliseconds">As a rule the Unix time at which the entry was added, in milliseconds.</param>
/// <param name="Sequence">Tells entries of the same millisecond apart; counts from 0.</param>
/// <remarks>Text form: <c>1700000000000-0</c>. No entry has the id 0-0, the default.</remarks>
public readonly record struct StreamId(ulong Milliseconds, ulong Sequence = 0) : IComparable<StreamId>, IComparable
{
    /// <summary>0-0: before every entry. No entry has it.</summary>
    public static StreamId MinValue => default;

    /// <summary>The last id there is.</summary>
    public static StreamId MaxValue => new(ulong.MaxValue, ulong.MaxValue);

    /// <summary>The id after this one; the one after the last of a millisecond is the first of the next.</summary>
    /// <exception cref="OverflowException">This is <see cref="MaxValue"/>.</exception>
    public StreamId Next => this == MaxValue
        ? throw new OverflowException("There is no stream id after the last one. Ask for Next of smaller ids only.")
        : Sequence == ulong.MaxValue ? new StreamId(Milliseconds + 1) : new StreamId(Milliseconds, Sequence + 1);

    /// <summary>The id before this one.</summary>
    /// <exception cref="OverflowException">This is <see cref="MinValue"/>.</exception>
    public StreamId Previous => this == MinValue
        ? throw new OverflowException("There is no stream id before 0-0. Ask for Previous of greater ids only.")
        : Sequence == 0 ? new StreamId(Milliseconds - 1, ulong.MaxValue) : new StreamId(Milliseconds, Sequence - 1);

    /// <summary>The first id of the millisecond in which a moment lies; of a moment before 1970, 0-0.</summary>
    public static StreamId At(DateTimeOffset time) => new((ulong)Math.Max(0, time.ToUnixTimeMilliseconds()));

    /// <summary>Reads <c>milliseconds-sequence</c>, or milliseconds alone, which have the sequence 0.</summary>
    /// <exception cref="FormatException">The text is no stream id.</exception>
    public static StreamId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"'{text}' is not a stream id. Write milliseconds, or milliseconds-sequence, as two decimal numbers.");

    /// <summary>As <see cref="Parse"/>; false if the text is no stream id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out StreamId id)
    {
        id = default;
        if (text is null) return false;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var first = dash < 0 ? text : text.AsSpan(0, dash);
        var second = dash < 0 ? "0" : text.AsSpan(dash + 1);
        if (!TryParse(first, out var milliseconds) || !TryParse(second, out var sequence)) return false;
        id = new StreamId(milliseconds, sequence);
        return true;
    }

    private static bool TryParse(ReadOnlySpan<char> digits, out ulong number) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    /// <inheritdoc/>
    public int CompareTo(StreamId other)
    {
        var order = Milliseconds.CompareTo(other.Milliseconds);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }

    /// <inheritdoc/>
    int IComparable.CompareTo(object? obj) => obj switch
    {
        null => 1,
        StreamId other => CompareTo(other),
        _ => throw new ArgumentException($"A stream id cannot be compared with a {obj.GetType().Name}.", nameof(obj)),
    };

    /// <summary>As Redis writes it: <c>1700000000000-0</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}-{Sequence}");

    /// <summary>The id as a value, in its text form.</summary>
    public static implicit operator KvValue(StreamId id)
    {
        Span<byte> text = stackalloc byte[41];
        Utf8Formatter.TryFormat(id.Milliseconds, text, out var length);
        text[length++] = (byte)'-';
        Utf8Formatter.TryFormat(id.Sequence, text[length..], out var more);
        return text[..(length + more)].ToArray();
    }

    /// <summary>True if <paramref name="left"/> comes first.</summary>
    public static bool operator <(StreamId left, StreamId right) => left.CompareTo(right) < 0;

    /// <summary>True if <paramref name="left"/> comes first or both are equal.</summary>
    public static bool operator <=(StreamId left, StreamId right) => left.CompareTo(right) <= 0;

    /// <summary>True if <paramref name="left"/> comes last.</summary>
    public static bool operator >(StreamId left, StreamId right) => left.CompareTo(right) > 0;

    /// <summary>True if <paramref name="left"/> comes last or both are equal.</summary>
    public static bool operator >=(StreamId left, StreamId right) => left.CompareTo(right) >= 0;
}
