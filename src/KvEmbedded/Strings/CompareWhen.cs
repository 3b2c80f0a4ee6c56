namespace KvEmbedded;

/// <summary>Which comparison lets a conditional write happen.</summary>
public enum CompareWhen
{
    /// <summary>The value is the one given (IFEQ). A missing key has no value, so it never is.</summary>
    Equal,

    /// <summary>The value is not the one given (IFNE).</summary>
    NotEqual,
}
