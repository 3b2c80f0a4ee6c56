using System.Threading.Channels;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>A stream of short entries, beside redis-server and beside a channel, the thing a .NET team would use instead.</summary>
internal static class StreamHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const int Entries = 1_000_000;
    private const int Pipelined = 16;
    private const int Operations = 200_000;

    public static readonly Hold[] All =
    [
        new("stream-add", "stream, a new entry", Redis, 5, Sense.AtLeast, () => Task.FromResult(Add())),
        new("stream-group", "stream, read and acknowledge one entry in a group", Redis, 5, Sense.AtLeast, () => Task.FromResult(ReadAndAcknowledge())),
        new("stream-channel", "stream, add and read an entry", "Channel of strings, write and read", 0.01, Sense.AtLeast, () => Task.FromResult(BesideChannel())),
        new("bytes-stream-entry", "bytes for a stream entry of one short field, 1 M of them", "redis-server", 1, Sense.AtMost, () => Task.FromResult(BytesPerEntry(static i => $"{i % 1_000}"))),
        new("bytes-stream-entry-16", "bytes for a stream entry of one field of 16 B, 1 M of them", "redis-server", 1, Sense.AtMost, () => Task.FromResult(BytesPerEntry(static i => $"{i:x16}"))),
    ];

    private static Measurement Add()
    {
        using var keyspace = new Keyspace();
        using var redis = new RealRedis();
        var stream = keyspace.Stream("stream");
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++) stream.AddAsync("temperature", i).GetAwaiter().GetResult();
            },
            () => Pipeline(redis, Operations, i => redis.Add("XADD", "stream", "*", "temperature", $"{i}")),
            Operations));
    }

    private static Measurement ReadAndAcknowledge()
    {
        const int Rounds = 12;
        using var keyspace = new Keyspace();
        using var redis = new RealRedis();
        var stream = keyspace.Stream("stream");
        for (var i = 1; i <= Rounds * Operations; i++) stream.AddAsync([new("temperature", i)], new StreamAddOptions { Id = new StreamId((ulong)i) }).GetAwaiter().GetResult();
        Pipeline(redis, Rounds * Operations, i => redis.Add("XADD", "stream", $"{i + 1}-0", "temperature", $"{i}"));
        var group = stream.Group("group");
        group.CreateAsync(StreamPosition.Beginning).GetAwaiter().GetResult();
        redis.Add("XGROUP", "CREATE", "stream", "group", "0");
        redis.Send(1);
        var next = 0;
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++)
                {
                    var entry = group.ReadAsync("consumer", 1).GetAwaiter().GetResult()[0];
                    group.AcknowledgeAsync(entry.Id).GetAwaiter().GetResult();
                }
            },
            () => Pipeline(redis, 2 * Operations, i =>
            {
                // It is known which entry comes, so that both commands can go in one batch.
                if (i % 2 == 0) redis.Add("XREADGROUP", "GROUP", "group", "consumer", "COUNT", "1", "STREAMS", "stream", ">");
                else redis.Add("XACK", "stream", "group", $"{++next}-0");
            }),
            Operations));
    }

    /// <summary>A channel holds references and forgets what was read: it is the fastest that can be, and no log.</summary>
    private static Measurement BesideChannel()
    {
        using var keyspace = new Keyspace();
        var stream = keyspace.Stream("stream");
        var channel = Channel.CreateUnbounded<string>();
        var after = StreamPosition.Beginning;
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Operations; i++)
                {
                    stream.AddAsync("text", "an entry").GetAwaiter().GetResult();
                    after = stream.ReadAsync(after, 1).GetAwaiter().GetResult()[0].Id;
                }
            },
            () =>
            {
                for (var i = 0; i < Operations; i++)
                {
                    channel.Writer.TryWrite("an entry");
                    channel.Reader.TryRead(out _);
                }
            },
            Operations));
    }

    private static Measurement BytesPerEntry(Func<int, string> value)
    {
        using var keyspace = new Keyspace();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Entries; i++)
            keyspace.Stream("stream").AddAsync([new("temperature", value(i))], new StreamAddOptions { Id = IdOf(i) }).GetAwaiter().GetResult();
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Entries;
        GC.KeepAlive(keyspace);

        using var redis = new RealRedis();
        var empty = redis.UsedMemory();
        Pipeline(redis, Entries, i => redis.Add("XADD", "stream", IdOf(i).ToString(), "temperature", value(i)), 1_000);
        return Measurement.Smaller(bytes, (redis.UsedMemory() - empty) / (double)Entries);
    }

    /// <summary>A few entries in each millisecond, as a busy sensor gives them.</summary>
    private static StreamId IdOf(int number) => new(1_700_000_000_000 + (ulong)(number / 3), (ulong)(number % 3));

    private static void Pipeline(RealRedis redis, int count, Action<int> add, int pipelined = Pipelined)
    {
        for (var i = 0; i < count; i += pipelined)
        {
            var batch = Math.Min(pipelined, count - i);
            for (var j = 0; j < batch; j++) add(i + j);
            redis.Send(batch);
        }
    }
}
