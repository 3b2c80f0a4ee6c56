using KvEmbedded.Keys;

namespace KvEmbedded.Events;

/// <summary>A <see cref="KeyEventFilter"/>, checked and in the form that the loop asks.</summary>
internal sealed class KeyEventMatch
{
    private readonly byte[] prefix;
    private readonly GlobPattern? pattern;
    private readonly UInt128 kinds;

    /// <exception cref="ArgumentException">The filter names no kind, or one that does not exist.</exception>
    public KeyEventMatch(KeyEventFilter? filter)
    {
        prefix = filter?.Prefix?.ToArray() ?? [];
        pattern = filter?.Pattern is { } glob && new GlobPattern(glob.ToArray()) is { MatchesAnything: false } narrow ? narrow : null;
        kinds = filter?.Kinds is { } wanted ? MaskOf(wanted, nameof(filter)) : UInt128.MaxValue;
    }

    public bool Matches(KeyEvent change)
    {
        if (((kinds >> (int)change.Kind) & 1) == 0) return false;
        if (prefix.Length == 0 && pattern is null) return true;
        var key = change.Key.Payload.Bytes([]);
        return key.StartsWith(prefix) && pattern?.Matches(key) != false;
    }

    private static UInt128 MaskOf(IReadOnlyCollection<KeyEventKind> wanted, string name)
    {
        UInt128 mask = 0;
        foreach (var kind in wanted)
        {
            if (!Enum.IsDefined(kind))
                throw new ArgumentOutOfRangeException(name, kind, $"There is no {nameof(KeyEventKind)} of that number.");
            mask |= UInt128.One << (int)kind;
        }

        return mask != 0 ? mask : throw new ArgumentException(
            $"{nameof(KeyEventFilter.Kinds)} is empty, so nothing would ever come. Name a kind, or leave it null for all.", name);
    }
}
