using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

/// <summary>The keys that a walk is after: those of one view, and of these what a scan's options leave.</summary>
/// <remarks>The prefix is compared byte by byte: glob characters in it mean themselves.</remarks>
internal sealed class KeyFilter
{
    private readonly byte[] prefix;
    private readonly GlobPattern? pattern;
    private readonly KeyType? type;

    /// <exception cref="ArgumentException">The scan is for keys of type None, or of one that does not exist.</exception>
    public KeyFilter(byte[] prefix, KeyScan scan)
    {
        Check(scan);
        this.prefix = prefix;
        type = scan.Type;
        PageSize = scan.PageSize;
        if (scan.Pattern is { } glob && new GlobPattern(glob.ToArray()) is { MatchesAnything: false } read) pattern = read;
    }

    /// <exception cref="ArgumentException">The scan is for keys of type None, or of one that does not exist.</exception>
    public static void Check(KeyScan options)
    {
        if (options.Type == KeyType.None)
        {
            throw new ArgumentException(
                $"No key that exists has the type {nameof(KeyType.None)}. Leave {nameof(KeyScan)}.{nameof(KeyScan.Type)} null for all types.",
                nameof(options));
        }

        if (options.Type is { } named) Require.Named(named, nameof(options));
    }

    /// <summary>Keys to be looked at in one turn.</summary>
    public int PageSize { get; }

    /// <summary>True if a key is in the view and has the type that is asked for.</summary>
    public bool Allows(object owner) =>
        KeyTable.KeyOf(owner).StartsWith(prefix) && (type is null || type == Turn.TypeOf(owner));

    /// <summary>The key as the view shows it, in an array of its own.</summary>
    public byte[] NameOf(object owner) => KeyTable.KeyOf(owner)[prefix.Length..].ToArray();

    /// <summary>True if a name fits the pattern; not for the loop.</summary>
    public bool Matches(byte[] name) => pattern?.Matches(name) != false;
}
