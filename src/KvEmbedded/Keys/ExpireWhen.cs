namespace KvEmbedded;

/// <summary>Which keys a new time to live may be given to, by the one they have.</summary>
/// <remarks>A key without a time to live counts as one that lives for ever: it is never later, always sooner.</remarks>
public enum ExpireWhen
{
    /// <summary>Any key.</summary>
    Always,

    /// <summary>Only a key that has no time to live (NX).</summary>
    WithoutExpiration,

    /// <summary>Only a key that has a time to live (XX).</summary>
    WithExpiration,

    /// <summary>Only if the key would expire later than it does now (GT).</summary>
    Later,

    /// <summary>Only if the key would expire sooner than it does now (LT).</summary>
    Sooner,
}
