using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Lists;

/// <summary>The list at one key of a server.</summary>
internal sealed partial class RedisList(ServerDoor door, RedisKey key) : RedisHandle(door, key), IKvList
{
    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("LLEN"), Reply.Integer, cancellationToken);

    public ValueTask<KvValue?> GetAsync(Index index, CancellationToken cancellationToken) =>
        index.Equals(Index.End)
            ? door.RunAsync(Of("LLEN"), static _ => (KvValue?)null, cancellationToken)
            : door.RunAsync(new Command("LINDEX", KeyType.List) { key, Offset(index) }, Reply.ValueOrNull, cancellationToken);

    public ValueTask<KvValue[]> GetRangeAsync(Range range, CancellationToken cancellationToken)
    {
        var (start, stop) = Inclusive.Of(range);
        return door.RunAsync(new Command("LRANGE", KeyType.List) { key, start, stop }, Reply.Values, cancellationToken);
    }

    public ValueTask<bool> SetAsync(Index index, KvValue element, CancellationToken cancellationToken) =>
        index.Equals(Index.End)
            ? door.RunAsync(Of("LLEN"), static _ => false, cancellationToken)
            : door.RunAsync(
                new Command("LSET", KeyType.List) { key, Offset(index), element }.MissingIf("no such key").MissingIf("index out of range"),
                Reply.IsThere, cancellationToken);

    public ValueTask<long?> InsertAsync(KvValue element, ListSide side, KvValue neighbor, CancellationToken cancellationToken)
    {
        var word = Require.Named(side) == ListSide.Before ? "BEFORE" : "AFTER";
        return door.RunAsync(
            new Command("LINSERT", KeyType.List) { key, word, neighbor, element },
            static answer => (long)answer > 0 ? (long)answer : (long?)null, cancellationToken);
    }

    public ValueTask<long> RemoveAsync(KvValue element, long countMax, ListEnd from, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        var count = countMax == long.MaxValue ? 0 : Require.Named(from) == ListEnd.Head ? countMax : -countMax;
        return door.RunAsync(new Command("LREM", KeyType.List) { key, count, element }, Reply.Integer, cancellationToken);
    }

    public ValueTask<long> TrimAsync(Range kept, CancellationToken cancellationToken)
    {
        var (start, stop) = Inclusive.Of(kept);
        return door.RunTogetherAsync(
            [Of("LLEN"), new Command("LTRIM", KeyType.List) { key, start, stop }, Of("LLEN")],
            static answers => (long)answers[0] - (long)answers[2], cancellationToken);
    }

    public ValueTask<long?> IndexOfAsync(KvValue element, ListSearch? search, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("LPOS", KeyType.List) { key, element, WordsOf(search) }, Reply.IntegerOrNull, cancellationToken);

    public ValueTask<long[]> IndexesOfAsync(
        KvValue element, long countMax, ListSearch? search, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        return door.RunAsync(
            new Command("LPOS", KeyType.List) { key, element, "COUNT", countMax == long.MaxValue ? 0 : countMax, WordsOf(search) },
            static answer => Reply.Each(answer, Reply.Integer), cancellationToken);
    }

    private Command Of(string name) => new(name, KeyType.List) { key };

    /// <summary>The place behind the last element has no index on a server: -0 is the first one.</summary>
    private static long Offset(Index index) => index.IsFromEnd ? -(long)index.Value : index.Value;

    private static string[] WordsOf(ListSearch? search)
    {
        if (search is null) return [];
        var rank = Math.Min(search.Skip, long.MaxValue - 1) + 1;
        string[] words = ["RANK", ((KvValue)(Require.Named(search.From) == ListEnd.Head ? rank : -rank)).ToString()];
        return search.ComparisonsMax == long.MaxValue ? words : [.. words, "MAXLEN", ((KvValue)search.ComparisonsMax).ToString()];
    }
}
