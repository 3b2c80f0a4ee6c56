namespace KvEmbedded;

/// <summary>Which members a write to a sorted set may touch.</summary>
public enum AddWhen
{
    /// <summary>Any: a missing member is added, a present one gets the score.</summary>
    Always,

    /// <summary>Only missing members: they are added, present ones keep their score (NX).</summary>
    Missing,

    /// <summary>Only present members: they get the score, missing ones are not added (XX).</summary>
    Present,

    /// <summary>A missing member is added; a present one gets the score only if that is greater than its own (GT).</summary>
    Greater,

    /// <summary>A missing member is added; a present one gets the score only if that is less than its own (LT).</summary>
    Less,

    /// <summary>Only present members, and only if the score is greater than their own (XX GT).</summary>
    PresentAndGreater,

    /// <summary>Only present members, and only if the score is less than their own (XX LT).</summary>
    PresentAndLess,
}

/// <summary>What a write to several members counts.</summary>
public enum AddCount
{
    /// <summary>Members that are new.</summary>
    Added,

    /// <summary>Members that are new, and members whose score is another one now (CH).</summary>
    Changed,
}
