using System.Net.Sockets;
using System.Text;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>A message from one publisher to subscribers that read, until the last of them has the last one.</summary>
internal static class PubSubHolds
{
    private const string Redis = "redis-server, unix socket, 16 pipelined";
    private const int Pipelined = 16;

    public static readonly Hold[] All =
    [
        new("publish-1", "a message to 1 subscriber, read", Redis, 3, Sense.AtLeast, () => Task.FromResult(Publish(1, 200_000))),
        new("publish-100", "a message to 100 subscribers, read", Redis, 1, Sense.AtLeast, () => Task.FromResult(Publish(100, 5_000))),
    ];

    private static Measurement Publish(int subscribers, int messages)
    {
        using var keyspace = new Keyspace();
        using var redis = new RealRedis();
        var ours = Enumerable.Range(0, subscribers)
            .Select(_ => keyspace.PubSub.SubscribeAsync("channel", capacity: messages).AsTask().GetAwaiter().GetResult()).ToArray();
        var theirs = Enumerable.Range(0, subscribers).Select(_ => Listen(redis.SocketPath)).ToArray();
        var pair = Interleaved.Measure(
            () =>
            {
                var reading = Task.WhenAll(ours.Select(subscription => Task.Run(() => ReadAsync(subscription, messages))));
                for (var i = 0; i < messages; i++) keyspace.PubSub.PublishAsync("channel", "a message of 24 bytes...").GetAwaiter().GetResult();
                reading.GetAwaiter().GetResult();
            },
            () =>
            {
                var reading = Task.WhenAll(theirs.Select(socket => Task.Run(() => ReceiveAsync(socket, messages))));
                for (var i = 0; i < messages; i += Pipelined)
                {
                    var batch = Math.Min(Pipelined, messages - i);
                    for (var j = 0; j < batch; j++) redis.Add("PUBLISH", "channel", "a message of 24 bytes...");
                    redis.Send(batch);
                }

                reading.GetAwaiter().GetResult();
            },
            messages);
        foreach (var socket in theirs) socket.Dispose();
        return Measurement.Faster(pair);
    }

    private static async Task ReadAsync(Subscription<ChannelMessage> subscription, int count)
    {
        await foreach (var _ in subscription)
        {
            if (--count == 0) return;
        }
    }

    private static Socket Listen(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        socket.Send("*2\r\n$9\r\nSUBSCRIBE\r\n$7\r\nchannel\r\n"u8);
        var answer = new byte[256];
        socket.Receive(answer);
        return socket;
    }

    private static async Task ReceiveAsync(Socket socket, int messages)
    {
        var left = (long)messages * Encoding.UTF8.GetByteCount("*3\r\n$7\r\nmessage\r\n$7\r\nchannel\r\n$24\r\na message of 24 bytes...\r\n");
        var received = new byte[1 << 16];
        while (left > 0) left -= await socket.ReceiveAsync(received);
    }
}
