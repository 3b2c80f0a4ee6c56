using System.Reflection;
using StackExchange.Redis;

namespace KvEmbedded.Tests.Redis;

/// <summary>
/// A server that is not there: it notes the words it is sent and answers what the test has said. For commands that no server
/// at hand has; the answers are those of their documentation.
/// </summary>
internal sealed class ScriptedServer
{
    private readonly Queue<object?> answers = new();
    private readonly List<string> sent = [];

    public ScriptedServer()
    {
        var database = Proxy<IDatabase>(call => call is { Method.Name: "ExecuteAsync", Args: [string name, ICollection<object> words, _] } ? Answer(name, words) : null);
        Keyspace = new RedisKeyspace(Proxy<IConnectionMultiplexer>(call => call.Method.Name switch
        {
            nameof(IConnectionMultiplexer.GetDatabase) => database,
            nameof(IConnectionMultiplexer.GetServers) => Servers,
            _ => null,
        }));
    }

    public RedisKeyspace Keyspace { get; }

    /// <summary>Those that the client library knows.</summary>
    public IServer[] Servers { get; init; } = [];

    /// <summary>An answer that is a list.</summary>
    public static object List(object? first, params object?[] rest) => new Items([first, .. rest]);

    /// <summary>Runs a command; the server is to be sent these words, and answers as is said.</summary>
    /// <param name="words">Several commands are apart by a bar.</param>
    /// <param name="ask">The command.</param>
    /// <param name="told">
    /// One answer for each: a number, a text, null, <see cref="List"/>, <see cref="Error"/>, or what the client library throws.
    /// </param>
    public async Task<T> SendsAsync<T>(string words, Func<IKeyspace, ValueTask<T>> ask, params object?[] told)
    {
        foreach (var answer in told) answers.Enqueue(answer);
        sent.Clear();
        try
        {
            return await ask(Keyspace);
        }
        finally
        {
            Assert.Equal(words, string.Join(" | ", sent));
            Assert.Empty(answers);
        }
    }

    /// <summary>Runs a command, and answers which words were sent.</summary>
    public async Task<string> SentAsync<T>(Func<IKeyspace, ValueTask<T>> ask, object? told)
    {
        answers.Enqueue(told);
        sent.Clear();
        await ask(Keyspace);
        return Assert.Single(sent);
    }

    public Task SendsAsync(string words, Func<IKeyspace, ValueTask> ask, params object?[] told) =>
        SendsAsync(
            words,
            async keyspace =>
            {
                await ask(keyspace);
                return true;
            },
            told);

    private Task<RedisResult> Answer(string name, ICollection<object> words)
    {
        sent.Add(string.Join(' ', words.Prepend(name)));
        var told = answers.Dequeue();
        return told switch
        {
            Error error => Task.FromException<RedisResult>(new RedisServerException(RedisErrorKind.Unknown, CommandFlags.None, error.Text)),
            Exception lost => Task.FromException<RedisResult>(lost),
            _ => Task.FromResult(Of(told)),
        };
    }

    private static RedisResult Of(object? told) => told switch
    {
        null => RedisResult.Create(RedisValue.Null),
        int number => RedisResult.Create(number, ResultType.Integer),
        long number => RedisResult.Create(number, ResultType.Integer),
        Error error => RedisResult.Create(error.Text, ResultType.Error),
        Items list => RedisResult.Create(Array.ConvertAll(list.Told, Of)),
        _ => RedisResult.Create((string)told, ResultType.BulkString),
    };

    public static T Proxy<T>(Func<(MethodInfo Method, object?[] Args), object?> answer) where T : class
    {
        var proxy = DispatchProxy.Create<T, Stub>();
        ((Stub)(object)proxy).Answer = answer;
        return proxy;
    }

    /// <summary>An error that the server tells, whole or in a list.</summary>
    public sealed record Error(string Text);

    private sealed record Items(object?[] Told);

    /// <summary>What the proxies derive from.</summary>
    public class Stub : DispatchProxy
    {
        internal Func<(MethodInfo Method, object?[] Args), object?>? Answer { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer!((targetMethod!, args ?? []));
    }
}
