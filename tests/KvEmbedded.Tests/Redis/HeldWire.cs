using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace KvEmbedded.Tests.Redis;

/// <summary>A wire between clients and a server, on which answers can be held back, and which can be cut.</summary>
internal sealed class HeldWire : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<Socket> sockets = new();
    private readonly Task accepting;
    private volatile TaskCompletionSource answers = Open();

    public HeldWire(string serverSocketPath)
    {
        listener.Start();
        ConnectionString = listener.LocalEndpoint.ToString()!;
        accepting = AcceptAsync(serverSocketPath);
    }

    public string ConnectionString { get; }

    /// <summary>From now on commands reach the server, and answers do not come back.</summary>
    public void HoldAnswers() => answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The answers that were held come after all.</summary>
    public void ReleaseAnswers() => answers.TrySetResult();

    /// <summary>Breaks all connections; answers that were held are lost. New ones work.</summary>
    public void Cut()
    {
        var held = Interlocked.Exchange(ref answers, Open());
        while (sockets.TryDequeue(out var socket)) socket.Dispose();
        held.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        Cut();
        await accepting;
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync(string path)
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync();
                var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await server.ConnectAsync(new UnixDomainSocketEndPoint(path));
                sockets.Enqueue(client);
                sockets.Enqueue(server);
                _ = PassOnAsync(client, server, static () => Task.CompletedTask);
                _ = PassOnAsync(server, client, () => answers.Task);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task PassOnAsync(Socket from, Socket to, Func<Task> gate)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                await gate();
                await to.SendAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The wire has been cut.
        }

        from.Dispose();
        to.Dispose();
    }
}
