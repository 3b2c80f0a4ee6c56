using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Events;

/// <summary>One who listens: to which channels and patterns, each different from the others, and through which view.</summary>
internal sealed class ChannelSubscriber
{
    private readonly int prefixLength;

    public ChannelSubscriber(Subscription<ChannelMessage> subscription, Channels channels, Door door)
    {
        Subscription = subscription;
        prefixLength = door.Prefix.Length;
        Channels = [.. channels.Names.Select(door.Encode).Distinct()];
        Patterns = [.. channels.Patterns.Distinct().Select(pattern => (FullPattern(door.Prefix, pattern), (KvKey)pattern.ToArray()))];
    }

    public Subscription<ChannelMessage> Subscription { get; }

    /// <summary>With the prefix.</summary>
    public EncodedKey[] Channels { get; }

    /// <summary>With the prefix, which stands for itself alone; and as they were given.</summary>
    public (EncodedKey Full, KvKey Shown)[] Patterns { get; }

    /// <summary>A channel as this subscriber's view shows it.</summary>
    public KvKey Shown(EncodedKey channel) => (ReadOnlyMemory<byte>)channel.Bytes.AsMemory(prefixLength);

    private static EncodedKey FullPattern(byte[] prefix, KvKey pattern) => new([.. GlobPattern.Escape(prefix), .. pattern.ToArray()]);
}
