namespace KvEmbedded;

/// <summary>Whether a key exists, and when it expires: three cases, told apart. The default is the missing key.</summary>
public readonly record struct KeyLifetime
{
    private KeyLifetime(TimeSpan? timeToLive, DateTimeOffset? expiresAt) =>
        (Exists, TimeToLive, ExpiresAt) = (true, timeToLive, expiresAt);

    /// <summary>There is no such key.</summary>
    public static KeyLifetime Missing => default;

    /// <summary>The key exists and does not expire.</summary>
    public static KeyLifetime Endless => new(null, null);

    /// <summary>True if there is such a key.</summary>
    public bool Exists { get; }

    /// <summary>What is left, more than zero; null if there is no such key or it does not expire.</summary>
    public TimeSpan? TimeToLive { get; }

    /// <summary>
    /// The moment of the key's end by the wall clock as it stands now; null if there is no such key or it does not expire.
    /// </summary>
    /// <remarks>Times to live do not follow the wall clock: if that is set, this moment moves along with it.</remarks>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The key exists and expires in <paramref name="timeToLive"/>, which is at <paramref name="expiresAt"/>.</summary>
    public static KeyLifetime Until(DateTimeOffset expiresAt, TimeSpan timeToLive) => new(timeToLive, expiresAt);

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { Exists: false } => "missing",
        { ExpiresAt: { } moment } => $"expires at {moment:O}",
        _ => "does not expire",
    };
}
