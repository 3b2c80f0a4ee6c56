namespace KvEmbedded;

/// <summary>The direction in which entries are read and counted.</summary>
public enum Order
{
    /// <summary>From the lowest score to the highest; equal scores by member, byte by byte.</summary>
    Ascending,

    /// <summary>From the highest score to the lowest; equal scores by member, in reverse.</summary>
    Descending,
}
