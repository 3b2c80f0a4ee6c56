namespace KvEmbedded.Records;

/// <summary>Choosing by chance.</summary>
internal static class Picks
{
    /// <summary>
    /// So many different numbers from 0 up to the count, each choice of them as likely as any other (R. W. Floyd's sampling,
    /// 1987). O(picked).
    /// </summary>
    public static HashSet<int> Distinct(Random random, int count, int picked)
    {
        var picks = new HashSet<int>(picked);
        for (var last = count - picked; last < count; last++)
        {
            if (!picks.Add(random.Next(last + 1))) picks.Add(last);
        }

        return picks;
    }
}
