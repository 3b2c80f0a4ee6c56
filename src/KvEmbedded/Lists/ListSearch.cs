using System.Runtime.CompilerServices;

namespace KvEmbedded;

/// <summary>How a list is searched for an element.</summary>
public sealed record ListSearch
{
    /// <summary>From which end the list is searched. Default: the head.</summary>
    public ListEnd From { get; init; }

    /// <summary>How many elements that are equal are left out first, in elements. At least 0; default 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long Skip { get; init => field = AtLeast(0, value); }

    /// <summary>After how many elements that were compared the search ends, in elements. At least 1; default never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public long ComparisonsMax { get; init => field = AtLeast(1, value); } = long.MaxValue;

    private static long AtLeast(long least, long count, [CallerMemberName] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, least, name);
        return count;
    }
}
