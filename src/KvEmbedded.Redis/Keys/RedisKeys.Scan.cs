using KvEmbedded.Keys;
using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Keys;

internal sealed partial class RedisKeys
{
    /// <summary>Draws for a random key of a view before its keys are walked instead.</summary>
    private const int DrawsMax = 16;

    private static readonly KeyScan Everything = new() { PageSize = 1_000 };

    public IAsyncEnumerable<KvKey> ScanAsync(KeyScan? options, CancellationToken cancellationToken) =>
        WalkAsync(Checked(options), cancellationToken);

    public ValueTask<KeyPage> ScanPageAsync(ulong cursor, KeyScan? options, CancellationToken cancellationToken) =>
        PageAsync(cursor, Checked(options), static (keys, next) => new KeyPage(keys, next), cancellationToken);

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken)
    {
        if (door.Prefix.Length == 0)
            return await OnAllKeysAsync(new Command("DBSIZE"), Reply.Integer, cancellationToken).ConfigureAwait(false);

        var count = 0L;
        await foreach (var _ in WalkAsync(Everything, cancellationToken).ConfigureAwait(false)) count++;
        return count;
    }

    public async ValueTask<KvKey?> GetRandomAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var draws = 0; draws < DrawsMax; draws++)
            {
                var drawn = await OnAllKeysAsync(new Command("RANDOMKEY"), static answer => answer, cancellationToken).ConfigureAwait(false);
                if (drawn.IsNull) return null;
                if (door.Owns(drawn)) return door.Decode(drawn);
            }
        }
        catch (CommandNotSupportedException) when (!door.Link.IsCluster)
        {
            // A server that cannot draw can still be walked over.
        }

        // Each key seen takes the place of the one kept with a chance of one in as many as were seen (reservoir).
        var (kept, seen) = ((KvKey?)null, 0);
        await foreach (var key in WalkAsync(Everything, cancellationToken).ConfigureAwait(false))
        {
            if (Random.Shared.Next(++seen) == 0) kept = key;
        }

        return kept;
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (door.Prefix.Length == 0 && await TryFlushAtOnceAsync(cancellationToken).ConfigureAwait(false)) return;

        var cursor = 0UL;
        do
        {
            (var keys, cursor) = await PageAsync(cursor, Everything, static (keys, next) => (keys, next), cancellationToken).ConfigureAwait(false);
            if (keys.Length > 0) await UnlinkAsync(keys, cancellationToken).ConfigureAwait(false);
        }
        while (cursor != 0);
    }

    /// <summary>False if the multiplexer was given to us by somebody who does not let it be used for that.</summary>
    private async ValueTask<bool> TryFlushAtOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await OnAllKeysAsync(new Command("FLUSHDB") { door.Link.IsGarnet ? "SYNC" : "ASYNC" }, Reply.IsThere, cancellationToken).ConfigureAwait(false);
        }
        catch (CommandNotSupportedException exception) when (exception.InnerException is RedisCommandException)
        {
            return false;
        }
    }

    private IAsyncEnumerable<KvKey> WalkAsync(KeyScan scan, CancellationToken cancellationToken) =>
        Cursor.WalkAsync(
            async (cursor, token) => await PageAsync(cursor, scan, static (keys, next) => (keys, next), token).ConfigureAwait(false),
            cancellationToken);

    private ValueTask<TPage> PageAsync<TPage>(
        ulong cursor, KeyScan scan, Func<KvKey[], ulong, TPage> make, CancellationToken cancellationToken)
    {
        var command = new Command("SCAN") { Cursor.Text(cursor), "COUNT", scan.PageSize };
        if (scan.Pattern is not null || door.Prefix.Length > 0)
        {
            command.Add("MATCH");
            command.Add((KvValue)(byte[])[.. GlobPattern.Escape(door.Prefix), .. (scan.Pattern ?? "*").ToArray()]);
        }

        if (scan.Type is { } type)
        {
            command.Add("TYPE");
            command.Add(KeyTypes.NameOf(type));
        }

        return OnAllKeysAsync(command, answer => make(Reply.Each(answer[1], door.Decode), Cursor.Of(answer[0])), cancellationToken);
    }

    /// <summary>Commands on all keys: one server has them all.</summary>
    private async ValueTask<TResult> OnAllKeysAsync<TResult>(
        Command command, Func<RedisResult, TResult> read, CancellationToken cancellationToken)
    {
        await door.Link.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        if (!door.Link.IsCluster) return await door.RunAsync(command, read, cancellationToken).ConfigureAwait(false);
        throw new CommandNotSupportedException(
            command.Name, null, door.Link.Version, "It is a cluster, whose servers have a part of the keys each.", null);
    }

    private static KeyScan Checked(KeyScan? options)
    {
        options ??= new KeyScan();
        KeyFilter.Check(options);
        return options;
    }
}
