using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using KvEmbedded.TopKs;
using StackExchange.Redis;

namespace KvEmbedded.Redis.TopKs;

/// <summary>The top-k list at one key of a server that has RedisBloom's commands.</summary>
internal sealed class RedisTopK(ServerDoor door, RedisKey key) : RedisHandle(door, key), ITopK
{
    public ValueTask ReserveAsync(int count, int width, int depth, double decay, CancellationToken cancellationToken)
    {
        TopKSizes.Check(count, width, depth, decay);
        return DoneAsync(
            new Command("TOPK.RESERVE", KeyType.TopK) { key, count, width, depth, decay }.FailsIfThere(), cancellationToken);
    }

    public ValueTask<KvValue?> AddAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("TOPK.ADD", KeyType.TopK) { key, item }.FailsIfNotThere(), static answer => Reply.ValueOrNull(answer[0]),
            cancellationToken);

    public ValueTask<KvValue?[]> AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        door.RunAsync(Of("TOPK.ADD", items).FailsIfNotThere(), Reply.ValuesOrNull, cancellationToken);

    public ValueTask<KvValue?> IncrementAsync(KvValue item, long by, CancellationToken cancellationToken)
    {
        TopKSizes.CheckIncrement(by, nameof(by));
        return door.RunAsync(
            new Command("TOPK.INCRBY", KeyType.TopK) { key, item, by }.FailsIfNotThere(), static answer => Reply.ValueOrNull(answer[0]),
            cancellationToken);
    }

    public ValueTask<KvValue?[]> IncrementAsync(IReadOnlyCollection<ItemIncrement> increments, CancellationToken cancellationToken)
    {
        Require.Some(increments, "increment");
        var command = new Command("TOPK.INCRBY", KeyType.TopK) { key };
        foreach (var (item, by) in increments)
        {
            TopKSizes.CheckIncrement(by, nameof(increments));
            command.Add(new Command("") { item, by });
        }

        return door.RunAsync(command.FailsIfNotThere(), Reply.ValuesOrNull, cancellationToken);
    }

    public ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("TOPK.QUERY", KeyType.TopK) { key, item }.MissingIfNotThere(),
            static answer => !answer.IsNull && Reply.Flag(answer[0]), cancellationToken);

    public ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        AskAsync("TOPK.QUERY", items, Reply.Flag, cancellationToken);

    public ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("TOPK.COUNT", KeyType.TopK) { key, item }.MissingIfNotThere(),
            static answer => answer.IsNull ? 0 : (long)answer[0], cancellationToken);

    public ValueTask<long[]> CountAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        AskAsync("TOPK.COUNT", items, Reply.Integer, cancellationToken);

    public ValueTask<TopKEntry[]> GetItemsAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("TOPK.LIST", KeyType.TopK) { key, "WITHCOUNT" }.MissingIfNotThere(),
            static answer => Reply.Pairs(answer, static (item, count) => new TopKEntry(Reply.Value(item), (long)count)), cancellationToken);

    public ValueTask<TopKInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("TOPK.INFO", KeyType.TopK) { key }.MissingIfNotThere(),
            static answer => Facts.Read(answer, static facts => new TopKInfo(
                (int)facts["k"], (int)facts["width"], (int)facts["depth"], facts.Number("decay"))),
            cancellationToken);

    private ValueTask<T[]> AskAsync<T>(
        string name, IReadOnlyCollection<KvValue> items, Func<RedisResult, T> read, CancellationToken cancellationToken)
    {
        var command = Of(name, items).MissingIfNotThere();
        var count = items.Count;
        return door.RunAsync(command, answer => answer.IsNull ? new T[count] : Reply.Each(answer, read), cancellationToken);
    }

    private async ValueTask DoneAsync(Command command, CancellationToken cancellationToken) =>
        await door.RunAsync(command, Reply.IsThere, cancellationToken).ConfigureAwait(false);

    private Command Of(string name, IReadOnlyCollection<KvValue> items) => new(name, KeyType.TopK) { key, Require.Some(items, "item") };
}
