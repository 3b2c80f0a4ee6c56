using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Streams;

/// <summary>Ids and entries, as they come in answers.</summary>
internal static class StreamReply
{
    public static StreamId Id(RedisResult answer) => StreamId.Parse(Reply.Value(answer).ToString()!);

    public static StreamId? IdOrNull(RedisResult answer) => answer.IsNull ? null : Id(answer);

    public static StreamId[] Ids(RedisResult answer) => Reply.Each(answer, Id);

    /// <summary>An entry; one that is gone from the stream has no fields.</summary>
    public static StreamEntry Entry(RedisResult answer) => new(Id(answer[0]), Reply.Pairs(answer[1], Field));

    public static StreamEntry? EntryOrNull(RedisResult answer) => answer.IsNull ? null : Entry(answer);

    public static StreamEntry[] Entries(RedisResult answer) => Reply.Each(answer, Entry);

    /// <summary>The entries of the one stream that was read; empty if it has none.</summary>
    public static StreamEntry[] OneRead(RedisResult answer) =>
        Reply.Pairs(answer, static (_, entries) => Entries(entries)) is [var first, ..] ? first : [];

    /// <summary>Entries of one stream, those taken over with their idle time and count of deliveries.</summary>
    public static StreamDelivery[] OneDelivery(RedisResult answer) =>
        Reply.Pairs(answer, static (_, entries) => Reply.Each(entries, Delivery)) is [var first, ..] ? first : [];

    /// <summary>Facts by their names; which there are depends on the server.</summary>
    public static Dictionary<string, RedisResult> Facts(RedisResult answer) =>
        Reply.Pairs(answer, static (name, value) => (Name: Reply.Value(name).ToString()!, value)).ToDictionary(static pair => pair.Name, static pair => pair.value, StringComparer.Ordinal);

    public static TimeSpan? IdleOrNull(RedisResult answer) => (long)answer is >= 0 and var milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;

    private static StreamDelivery Delivery(RedisResult answer) => answer.Length < 4
        ? new StreamDelivery(Entry(answer), null, 0)
        : new StreamDelivery(Entry(answer), IdleOrNull(answer[2]), (long)answer[3]);

    private static StreamField Field(RedisResult name, RedisResult value) => new(Reply.Value(name), Reply.Value(value));
}
