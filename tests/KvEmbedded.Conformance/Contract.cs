using System.Runtime.CompilerServices;

namespace KvEmbedded.Conformance;

/// <summary>
/// What holds on any backend. A suite is an abstract class per interface; a backend runs it by deriving one class, which
/// needs no member.
/// </summary>
public abstract class Contract<TBackend> : IAsyncDisposable where TBackend : Backend, new()
{
    protected TBackend Backend { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await Backend.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs a test on the backend; where the backend is known to differ, asserts that it does.</summary>
    /// <param name="test">The test's name: left to the compiler.</param>
    protected Task RunAsync(Func<IKeyspace, Task> body, [CallerMemberName] string test = "")
    {
        var name = $"{Suite}.{test}";
        return Backend.Differences.FirstOrDefault(difference => difference.IsAbout(name)) is { } difference
            ? difference.HoldAsync(Backend, body)
            : Backend.RunAsync(body);
    }

    /// <summary>The abstract suite: <c>SortedSetContract</c>.</summary>
    private string Suite
    {
        get
        {
            var type = GetType();
            while (!type.IsAbstract) type = type.BaseType!;
            return type.Name.Split('`')[0];
        }
    }

    /// <summary>Runs what needs the news of commits to be out: inside a transaction they are not, and it is left.</summary>
    protected Task WhenOverAsync(Func<Task> body) => Backend.PublishesAtOnce ? body() : Task.CompletedTask;

    /// <summary>Something at a key that is no string.</summary>
    protected static async ValueTask PutSortedSetAsync(IKeyspace keyspace, KvKey key) =>
        await keyspace.SortedSet(key).AddAsync("member", 1);

    protected static async ValueTask<string?> TextAsync(IKeyspace keyspace, KvKey key) =>
        (await keyspace.Strings.GetAsync(key))?.ToString();
}
