using KvEmbedded.Engine;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Engine;

/// <summary>A keyspace with its inside open, and its clock in the test's hand.</summary>
internal sealed class EngineWorld : IDisposable
{
    public static readonly TimeSpan ForEver = Timeout.InfiniteTimeSpan;

    public EngineWorld(Action<KeyspaceOptions>? configure = null, CommandScheduler? scheduler = null)
    {
        var options = new KeyspaceOptions { TimeProvider = Time, RandomSeed = 1 };
        if (scheduler is not null) options.Scheduler = scheduler;
        configure?.Invoke(options);
        Keyspace = new Keyspace(options);
        Door = DoorOf(Keyspace);
        SynchronousDoor = Door.Synchronously();
    }

    public FakeTimeProvider Time { get; } = new();

    public Keyspace Keyspace { get; }

    public Door Door { get; }

    public Door SynchronousDoor { get; }

    public Dispatcher Dispatcher => Keyspace.Store.Dispatcher;

    /// <summary>For looks at the store while nothing runs.</summary>
    public Turn Turn => Dispatcher.Turn;

    public int Waiting => Turn.Waiters.Count;

    public static Door DoorOf(Keyspace keyspace) =>
        new(keyspace.Store.Dispatcher, keyspace.Store, [], transaction: null, isSynchronous: false);

    public static Door DoorOf(ITransaction transaction) => ((KeyspaceView)transaction).Door;

    /// <summary>Makes the loop busy, as a command of another caller would, until the hold is disposed.</summary>
    public LoopHold Hold()
    {
        Assert.True(Dispatcher.TryTakeInline(), "The loop is not idle.");
        return new LoopHold(Dispatcher);
    }

    /// <summary>Runs a transaction whose body fails in the end.</summary>
    public Task FailAsync(Func<Door, Task> body) =>
        Assert.ThrowsAsync<BodyFailedException>(() => Keyspace.TransactAsync(async transaction =>
        {
            await body(DoorOf(transaction));
            throw new BodyFailedException();
        }).AsTask());

    public void Dispose()
    {
        if (Dispatcher.Scheduler == CommandScheduler.Pool) Keyspace.Dispose();
    }
}

/// <summary>The loop in the hand of the test.</summary>
internal sealed class LoopHold(Dispatcher dispatcher) : IDisposable
{
    private bool isReleased;

    public void Dispose()
    {
        if (isReleased) return;
        isReleased = true;
        dispatcher.Release();
    }
}

/// <summary>Thrown by bodies that shall be taken back.</summary>
internal sealed class BodyFailedException : Exception;
