namespace KvEmbedded;

/// <summary>Which keys a write may touch.</summary>
public enum SetWhen
{
    /// <summary>Any key.</summary>
    Always,

    /// <summary>Only a key that is missing (NX); of several, only if all are.</summary>
    Missing,

    /// <summary>Only a key that is present (XX); of several, only if all are.</summary>
    Present,
}
