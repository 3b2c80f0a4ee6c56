using System.Globalization;

namespace KvEmbedded;

/// <summary>Within which bounds a counter moves, and when its key expires.</summary>
public sealed record IncrementOptions
{
    /// <summary>The least the number may become. Default: the least 64-bit integer.</summary>
    public long Min { get; init; } = long.MinValue;

    /// <summary>The most the number may become. Default: the greatest 64-bit integer.</summary>
    public long Max { get; init; } = long.MaxValue;

    /// <summary>What happens when the result would be out of bounds. Default: the call is refused.</summary>
    public AtBound AtBound { get; init; }

    /// <summary>When the key shall expire, if <see cref="ExpireWhen"/> says so. Default: as before, never for a new key.</summary>
    public Expiration Expiration { get; init; } = Expiration.Keep;

    /// <summary>Whether <see cref="Expiration"/> is for a key that the call creates, or also for one that exists. Default: created.</summary>
    public ExpireCounterWhen ExpireWhen { get; init; }

    /// <exception cref="ArgumentException">The lower bound is above the upper one, or a choice is none of the named ones.</exception>
    internal static IncrementOptions Checked(IncrementOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require.Named(options.AtBound);
        Require.Named(options.ExpireWhen);
        return options.Min <= options.Max
            ? options
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{nameof(Min)} is {options.Min} and {nameof(Max)} is {options.Max}. Give a lower bound that is not above the upper one."),
                nameof(options));
    }
}

/// <summary>What an addition does whose result would be out of bounds.</summary>
public enum AtBound
{
    /// <summary>Nothing: number and time to live stay as they are, and a missing key stays missing.</summary>
    Refuse,

    /// <summary>The number becomes the bound (SATURATE).</summary>
    Saturate,
}

/// <summary>To which keys an addition gives its expiration.</summary>
public enum ExpireCounterWhen
{
    /// <summary>A key that the call creates.</summary>
    Created,

    /// <summary>A key that would never expire: one that the call creates, or one that has no time to live (ENX).</summary>
    WithoutExpiration,

    /// <summary>Any key.</summary>
    Always,
}

/// <summary>What an addition within bounds has done.</summary>
/// <param name="Value">The number after; the unchanged number if the call was refused.</param>
/// <param name="Added">What was added in fact: less than asked for where the number met a bound, 0 if the call was refused.</param>
/// <param name="IsRefused">True if the result would have been out of bounds, so that nothing was changed.</param>
public readonly record struct IncrementResult(long Value, long Added, bool IsRefused);
