namespace KvEmbedded;

/// <summary>What came of giving one field of a hash a time to live.</summary>
public enum FieldExpireResult
{
    /// <summary>There is no such field.</summary>
    Missing,

    /// <summary>The condition forbade it; the field is as it was.</summary>
    Refused,

    /// <summary>The field has this time to live now.</summary>
    Set,

    /// <summary>The time had come already: the field is removed.</summary>
    Removed,
}
