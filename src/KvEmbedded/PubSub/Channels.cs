using System.Diagnostics.CodeAnalysis;

namespace KvEmbedded;

/// <summary>What to subscribe to: channels by name, channels by pattern, or both. A single name converts by itself.</summary>
public sealed class Channels
{
    private Channels(IReadOnlyCollection<KvKey> names, IReadOnlyCollection<KvKey> patterns)
    {
        Names = names;
        Patterns = patterns;
    }

    /// <summary>Channels by name.</summary>
    public IReadOnlyCollection<KvKey> Names { get; }

    /// <summary>Patterns of channels.</summary>
    public IReadOnlyCollection<KvKey> Patterns { get; }

    /// <summary>These channels.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Channels Named(params ReadOnlySpan<KvKey> names) => new(Some(names, nameof(names)), []);

    /// <summary>
    /// All channels, those to come included, that match one of these globs: <c>*</c> any bytes, <c>?</c> any one,
    /// <c>[abc]</c> one of a class, <c>\</c> takes the next byte as it is.
    /// </summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Channels Matching(params ReadOnlySpan<KvKey> patterns) => new([], Some(patterns, nameof(patterns)));

    /// <summary>These and the others.</summary>
    public Channels And(Channels others)
    {
        ArgumentNullException.ThrowIfNull(others);
        return new Channels([.. Names, .. others.Names], [.. Patterns, .. others.Patterns]);
    }

    /// <summary>The channel of this name.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Named is the alternate.")]
    public static implicit operator Channels(KvKey name) => Named(name);

    /// <summary>The channel of this name.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Named is the alternate.")]
    public static implicit operator Channels(string name) => Named(name);

    private static KvKey[] Some(ReadOnlySpan<KvKey> some, string name) => some.Length > 0
        ? some.ToArray()
        : throw new ArgumentException("No channel is given, so nothing would ever come. Give at least one.", name);
}
