namespace KvEmbedded.Benchmarks.Holds;

/// <summary>Bytes beside a real redis-server holding the same.</summary>
internal static class MemoryHolds
{
    private const int Count = 1_000_000;
    private const int Batch = 1_000;

    public static readonly Hold[] All =
    [
        new("bytes-key", "bytes for a key of 16 B with a value of 16 B, 1 M of them", "redis-server", 0.85, Sense.AtMost, () => Task.FromResult(BytesPerKey())),
        new("bytes-member", "bytes for a sorted set's member of 16 B, 1 M of them", "redis-server", 0.7, Sense.AtMost, () => Task.FromResult(BytesPerMember())),
        new("bytes-list-element", "bytes for a list's element of 16 B, 1 M of them", "redis-server", 1.1, Sense.AtMost, () => Task.FromResult(BytesPerElement())),
        new("bytes-set-member", "bytes for a set's member of 16 B, 1 M of them", "redis-server", 0.6, Sense.AtMost, () => Task.FromResult(BytesPerSetMember())),
    ];

    private static Measurement BytesPerKey() => Compare(
        (keyspace, i) => keyspace.Strings.SetAsync($"key:{i:d12}", "0123456789abcdef").GetAwaiter().GetResult(),
        (redis, i) => redis.Add("SET", $"key:{i:d12}", "0123456789abcdef"));

    private static Measurement BytesPerMember() => Compare(
        (keyspace, i) => keyspace.SortedSet("set").AddAsync($"member:{i:d9}", i * 7919L % Count).GetAwaiter().GetResult(),
        (redis, i) => redis.Add("ZADD", "set", $"{i * 7919L % Count}", $"member:{i:d9}"));

    private static Measurement BytesPerElement() => Compare(
        (keyspace, i) => keyspace.List("list").PushAsync($"element:{i:d8}").GetAwaiter().GetResult(),
        (redis, i) => redis.Add("RPUSH", "list", $"element:{i:d8}"));

    private static Measurement BytesPerSetMember() => Compare(
        (keyspace, i) => keyspace.Set("set").AddAsync($"member:{i:d9}").GetAwaiter().GetResult(),
        (redis, i) => redis.Add("SADD", "set", $"member:{i:d9}"));

    public static Measurement Compare(Action<Keyspace, int> ours, Action<RealRedis, int> theirs)
    {
        using var keyspace = new Keyspace();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Count; i++) ours(keyspace, i);
        var bytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)Count;
        GC.KeepAlive(keyspace);

        using var redis = new RealRedis();
        var empty = redis.UsedMemory();
        for (var i = 0; i < Count; i += Batch)
        {
            for (var j = i; j < i + Batch; j++) theirs(redis, j);
            redis.Send(Batch);
        }

        return Measurement.Smaller(bytes, (redis.UsedMemory() - empty) / (double)Count);
    }
}
