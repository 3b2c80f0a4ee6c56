using System.Buffers;
using System.Net.Sockets;
using System.Text;

namespace KvEmbedded.Tests.Differential;

/// <summary>A connection that speaks RESP2 as leanly as can be: a batch of commands goes out in one write.</summary>
internal sealed class RespConnection : IDisposable
{
    private readonly Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ArrayBufferWriter<byte> batch = new();
    private readonly byte[] received = new byte[1 << 16];
    private int commands;
    private int begin;
    private int end;

    public RespConnection(string socketPath) => socket.Connect(new UnixDomainSocketEndPoint(socketPath));

    /// <summary>Adds a command to the batch.</summary>
    public void Add(params ReadOnlySpan<KvValue> words)
    {
        commands++;
        Write($"*{words.Length}\r\n");
        foreach (var word in words)
        {
            Write($"${word.Length}\r\n");
            batch.Write(word.ToMemory().Span);
            Write("\r\n");
        }
    }

    /// <summary>Sends the batch and reads the reply to each command in it.</summary>
    public Reply[] Send()
    {
        for (var rest = batch.WrittenSpan; rest.Length > 0;) rest = rest[socket.Send(rest)..];
        var replies = new Reply[commands];
        for (var i = 0; i < replies.Length; i++) replies[i] = Read();
        batch.ResetWrittenCount();
        commands = 0;
        return replies;
    }

    /// <summary>Reads what the server says without being asked: messages of channels.</summary>
    public Reply Receive() => Read();

    public void Dispose() => socket.Dispose();

    private void Write(string text) => Encoding.ASCII.GetBytes(text, batch);

    private Reply Read()
    {
        var kind = (char)NextByte();
        var line = ReadLine();
        switch (kind)
        {
            case '$' when line != "-1":
                var bytes = new byte[int.Parse(line)];
                for (var i = 0; i < bytes.Length; i++) bytes[i] = NextByte();
                ReadLine();
                return new Reply(kind, line, bytes);
            case '*' when line != "-1":
                var items = new Reply[int.Parse(line)];
                for (var i = 0; i < items.Length; i++) items[i] = Read();
                return new Reply(kind, line, Items: items);
            default:
                return new Reply(kind, line);
        }
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        for (var next = NextByte(); next != '\n'; next = NextByte())
        {
            if (next != '\r') line.Append((char)next);
        }

        return line.ToString();
    }

    private byte NextByte()
    {
        if (begin == end)
        {
            (begin, end) = (0, socket.Receive(received));
            if (end == 0) throw new IOException("redis-server has closed the connection.");
        }

        return received[begin++];
    }
}
