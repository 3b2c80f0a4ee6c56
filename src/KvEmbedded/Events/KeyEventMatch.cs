namespace KvEmbedded.Events;

/// <summary>A <see cref="KeyEventFilter"/>, checked and in the form that the loop asks.</summary>
internal sealed class KeyEventMatch
{
    private readonly byte[] prefix;
    private readonly UInt128 kinds = UInt128.MaxValue;

    /// <exception cref="ArgumentException">The filter names no kind, or one that does not exist.</exception>
    public KeyEventMatch(KeyEventFilter? filter)
    {
        prefix = filter?.Prefix?.ToArray() ?? [];
        if (filter?.Kinds is not { } wanted) return;

        kinds = 0;
        foreach (var kind in wanted)
        {
            if (!Enum.IsDefined(kind))
                throw new ArgumentOutOfRangeException(nameof(filter), kind, $"There is no {nameof(KeyEventKind)} of that number.");
            kinds |= UInt128.One << (int)kind;
        }

        if (kinds == 0)
            throw new ArgumentException($"{nameof(KeyEventFilter.Kinds)} is empty, so nothing would ever come. Name a kind, or leave it null for all.", nameof(filter));
    }

    public bool Matches(KeyEvent change) =>
        (kinds >> (int)change.Kind & 1) != 0 && (prefix.Length == 0 || change.Key.Payload.Bytes([]).StartsWith(prefix));
}
