using System.Collections.Concurrent;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>Lists of elements of 16 bytes, beside redis-server and beside the queue a .NET team would use; awaited commands of a handle on our side.</summary>
internal static class ListHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const string Queue = "ConcurrentQueue<byte[]>";
    private const int Many = 1_000_000;
    private const int Few = 100;
    private const int Pipelined = 16;
    private const int Operations = 200_000;
    private const int Lookups = 20_000;

    public static readonly Hold[] All =
    [
        new("list-push-pop-1m", "list of 1 M, LPUSH and RPOP in turn", Redis, 5, Sense.AtLeast, () => Task.FromResult(PushAndPop(Many))),
        new("list-push-pop-100", "list of 100, LPUSH and RPOP in turn", Redis, 5, Sense.AtLeast, () => Task.FromResult(PushAndPop(Few))),
        new("list-push-pop-queue-1m", "list of 1 M, push and pop in turn", Queue, 0.08, Sense.AtLeast, () => Task.FromResult(BesideQueue(Many))),
        new("list-push-pop-queue-100", "list of 100, push and pop in turn", Queue, 0.08, Sense.AtLeast, () => Task.FromResult(BesideQueue(Few))),
        new("list-index", "list of 1 M, an element by its index", Redis, 5, Sense.AtLeast, () => Task.FromResult(ByIndex())),
        new("list-push-longest", "longest push while a list grows to 10 M elements", "1 ms", 1, Sense.AtMost, () => Task.FromResult(LongestPush())),
    ];

    private static Measurement PushAndPop(int count)
    {
        using var world = new World(count);
        var (list, server) = (world.List, world.Server);
        return Measurement.Faster(Interleaved.Measure(
            () => world.PushAndPop(list),
            () =>
            {
                for (var i = 0; i < Operations; i += Pipelined / 2)
                {
                    for (var j = 0; j < Pipelined / 2; j++)
                    {
                        server.Add("LPUSH", "l", World.Element);
                        server.Add("RPOP", "l");
                    }

                    server.Send(Pipelined);
                }
            },
            2 * Operations));
    }

    private static Measurement BesideQueue(int count)
    {
        using var world = new World(count);
        var list = world.List;
        var queue = new ConcurrentQueue<byte[]>(Enumerable.Range(0, count).Select(static _ => new byte[16]));
        return Measurement.Faster(Interleaved.Measure(
            () => world.PushAndPop(list),
            () =>
            {
                // Each keeps elements of its own, as the list does.
                for (var i = 0; i < Operations; i++)
                {
                    queue.Enqueue(World.Bytes.AsSpan().ToArray());
                    queue.TryDequeue(out var element);
                    World.Sink = element;
                }
            },
            2 * Operations));
    }

    private static Measurement ByIndex()
    {
        using var world = new World(Many);
        var (list, server) = (world.List, world.Server);
        var (oursAt, theirsAt) = (0, 0);
        return Measurement.Faster(Interleaved.Measure(
            () =>
            {
                for (var i = 0; i < Lookups; i++) World.Sink = list.GetAsync(Next(ref oursAt)).GetAwaiter().GetResult();
            },
            () =>
            {
                for (var i = 0; i < Lookups; i += Pipelined)
                {
                    for (var j = 0; j < Pipelined; j++) server.Add("LINDEX", "l", $"{Next(ref theirsAt)}");
                    server.Send(Pipelined);
                }
            },
            Lookups));

        static int Next(ref int at) => at = (at + 618_033) % Many;
    }

    /// <summary>
    /// The same ten million pushes three times over: what a push costs of itself it costs each time, what the machine and the
    /// garbage collector add falls elsewhere each time.
    /// </summary>
    private static Measurement LongestPush()
    {
        const int Count = 10_000_000;
        var least = new float[Count];
        Array.Fill(least, float.MaxValue);
        for (var pass = 0; pass < 3; pass++)
        {
            var list = new Lists.ListDeque();
            for (var i = 0; i < Count; i++)
            {
                var begun = System.Diagnostics.Stopwatch.GetTimestamp();
                list.Push(i % 4 == 0 ? ListEnd.Head : ListEnd.Tail, World.Bytes);
                least[i] = Math.Min(least[i], (float)System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            }
        }

        return Measurement.Within(least.Max(), 1, "ms");
    }

    /// <summary>A list of so many elements, here and there.</summary>
    private sealed class World : IDisposable
    {
        public const string Element = "0123456789abcdef";

        private readonly Keyspace keyspace = new();

        public World(int count)
        {
            List = keyspace.List("l");
            for (var i = 0; i < count; i++) List.PushAsync(Bytes).GetAwaiter().GetResult();
            for (var i = 0; i < count; i += Few)
            {
                for (var j = 0; j < Few; j++) Server.Add("RPUSH", "l", Element);
                Server.Send(Few);
            }
        }

        public static object? Sink { get; set; }

        public static byte[] Bytes { get; } = "0123456789abcdef"u8.ToArray();

        public IKvList List { get; }

        public RealRedis Server { get; } = new();

        public void PushAndPop(IKvList list)
        {
            var length = 0;
            for (var i = 0; i < Operations; i++)
            {
                list.PushAsync(Bytes, ListEnd.Head).GetAwaiter().GetResult();
                length += list.PopAsync(ListEnd.Tail).GetAwaiter().GetResult()!.Value.Length;
            }

            Sink = length;
        }

        public void Dispose()
        {
            Server.Dispose();
            keyspace.Dispose();
        }
    }
}
