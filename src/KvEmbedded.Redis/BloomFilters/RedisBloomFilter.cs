using System.Globalization;
using KvEmbedded.BloomFilters;
using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.BloomFilters;

/// <summary>The Bloom filter at one key of a server that has RedisBloom's commands.</summary>
internal sealed class RedisBloomFilter(ServerDoor door, RedisKey key) : RedisHandle(door, key), IBloomFilter
{
    public async ValueTask ReserveAsync(double errorRate, long capacity, int expansion, CancellationToken cancellationToken)
    {
        BloomSizes.Check(errorRate, capacity, expansion);
        var command = Of("BF.RESERVE");
        command.Add(errorRate);
        command.Add(capacity);
        command.Add(Growth(expansion));
        await door.RunAsync(command.FailsIfThere(), Reply.IsThere, cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> AddAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(Of("BF.ADD", item).FailsIfFull(FullAsync), Reply.Flag, cancellationToken);

    public async ValueTask<bool[]> AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        (await AddAllAsync(Of("BF.MADD", Require.Some(items, "item")), cancellationToken).ConfigureAwait(false))!;

    public ValueTask<bool[]?> InsertAsync(
        IReadOnlyCollection<KvValue> items, BloomFilterOptions? create, CancellationToken cancellationToken)
    {
        var command = Of("BF.INSERT");
        if (create is null)
        {
            command.Add("NOCREATE");
        }
        else
        {
            BloomSizes.Check(create.ErrorRate, create.Capacity, create.Expansion);
            command.Add(new Command("") { "CAPACITY", create.Capacity, "ERROR", create.ErrorRate, Growth(create.Expansion) });
        }

        command.Add("ITEMS");
        command.Add(Require.Some(items, "item"));
        return AddAllAsync(command.MissingIfNotThere(), cancellationToken);
    }

    public ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(Of("BF.EXISTS", item), Reply.Flag, cancellationToken);

    public ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        door.RunAsync(Of("BF.MEXISTS", Require.Some(items, "item")), static answer => Reply.Each(answer, Reply.Flag), cancellationToken);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        door.RunAsync(Of("BF.CARD"), Reply.Integer, cancellationToken);

    public ValueTask<BloomFilterInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            Of("BF.INFO").MissingIfNotThere(),
            static answer => Facts.Read(answer, static facts => new BloomFilterInfo(
                facts["Capacity"], facts["Size"], (int)facts["Number of filters"], facts["Number of items inserted"], (int)facts["Expansion rate"])),
            cancellationToken);

    private static string[] Growth(int expansion) =>
        expansion == 0 ? ["NONSCALING"] : ["EXPANSION", expansion.ToString(CultureInfo.InvariantCulture)];

    private Command Of(string name) => new(name, KeyType.BloomFilter) { key };

    private Command Of(string name, KvValue item) => new(name, KeyType.BloomFilter) { key, item };

    private Command Of(string name, IReadOnlyCollection<KvValue> items) => new(name, KeyType.BloomFilter) { key, items };

    /// <remarks>A filter of fixed size takes the items for which there is room, and answers an error for each of the others.</remarks>
    private async ValueTask<bool[]?> AddAllAsync(Command command, CancellationToken cancellationToken)
    {
        var answers = await door.RunAsync(
            command.FailsIfFull(FullAsync), static answer => answer.IsNull ? null : Reply.Each(answer, static item => item), cancellationToken)
            .ConfigureAwait(false);
        if (answers is null) return null;
        if (Array.Exists(answers, SketchErrors.IsError)) throw await FullAsync(door).ConfigureAwait(false);
        return Array.ConvertAll(answers, Reply.Flag);
    }

    private async ValueTask<Exception> FullAsync(ServerDoor door)
    {
        var info = await GetInfoAsync(CancellationToken.None).ConfigureAwait(false);
        return new FilterFullException(Key, KeyType.BloomFilter, info?.ItemCount ?? 0, info?.Capacity ?? 0);
    }
}
