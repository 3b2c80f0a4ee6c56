using StackExchange.Redis;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>One awaited command at a time, in process and over a socket to a server on the same machine.</summary>
internal static class RemoteHolds
{
    public static readonly Hold[] All =
    [
        new("awaited-get", "one awaited GET after another", "StackExchange.Redis to a local redis-server", 100, Sense.AtLeast, AwaitedGetAsync),
    ];

    private static async Task<Measurement> AwaitedGetAsync()
    {
        const int Ours = 1_000_000, Theirs = 10_000;
        using var keyspace = new Keyspace();
        using var redis = new RealRedis();
        var options = new ConfigurationOptions();
        options.EndPoints.Add(new System.Net.Sockets.UnixDomainSocketEndPoint(redis.SocketPath));
        await using var multiplexer = await ConnectionMultiplexer.ConnectAsync(options);
        var database = multiplexer.GetDatabase();
        await keyspace.Strings.SetAsync("key", "value");
        await database.StringSetAsync("key", "value");
        var ratios = new List<(double Ours, double Theirs)>();
        for (var round = -2; round < 7; round++)
        {
            var begun = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var i = 0; i < Ours; i++) _ = await keyspace.Strings.GetAsync("key");
            var ours = System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalNanoseconds / Ours;
            begun = System.Diagnostics.Stopwatch.GetTimestamp();
            for (var i = 0; i < Theirs; i++) _ = await database.StringGetAsync("key");
            var theirs = System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalNanoseconds / Theirs;
            if (round >= 0) ratios.Add((ours, theirs));
        }

        return Measurement.Faster(new Pair(
            Interleaved.Median(ratios.Select(r => r.Ours)), Interleaved.Median(ratios.Select(r => r.Theirs)),
            Interleaved.Median(ratios.Select(r => r.Theirs / r.Ours))));
    }
}
