using System.Runtime.CompilerServices;

namespace KvEmbedded;

/// <summary>Which part of an interval of scores or members is meant.</summary>
public sealed record RangePart
{
    /// <summary>From which end entries are counted. Default: from the lowest score.</summary>
    public Order Order { get; init; }

    /// <summary>How many entries are left out first, in entries. At least 0; default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long Skip { get; init => field = NotNegative(value); }

    /// <summary>Most entries that are taken then, in entries. At least 0; default all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long Take { get; init => field = NotNegative(value); } = long.MaxValue;

    private static long NotNegative(long count, [CallerMemberName] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count, name);
        return count;
    }
}
