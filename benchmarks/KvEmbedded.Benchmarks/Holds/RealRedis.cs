using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>A redis-server of our own on a unix socket, and one pipelining connection to it, as lean as can be.</summary>
internal sealed class RealRedis : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("kv-holds-").FullName;
    private readonly Process server;
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ArrayBufferWriter<byte> batch = new(1 << 20);
    private readonly byte[] received = new byte[1 << 20];

    public RealRedis()
    {
        var path = Path.Combine(folder, "redis.sock");
        server = Process.Start(new ProcessStartInfo("redis-server",
            ["--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no", "--dir", folder])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;

        // It says when it accepts connections; nobody has to sleep.
        while (server.StandardOutput.ReadLine() is { } line && !line.Contains("ready to accept", StringComparison.OrdinalIgnoreCase))
        {
        }

        socket.Connect(new UnixDomainSocketEndPoint(path));
        SocketPath = path;
    }

    public string SocketPath { get; }

    /// <summary>Adds a command to the batch.</summary>
    public void Add(params ReadOnlySpan<string> words)
    {
        Write($"*{words.Length}\r\n");
        foreach (var word in words) Write($"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
    }

    /// <summary>Sends the batch and reads <paramref name="replies"/> whole replies to it.</summary>
    public void Send(int replies)
    {
        socket.Send(batch.WrittenSpan);
        batch.ResetWrittenCount();
        var reader = new ReplyCounter(replies);
        while (!reader.IsDone) reader.Feed(received.AsSpan(0, socket.Receive(received)));
    }

    /// <summary>A figure of INFO memory.</summary>
    public long UsedMemory() => long.Parse(Info("memory", "used_memory:"), CultureInfo.InvariantCulture);

    /// <summary>What the server itself says that one call of a command took, in nanoseconds, since this was last asked: without socket and parsing.</summary>
    public double NanosecondsPerCall(string command)
    {
        // calls=1000,usec=2345,usec_per_call=…
        var figures = Info("commandstats", $"cmdstat_{command}:").Split(',').Select(static figure => figure.Split('=')[1]).ToArray();
        Add("CONFIG", "RESETSTAT");
        Send(1);
        return 1_000 * double.Parse(figures[1], CultureInfo.InvariantCulture) / double.Parse(figures[0], CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        socket.Dispose();
        server.Kill();
        server.WaitForExit();
        server.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private string Info(string section, string name)
    {
        Add("INFO", section);
        socket.Send(batch.WrittenSpan);
        batch.ResetWrittenCount();
        var length = socket.Receive(received);
        var line = Encoding.UTF8.GetString(received, 0, length).Split("\r\n").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return line[name.Length..];
    }

    private void Write(string text) => batch.Advance(Encoding.UTF8.GetBytes(text, batch.GetSpan(text.Length * 3)));

    /// <summary>Counts whole RESP2 replies, nested ones as part of theirs, without keeping any.</summary>
    private struct ReplyCounter(int replies)
    {
        private long left = replies;
        private long skip;
        private bool inLine;
        private byte kind;
        private bool negative;
        private long number;

        public readonly bool IsDone => left == 0 && skip == 0 && !inLine;

        public void Feed(ReadOnlySpan<byte> bytes)
        {
            for (var i = 0; i < bytes.Length;)
            {
                if (skip > 0)
                {
                    var step = (int)Math.Min(skip, bytes.Length - i);
                    skip -= step;
                    i += step;
                    continue;
                }

                var b = bytes[i++];
                if (!inLine)
                {
                    (inLine, kind, negative, number) = (true, b, false, 0);
                }
                else if (b == '\n')
                {
                    inLine = false;
                    left--;
                    if (kind == '$' && !negative) skip = number + 2;
                    if (kind == '*' && !negative) left += number;
                }
                else if (b == '-')
                {
                    negative = true;
                }
                else if (b is >= (byte)'0' and <= (byte)'9')
                {
                    number = number * 10 + (b - '0');
                }
            }
        }
    }
}
