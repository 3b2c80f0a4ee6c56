using KvEmbedded.CuckooFilters;
using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.CuckooFilters;

/// <summary>The cuckoo filter at one key of a server that has RedisBloom's commands.</summary>
internal sealed class RedisCuckooFilter(ServerDoor door, RedisKey key) : RedisHandle(door, key), ICuckooFilter
{
    /// <summary>ARGV: the command that inserts, the words of CF.RESERVE behind the key, how many those are, the items.</summary>
    private static readonly Script Insert = new("insert into a cuckoo filter (script)",
        """
        local count = tonumber(ARGV[2])
        if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('CF.RESERVE', KEYS[1], unpack(ARGV, 3, 2 + count)) end
        local answers = {}
        for first = 3 + count, #ARGV, 1000 do
          local last = math.min(first + 999, #ARGV)
          for _, answer in ipairs(redis.call(ARGV[1], KEYS[1], 'NOCREATE', 'ITEMS', unpack(ARGV, first, last))) do
            answers[#answers + 1] = answer
          end
        end
        return answers
        """);

    public async ValueTask ReserveAsync(
        long capacity, int bucketSize, int maxIterations, int expansion, CancellationToken cancellationToken)
    {
        var options = new CuckooFilterOptions
        {
            Capacity = capacity,
            BucketSize = bucketSize,
            MaxIterations = maxIterations,
            Expansion = expansion,
        };
        CuckooSizes.Check(options);
        var command = Of("CF.RESERVE");
        command.Add(Words(options));
        await door.RunAsync(command.FailsIfThere(), Reply.IsThere, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask AddAsync(KvValue item, CancellationToken cancellationToken) =>
        await door.RunAsync(Of("CF.ADD", item).FailsIfFull(FullAsync), Reply.Flag, cancellationToken).ConfigureAwait(false);

    public ValueTask<bool> TryAddAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(Of("CF.ADDNX", item).FailsIfFull(FullAsync), Reply.Flag, cancellationToken);

    public async ValueTask AddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        await AddAllAsync(Of("CF.INSERT", items), cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool[]> TryAddAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        (await AddAllAsync(Of("CF.INSERTNX", items), cancellationToken).ConfigureAwait(false))!;

    public async ValueTask<bool> InsertAsync(
        IReadOnlyCollection<KvValue> items, CuckooFilterOptions? create, CancellationToken cancellationToken) =>
        await InsertAsync("CF.INSERT", items, create, cancellationToken).ConfigureAwait(false) is not null;

    public ValueTask<bool[]?> TryInsertAsync(
        IReadOnlyCollection<KvValue> items, CuckooFilterOptions? create, CancellationToken cancellationToken) =>
        InsertAsync("CF.INSERTNX", items, create, cancellationToken);

    public ValueTask<bool> RemoveAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(Of("CF.DEL", item).MissingIfNotThere(), Reply.Flag, cancellationToken);

    public ValueTask<bool> ContainsAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(Of("CF.EXISTS", item), Reply.Flag, cancellationToken);

    public ValueTask<bool[]> ContainsAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("CF.MEXISTS", KeyType.CuckooFilter) { key, Require.Some(items, "item") }, static answer => Reply.Each(answer, Reply.Flag),
            cancellationToken);

    public ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(Of("CF.COUNT", item), Reply.Integer, cancellationToken);

    public ValueTask<CuckooFilterInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            Of("CF.INFO").MissingIfNotThere(),
            static answer => Facts.Read(answer, static facts => new CuckooFilterInfo(
                facts["Size"], facts["Number of buckets"], (int)Math.Max(facts["Number of filters"], facts["Number of filter"]),
                facts["Number of items inserted"], facts["Number of items deleted"], (int)facts["Bucket size"],
                (int)facts["Expansion rate"], (int)Math.Max(facts["Max iterations"], facts["Max iteration"]))),
            cancellationToken);

    /// <remarks>The server has no fewer items than two buckets hold.</remarks>
    private static Command Words(CuckooFilterOptions options) => new("")
    {
        Math.Max(options.Capacity, 2 * options.BucketSize), "BUCKETSIZE", options.BucketSize, "MAXITERATIONS", options.MaxIterations,
        "EXPANSION", options.Expansion,
    };

    private Command Of(string name) => new(name, KeyType.CuckooFilter) { key };

    private Command Of(string name, KvValue item) => new(name, KeyType.CuckooFilter) { key, item };

    private Command Of(string name, IReadOnlyCollection<KvValue> items) => new(name, KeyType.CuckooFilter) { key, "ITEMS", Require.Some(items, "item") };

    /// <remarks>CF.INSERT makes a filter of no other bucket size than the server's own, so one that may be missing is made in the same step.</remarks>
    private async ValueTask<bool[]?> InsertAsync(
        string name, IReadOnlyCollection<KvValue> items, CuckooFilterOptions? create, CancellationToken cancellationToken)
    {
        Command command;
        if (create is null)
        {
            command = new Command(name, KeyType.CuckooFilter) { key, "NOCREATE", "ITEMS", Require.Some(items, "item") }.MissingIfNotThere();
        }
        else
        {
            CuckooSizes.Check(create);
            const int words = 7;
            command = new Command(Insert, KeyType.CuckooFilter, key) { name, words, Words(create), Require.Some(items, "item") };
        }

        return await AddAllAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<bool[]?> AddAllAsync(Command command, CancellationToken cancellationToken)
    {
        var answers = await door.RunAsync(
            command.FailsIfFull(FullAsync), static answer => answer.IsNull ? null : Reply.Each(answer, static item => item), cancellationToken)
            .ConfigureAwait(false);
        if (answers is null) return null;
        if (Array.Exists(answers, static item => SketchErrors.IsError(item) || (long)item < 0)) throw await FullAsync(door).ConfigureAwait(false);
        return Array.ConvertAll(answers, Reply.Flag);
    }

    private async ValueTask<Exception> FullAsync(ServerDoor door)
    {
        var info = await GetInfoAsync(CancellationToken.None).ConfigureAwait(false);
        return new FilterFullException(Key, KeyType.CuckooFilter, info?.ItemCount ?? 0, (info?.BucketCount ?? 0) * (info?.BucketSize ?? 0));
    }
}
