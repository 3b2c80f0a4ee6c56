using KvEmbedded.Tests.Simulation;

namespace KvEmbedded.Tests.Engine;

/// <summary>
/// One caller who waits, another who brings what it waits for, its token and its end of time, in an order drawn from a seed.
/// Exactly one of the three ends the wait, and what was brought has been taken or is still there.
/// </summary>
internal sealed class Race
{
    /// <summary>What has to be there first.</summary>
    public Action<EngineWorld> Prepare { get; init; } = static _ => { };

    /// <summary>Waits a second for one thing under the keys; whether it got it.</summary>
    public required Func<EngineWorld, KvKey[], CancellationToken, Task<bool>> Wait { get; init; }

    /// <summary>Brings one thing to the last of these keys.</summary>
    public required Func<EngineWorld, KvKey, Task> Bring { get; init; }

    /// <summary>How many things nobody has taken.</summary>
    public required Func<EngineWorld, KvKey, long> Left { get; init; }

    /// <summary>Runs so many orders; each end must be met by more than one in twenty, else nothing was shown.</summary>
    public void Run(int orders)
    {
        // What goes on goes on through the scheduler and nowhere else.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var outcomes = new int[3];
            for (var seed = 0; seed < orders; seed++) outcomes[(int)RunOne(seed)]++;
            Assert.All(outcomes, count => Assert.True(count > orders / 20, "An outcome hardly ever happened."));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public static Outcome OutcomeOf(Task<bool> wait, CancellationToken token)
    {
        if (wait.IsCompletedSuccessfully) return wait.Result ? Outcome.Served : Outcome.TimedOut;
        Assert.True(wait.IsCanceled);
        Assert.Equal(token, Assert.ThrowsAny<OperationCanceledException>(() => wait.GetAwaiter().GetResult()).CancellationToken);
        return Outcome.Cancelled;
    }

    private Outcome RunOne(int seed)
    {
        var scheduler = new SeededScheduler(seed);
        var random = scheduler.Random;
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = random.Next(1, 4), scheduler);
        using var source = new CancellationTokenSource();
        var key = (KvKey)"a";
        Prepare(world);
        var hold = random.Next(2) == 0 ? world.Hold() : null;
        var wait = Wait(world, random.Next(2) == 0 ? [key] : ["other", key], source.Token);
        Task? bring = null;
        List<Action> actions =
        [
            () => bring = Bring(world, key),
            source.Cancel,
            () => world.Time.Advance(TimeSpan.FromSeconds(1)),
            () =>
            {
                hold?.Dispose();
                hold ??= world.Dispatcher.TryTakeInline() ? new LoopHold(world.Dispatcher) : null;
            },
            () => scheduler.RunOne(),
            () => scheduler.RunOne(),
        ];
        while (actions.Count > 0)
        {
            var at = random.Next(actions.Count);
            actions[at]();
            actions.RemoveAt(at);
        }

        hold?.Dispose();
        scheduler.RunAll();
        Assert.True(wait.IsCompleted, "Neither served nor timed out nor cancelled.");
        Assert.True(bring!.IsCompletedSuccessfully);
        var outcome = OutcomeOf(wait, source.Token);
        Assert.Equal((seed, outcome == Outcome.Served ? 0 : 1), (seed, Left(world, key)));
        Assert.Equal((0, 0), (world.Waiting, Registrations.CountOf(source)));
        return outcome;
    }
}

/// <summary>How a wait has ended.</summary>
internal enum Outcome
{
    Served,
    TimedOut,
    Cancelled,
}
