using KvEmbedded.Engine;
using KvEmbedded.Tests.Engine;

namespace KvEmbedded.Schedules;

/// <summary>A keyspace whose callers, loop and pool are flows of an explorer.</summary>
internal sealed class ExploredWorld : IDisposable
{
    private readonly List<ValueTask<int>> sent = [];

    public ExploredWorld(int budget)
    {
        Keyspace = new Keyspace(new KeyspaceOptions
        {
            CommandsPerHoldMax = budget, Scheduler = Pool, RandomSeed = 1, StallThreshold = Timeout.InfiniteTimeSpan,
            SlowLogThreshold = Timeout.InfiniteTimeSpan,
        });
        Door = new Door(Keyspace.Store.Dispatcher, Keyspace.Store, [], transaction: null, isSynchronous: false);
        Synchronous = Door.Synchronously();
    }

    public ExploredPool Pool { get; } = new();

    public Keyspace Keyspace { get; }

    public Door Door { get; }

    /// <summary>Its calls have ended when they return.</summary>
    public Door Synchronous { get; }

    public Dispatcher Dispatcher => Keyspace.Store.Dispatcher;

    public CancellationTokenSource Source { get; } = new();

    public int Popped { get; set; }

    public int Count(string key) => Items(key).Length;

    public byte[] Items(string key) => Door.ItemsAsync(key).GetAwaiter().GetResult();

    /// <summary>A command nobody waits for.</summary>
    public void Send(ValueTask<int> task) => sent.Add(task);

    /// <summary>All flows have ended: no command is left, and the loop is free.</summary>
    public void CheckIdle()
    {
        Assert.Equal(0, Dispatcher.WaitingCallers);
        Assert.True(sent.TrueForAll(static task => task.IsCompleted), "A command was left behind.");
        var probe = Door.PushAsync("probe", 1);
        Assert.True(probe.IsCompleted, "The loop was lost.");
        _ = Record.Exception(() => probe.GetAwaiter().GetResult());
    }

    public void Dispose()
    {
        Keyspace.Dispose();
        Source.Dispose();
    }
}
