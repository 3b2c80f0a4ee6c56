using System.Collections.Immutable;
using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Events;

/// <summary>All channels and patterns that somebody listens to. Never changed; a change is a new table that shares the rest.</summary>
internal sealed class ChannelTable
{
    public static readonly ChannelTable Empty = new([], ImmutableDictionary<EncodedKey, ChannelSubscriber[]>.Empty, []);

    private ChannelTable(
        ImmutableHashSet<ChannelSubscriber> subscribers, ImmutableDictionary<EncodedKey, ChannelSubscriber[]> channels,
        ImmutableArray<PatternSubscribers> patterns)
    {
        Subscribers = subscribers;
        Channels = channels;
        Patterns = patterns;
    }

    public ImmutableHashSet<ChannelSubscriber> Subscribers { get; }

    /// <summary>Those who named a channel; none has an empty array.</summary>
    public ImmutableDictionary<EncodedKey, ChannelSubscriber[]> Channels { get; }

    /// <summary>Different patterns, each with those who gave it; none has an empty array.</summary>
    public ImmutableArray<PatternSubscribers> Patterns { get; }

    /// <summary>Those who named this channel.</summary>
    public ChannelSubscriber[] SubscribersOf(EncodedKey channel) => Channels.GetValueOrDefault(channel, []);

    public ChannelTable With(ChannelSubscriber subscriber)
    {
        var channels = Channels;
        foreach (var channel in subscriber.Channels) channels = channels.SetItem(channel, [.. channels.GetValueOrDefault(channel, []), subscriber]);
        var patterns = Patterns;
        foreach (var (full, shown) in subscriber.Patterns)
        {
            var at = IndexOf(patterns, full);
            patterns = at < 0
                ? patterns.Add(new PatternSubscribers(full, new GlobPattern(full.Bytes), [(subscriber, shown)]))
                : patterns.SetItem(at, patterns[at] with { Subscribers = [.. patterns[at].Subscribers, (subscriber, shown)] });
        }

        return new ChannelTable(Subscribers.Add(subscriber), channels, patterns);
    }

    public ChannelTable Without(ChannelSubscriber subscriber)
    {
        if (!Subscribers.Contains(subscriber)) return this;
        var channels = Channels;
        foreach (var channel in subscriber.Channels)
        {
            var rest = Array.FindAll(channels[channel], other => !ReferenceEquals(other, subscriber));
            channels = rest.Length == 0 ? channels.Remove(channel) : channels.SetItem(channel, rest);
        }

        var patterns = Patterns;
        foreach (var (full, _) in subscriber.Patterns)
        {
            var at = IndexOf(patterns, full);
            var rest = Array.FindAll(patterns[at].Subscribers, other => !ReferenceEquals(other.Subscriber, subscriber));
            patterns = rest.Length == 0 ? patterns.RemoveAt(at) : patterns.SetItem(at, patterns[at] with { Subscribers = rest });
        }

        return new ChannelTable(Subscribers.Remove(subscriber), channels, patterns);
    }

    private static int IndexOf(ImmutableArray<PatternSubscribers> patterns, EncodedKey full)
    {
        for (var i = 0; i < patterns.Length; i++)
        {
            if (patterns[i].Full.Equals(full)) return i;
        }

        return -1;
    }
}

/// <summary>A pattern, and who gave it, each with the pattern as its view shows it.</summary>
internal sealed record PatternSubscribers(EncodedKey Full, GlobPattern Glob, (ChannelSubscriber Subscriber, KvKey Shown)[] Subscribers);
