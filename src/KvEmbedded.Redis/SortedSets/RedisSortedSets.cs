using KvEmbedded.Redis.Connection;
using KvEmbedded.SortedSets;

namespace KvEmbedded.Redis.SortedSets;

/// <summary>Sorted sets at several keys of a server.</summary>
internal sealed class RedisSortedSets(ServerDoor door) : ISortedSets
{
    public ValueTask<SortedSetEntry[]> GetUnionAsync(
        IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken) =>
        ReadAsync("ZUNION", SetOperation.Union, keys, options, cancellationToken);

    public ValueTask<SortedSetEntry[]> GetIntersectionAsync(
        IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken) =>
        ReadAsync("ZINTER", SetOperation.Intersection, keys, options, cancellationToken);

    public ValueTask<SortedSetEntry[]> GetDifferenceAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        ReadAsync("ZDIFF", SetOperation.Difference, keys, null, cancellationToken);

    public ValueTask<long> StoreUnionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken) =>
        StoreAsync("ZUNIONSTORE", SetOperation.Union, destination, keys, options, cancellationToken);

    public ValueTask<long> StoreIntersectionAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken) =>
        StoreAsync("ZINTERSTORE", SetOperation.Intersection, destination, keys, options, cancellationToken);

    public ValueTask<long> StoreDifferenceAsync(
        KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken) =>
        StoreAsync("ZDIFFSTORE", SetOperation.Difference, destination, keys, null, cancellationToken);

    public ValueTask<long> CountIntersectionAsync(IReadOnlyCollection<KvKey> keys, long limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        string[] words = limit == long.MaxValue ? [] : ["LIMIT", ((KvValue)limit).ToString()];
        return door.RunAsync(Of("ZINTERCARD", keys, words), Reply.Integer, cancellationToken);
    }

    public ValueTask<SortedSetPop?> PopAsync(
        IReadOnlyCollection<KvKey> keys, int count, SortedSetEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var command = Of("ZMPOP", keys, Require.Named(end) == SortedSetEnd.Lowest ? "MIN" : "MAX", "COUNT", ((KvValue)(long)count).ToString());
        return door.PollAsync(
            token => door.RunAsync(
                command, answer => answer.IsNull ? null : new SortedSetPop(door.Decode(answer[0]), EntryReply.All(answer[1])), token),
            static popped => popped is not null, Require.WaitingTime(waitingTime), cancellationToken);
    }

    private ValueTask<SortedSetEntry[]> ReadAsync(
        string name, SetOperation operation, IReadOnlyCollection<KvKey> keys, CombineOptions? options, CancellationToken cancellationToken)
    {
        var command = Of(name, keys, WordsOf(operation, keys, options));
        command.Add("WITHSCORES");
        return door.RunAsync(command, EntryReply.All, cancellationToken);
    }

    private ValueTask<long> StoreAsync(
        string name, SetOperation operation, KvKey destination, IReadOnlyCollection<KvKey> keys, CombineOptions? options,
        CancellationToken cancellationToken)
    {
        var command = new Command(name, KeyType.SortedSet) { AlsoTaken = KeyType.Set };
        command.AddDestination(door.Encode(destination));
        command.Add(Of("", keys, WordsOf(operation, keys, options)));
        return door.RunAsync(command, Reply.Integer, cancellationToken);
    }

    private Command Of(string name, IReadOnlyCollection<KvKey> keys, params string[] rest)
    {
        var encoded = door.Encode(keys);
        var command = new Command(name, KeyType.SortedSet) { AlsoTaken = name == "ZMPOP" ? KeyType.None : KeyType.Set };
        command.Add(encoded.Length);
        command.Add(encoded);
        command.Add(rest);
        return command;
    }

    private static string[] WordsOf(SetOperation operation, IReadOnlyCollection<KvKey> keys, CombineOptions? options)
    {
        // The embedded one checks the same arguments.
        Combination.Of(operation, keys, options);
        if (options is null) return [];
        string[] weights = options.Weights is { } given ? ["WEIGHTS", .. given.Select(static weight => ((KvValue)weight).ToString())] : [];
        return [.. weights, "AGGREGATE", options.Aggregate switch { Aggregate.Min => "MIN", Aggregate.Max => "MAX", _ => "SUM" }];
    }
}
