namespace KvEmbedded;

/// <summary>A message that was published to a channel.</summary>
/// <param name="Channel">The channel, without the prefix of the subscriber's view.</param>
/// <param name="Message">What was published.</param>
/// <param name="Pattern">The pattern, as it was subscribed to, that the channel fits; null if the channel was named itself.</param>
public readonly record struct ChannelMessage(KvKey Channel, KvValue Message, KvKey? Pattern);
