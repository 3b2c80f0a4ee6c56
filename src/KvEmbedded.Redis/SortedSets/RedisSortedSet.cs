using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.SortedSets;

/// <summary>The sorted set at one key of a server. Each family of commands has a file of its own.</summary>
internal sealed partial class RedisSortedSet(ServerDoor door, RedisKey key) : RedisHandle(door, key), ISortedSet
{
    public ValueTask<bool> RemoveAsync(KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(Of("ZREM", member), Reply.Flag, cancellationToken);

    public ValueTask<long> RemoveAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunAsync(Of("ZREM", members), Reply.Integer, cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => CountAsync(Of("ZCARD"), cancellationToken);

    public ValueTask<long> CountAsync(ScoreRange scores, CancellationToken cancellationToken) =>
        CountAsync(new Command("ZCOUNT", KeyType.SortedSet) { key, RangeWords.Of(scores) }, cancellationToken);

    public ValueTask<long> CountAsync(MemberRange members, CancellationToken cancellationToken) =>
        CountAsync(new Command("ZLEXCOUNT", KeyType.SortedSet) { key, RangeWords.Of(members) }, cancellationToken);

    public ValueTask<double?> GetScoreAsync(KvValue member, CancellationToken cancellationToken) =>
        door.RunAsync(Of("ZSCORE", member), Reply.NumberOrNull, cancellationToken);

    public ValueTask<double?[]> GetScoresAsync(IReadOnlyCollection<KvValue> members, CancellationToken cancellationToken) =>
        door.RunAsync(Of("ZMSCORE", members), Reply.NumbersOrNull, cancellationToken);

    public ValueTask<long?> GetRankAsync(KvValue member, Order order, CancellationToken cancellationToken) =>
        door.RunAsync(Rank(member, order), Reply.IntegerOrNull, cancellationToken);

    // ZRANK WITHSCORE is of Redis 7.2.
    public ValueTask<SortedSetRank?> GetRankAndScoreAsync(KvValue member, Order order, CancellationToken cancellationToken) =>
        door.RunTogetherAsync<SortedSetRank?>(
            [Rank(member, order), Of("ZSCORE", member)],
            static answers => answers[0].IsNull ? null : new SortedSetRank((long)answers[0], Reply.Number(answers[1])), cancellationToken);

    public ValueTask<SortedSetEntry?> GetRandomAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("ZRANDMEMBER", KeyType.SortedSet) { key, 1, "WITHSCORES" }, EntryReply.FirstOrNull, cancellationToken);

    public ValueTask<SortedSetEntry[]> GetRandomAsync(int count, RandomPick pick, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var signed = Require.Named(pick) == RandomPick.Repeated ? -count : count;
        return door.RunAsync(
            new Command("ZRANDMEMBER", KeyType.SortedSet) { key, signed, "WITHSCORES" }, EntryReply.All, cancellationToken);
    }

    private Command Of(string name) => new(name, KeyType.SortedSet) { key };

    private Command Of(string name, KvValue member) => new(name, KeyType.SortedSet) { key, member };

    private Command Of(string name, IReadOnlyCollection<KvValue> members) =>
        new(name, KeyType.SortedSet) { key, Require.Some(members, "member") };

    private Command Rank(KvValue member, Order order) =>
        Of(Require.Named(order) == Order.Ascending ? "ZRANK" : "ZREVRANK", member);

    private ValueTask<long> CountAsync(Command command, CancellationToken cancellationToken) =>
        door.RunAsync(command, Reply.Integer, cancellationToken);
}
