using System.Diagnostics;

namespace KvEmbedded.Tests.Differential;

/// <summary>
/// A redis-server of our own on a unix socket, for the tests of one class, or shared by all contract suites. Where none is
/// installed tests are skipped, or fail if <c>KVEMBEDDED_REQUIRE_REDIS</c> is 1.
/// </summary>
public sealed class RealRedis : IDisposable
{
    private const string Program = "redis-server";
    private const string SocketName = "redis.sock";

    private readonly string? folder;
    private readonly RespConnection? connection;
    private Process? server;

    public RealRedis()
    {
        if (!IsInstalled()) return;
        folder = Directory.CreateTempSubdirectory("kv-redis-").FullName;
        server = Start(folder);
        connection = new RespConnection(SocketPath);
    }

    /// <summary>Where it listens, if there is a server; else the calling test ends here.</summary>
    internal string SocketPath => Path.Combine(folder ?? Missing<string>(), SocketName);

    /// <summary>The connection, if there is a server; else the calling test ends here.</summary>
    internal RespConnection Connect() => connection ?? Missing<RespConnection>();

    /// <summary>One more connection, which the caller disposes; as <see cref="Connect"/> where there is no server.</summary>
    internal RespConnection ConnectAnother() => new(SocketPath);

    /// <summary>Ends the server as a power cut would; what it held is gone.</summary>
    internal void Kill()
    {
        server!.Kill();
        server.WaitForExit();
        server.Dispose();
        server = null;
    }

    /// <summary>Starts it again, at the same place; <see cref="Connect"/> stays with the one before.</summary>
    internal void Restart() => server = Start(folder!);

    public void Dispose()
    {
        connection?.Dispose();
        if (server is not null) Kill();
        if (folder is not null) Directory.Delete(folder, recursive: true);
    }

    private static Process Start(string folder)
    {
        var process = Process.Start(new ProcessStartInfo(Program,
            [
                "--port", "0", "--unixsocket", Path.Combine(folder, SocketName), "--save", "", "--appendonly", "no", "--dir", folder,
                "--enable-debug-command", "local", "--notify-keyspace-events", "KA", "--databases", $"{Conformance.Databases.Count}",
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;

        // It says when it accepts connections; nobody has to sleep.
        var log = new List<string>();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            log.Add(line);
            if (line.Contains("ready to accept", StringComparison.OrdinalIgnoreCase)) return process;
        }

        throw new InvalidOperationException($"{Program} has not started:\n{string.Join('\n', log)}");
    }

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(place => place.Length > 0 && File.Exists(Path.Combine(place, Program)));

    private static T Missing<T>()
    {
        const string reason = $"{Program} is not on the PATH. Install it (Debian: apt-get install redis-server) to compare with it.";
        if (Environment.GetEnvironmentVariable("KVEMBEDDED_REQUIRE_REDIS") == "1") Assert.Fail(reason);
        Assert.Skip(reason);
        throw new InvalidOperationException(reason);
    }
}
