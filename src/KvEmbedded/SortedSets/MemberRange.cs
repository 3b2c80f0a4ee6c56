namespace KvEmbedded;

/// <summary>An interval of members in the order of their bytes: <c>MemberRange.AtLeast("b").AndBelow("d")</c>.</summary>
/// <remarks>
/// Meant for sorted sets whose scores are all equal; with others the answer is not defined, as in Redis. The default is
/// <see cref="All"/>. An interval that is upside down holds nothing.
/// </remarks>
public readonly record struct MemberRange
{
    private MemberRange(KvValue? lowest, bool excludesLowest, KvValue? highest, bool excludesHighest)
    {
        Lowest = lowest;
        Highest = highest;
        ExcludesLowest = excludesLowest;
        ExcludesHighest = excludesHighest;
    }

    /// <summary>Every member.</summary>
    public static MemberRange All => default;

    /// <summary>The lower end; null if there is none.</summary>
    public KvValue? Lowest { get; }

    /// <summary>The upper end; null if there is none.</summary>
    public KvValue? Highest { get; }

    /// <summary>True if the lower end itself is not in the interval.</summary>
    public bool ExcludesLowest { get; }

    /// <summary>True if the upper end itself is not in the interval.</summary>
    public bool ExcludesHighest { get; }

    /// <summary>Members from <paramref name="lowest"/> on, itself included.</summary>
    public static MemberRange AtLeast(KvValue lowest) => new(lowest, false, null, false);

    /// <summary>Members behind <paramref name="lowest"/>.</summary>
    public static MemberRange Above(KvValue lowest) => new(lowest, true, null, false);

    /// <summary>Members up to <paramref name="highest"/>, itself included.</summary>
    public static MemberRange AtMost(KvValue highest) => All.AndAtMost(highest);

    /// <summary>Members before <paramref name="highest"/>.</summary>
    public static MemberRange Below(KvValue highest) => All.AndBelow(highest);

    /// <summary>Members from <paramref name="lowest"/> to <paramref name="highest"/>, both included.</summary>
    public static MemberRange Between(KvValue lowest, KvValue highest) => AtLeast(lowest).AndAtMost(highest);

    /// <summary>Members that begin with <paramref name="prefix"/>.</summary>
    public static MemberRange StartingWith(KvValue prefix)
    {
        // The first byte string behind all of these: the prefix with its last byte that can be raised, raised.
        var end = prefix.ToArray();
        var length = end.AsSpan().LastIndexOfAnyExcept(byte.MaxValue) + 1;
        if (length == 0) return AtLeast(prefix);

        end[length - 1]++;
        return AtLeast(prefix).AndBelow(end[..length]);
    }

    /// <summary>The same lower end, with members up to <paramref name="highest"/>, itself included.</summary>
    public MemberRange AndAtMost(KvValue highest) => new(Lowest, ExcludesLowest, highest, false);

    /// <summary>The same lower end, with members before <paramref name="highest"/>.</summary>
    public MemberRange AndBelow(KvValue highest) => new(Lowest, ExcludesLowest, highest, true);

    /// <summary>True if the member is in the interval.</summary>
    public bool Contains(KvValue member) =>
        (Lowest is not { } low || (ExcludesLowest ? member > low : member >= low))
        && (Highest is not { } high || (ExcludesHighest ? member < high : member <= high));

    /// <summary>The interval as Redis writes it: <c>[b (d</c>.</summary>
    public override string ToString() =>
        $"{(Lowest is { } low ? (ExcludesLowest ? "(" : "[") + low : "-")} {(Highest is { } high ? (ExcludesHighest ? "(" : "[") + high : "+")}";
}
