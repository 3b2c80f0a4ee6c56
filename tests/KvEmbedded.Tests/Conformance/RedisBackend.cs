using KvEmbedded.Conformance;
using StackExchange.Redis;

namespace KvEmbedded.Tests.Conformance;

/// <summary>A keyspace on a server whose databases are lent to tests.</summary>
public abstract class ServerBackend : Backend
{
    private readonly List<(int Number, RedisKeyspace Keyspace)> borrowed = [];

    private protected abstract Databases Databases { get; }

    /// <summary>Where Redis removes expired keys: at each look, and some of them in the background.</summary>
    public override TimeSpan ShortTime => TimeSpan.FromMilliseconds(150);

    public override async ValueTask<IKeyspace> CreateAsync() => await CreateAsync("");

    public override Task PassAsync(TimeSpan time) => Task.Delay(time + TimeSpan.FromMilliseconds(20), TimeProvider.System);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var (number, keyspace) in borrowed)
        {
            await keyspace.DisposeAsync();
            Databases.Return(number);
        }
    }

    /// <summary>Another keyspace on the database that was lent last, without a prefix.</summary>
    private protected async Task<IKeyspace> CreateBesideAsync() =>
        new RedisKeyspace(await Databases.MultiplexerAsync(), new RedisKeyspaceOptions { Database = borrowed[^1].Number });

    private protected async Task<RedisKeyspace> CreateAsync(string keyPrefix)
    {
        var number = await Databases.BorrowAsync();
        var keyspace = new RedisKeyspace(
            await Databases.MultiplexerAsync(), new RedisKeyspaceOptions { Database = number, KeyPrefix = keyPrefix });
        borrowed.Add((number, keyspace));
        return keyspace;
    }
}

/// <summary>A keyspace on a real redis-server.</summary>
public class RedisBackend : ServerBackend
{
    public override IReadOnlyList<Difference> Differences => RedisDifferences.All;

    private protected sealed override Databases Databases => SharedServers.Redis;
}

/// <summary>A part of a real redis-server, by a prefix, beside keys that are not of that part.</summary>
public sealed class RedisPrefixBackend : RedisBackend
{
    private static readonly KvKey[] Outside = ["", "a", "outside", "vie", "view!", "view"];

    private IKeyspace? outside;

    public override KvKey Prefix => "view:";

    public override async ValueTask<IKeyspace> CreateAsync()
    {
        var view = await CreateAsync(Prefix.ToString());
        outside = await CreateBesideAsync();
        foreach (var key in Outside) await outside.Strings.SetAsync(key, "outside");
        return view;
    }

    public override async ValueTask DisposeAsync()
    {
        Assert.All(await outside!.Strings.GetAsync(Outside), value => Assert.Equal("outside", value.ToString()));
        await base.DisposeAsync();
    }
}

/// <summary>A keyspace on Garnet, in this process.</summary>
public sealed class GarnetBackend : ServerBackend
{
    public override IReadOnlyList<Difference> Differences => GarnetDifferences.All;

    /// <remarks>
    /// Seen once in a dozen runs of all tests: the client library and Garnet in one process lose step ("response with no message
    /// waiting"), and the connection that all tests share breaks. That is neither's promise that is tested here: once more, then.
    /// </remarks>
    public override async Task RunAsync(Func<IKeyspace, Task> body)
    {
        try
        {
            await base.RunAsync(body);
        }
        catch (OutcomeUnknownException exception) when (exception.InnerException is RedisConnectionException)
        {
            await base.RunAsync(body);
        }
    }

    private protected override Databases Databases => SharedServers.Garnet;
}
