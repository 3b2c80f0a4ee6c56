using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.SortedSets;

/// <summary>Members with their scores, as they come in answers.</summary>
internal static class EntryReply
{
    public static SortedSetEntry[] All(RedisResult answer) =>
        Reply.Pairs(answer, static (member, score) => new SortedSetEntry(Reply.Value(member), Reply.Number(score)));

    public static SortedSetEntry? FirstOrNull(RedisResult answer) => All(answer) is [var first, ..] ? first : null;
}
