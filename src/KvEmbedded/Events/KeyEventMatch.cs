using KvEmbedded.Keys;

namespace KvEmbedded.Events;

/// <summary>A <see cref="KeyEventFilter"/> of a view, checked and in the form that the loop asks.</summary>
internal sealed class KeyEventMatch
{
    private readonly int viewPrefixLength;

    // The view's prefix, and behind it the filter's.
    private readonly byte[] prefix;
    private readonly GlobPattern? pattern;
    private readonly UInt128 kinds;

    /// <param name="viewPrefix">What the view has before its keys: others are not its own, and it does not show it.</param>
    /// <exception cref="ArgumentException">The filter names no kind, or one that does not exist.</exception>
    public KeyEventMatch(KeyEventFilter? filter, byte[] viewPrefix)
    {
        viewPrefixLength = viewPrefix.Length;
        prefix = [.. viewPrefix, .. filter?.Prefix?.ToArray() ?? []];
        pattern = filter?.Pattern is { } glob && new GlobPattern(glob.ToArray()) is { MatchesAnything: false } narrow ? narrow : null;
        kinds = filter?.Kinds is { } wanted ? MaskOf(wanted, nameof(filter)) : UInt128.MaxValue;
    }

    /// <summary>True, with the event as the view shows it, if it is asked for.</summary>
    /// <param name="change">With the whole key.</param>
    public bool IsWanted(KeyEvent change, out KeyEvent seen)
    {
        seen = change;
        if (((kinds >> (int)change.Kind) & 1) == 0) return false;
        if (change.Kind == KeyEventKind.KeyspaceFlushed) return IsFlushWanted(change, ref seen);
        if (prefix.Length == 0 && pattern is null) return true;
        var key = change.Key.Payload.Bytes([]);
        if (!key.StartsWith(prefix) || pattern?.Matches(key[viewPrefixLength..]) == false) return false;
        if (viewPrefixLength > 0) seen = change with { Key = Shown(change.Key) };
        return true;
    }

    /// <summary>A flush concerns those who could have seen one of its keys: one prefix begins with the other.</summary>
    private bool IsFlushWanted(KeyEvent flush, ref KeyEvent seen)
    {
        var flushed = flush.Key.Payload.Bytes([]);
        if (!flushed.StartsWith(prefix) && !prefix.AsSpan().StartsWith(flushed)) return false;
        seen = flush with { Key = flushed.Length <= viewPrefixLength ? Array.Empty<byte>() : Shown(flush.Key) };
        return true;
    }

    private KvKey Shown(KvKey key) => key.Payload.ToMemory()[viewPrefixLength..];

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
