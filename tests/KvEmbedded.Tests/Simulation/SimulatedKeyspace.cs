using System.Globalization;
using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Tests.Engine;

namespace KvEmbedded.Tests.Simulation;

/// <summary>
/// A whole keyspace with its callers on one thread, in an order drawn from a seed: flows that push, pop, wait, cancel,
/// transact, let time pass, and hold the loop as a long command of another thread would. Everything is written down.
/// </summary>
internal sealed class SimulatedKeyspace : IDisposable
{
    private const int Nudges = 200;
    private static readonly string[] Keys = ["a", "b", "c"];

    private readonly SeededScheduler scheduler;
    private readonly EngineWorld world;
    private readonly List<string> trace = [];
    private readonly List<CancellationTokenSource> sources = [];
    private int pushed, popped;

    private SimulatedKeyspace(int seed)
    {
        scheduler = new SeededScheduler(seed);
        world = new EngineWorld(options => options.CommandsPerHoldMax = Random.Next(1, 4), scheduler);
    }

    private Random Random => scheduler.Random;

    /// <summary>Runs a small program to its end.</summary>
    /// <returns>What happened, line by line.</returns>
    public static IReadOnlyList<string> Run(int seed)
    {
        // Flows shall go on through the scheduler and nowhere else.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using var simulation = new SimulatedKeyspace(seed);
            simulation.Run();
            return simulation.trace;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose() => sources.ForEach(static source => source.Dispose());

    private void Run()
    {
        var flows = new List<Task>();
        for (var flow = 0; flow < Random.Next(2, 5); flow++)
        {
            var name = $"flow {flow}";
            scheduler.Schedule(new Step(() => flows.Add(FlowAsync(name, Random.Next(2, 7)))));
        }

        scheduler.RunAll();
        for (var nudge = 0; flows.Exists(static flow => !flow.IsCompleted); nudge++)
        {
            Assert.True(nudge < Nudges, $"Stuck: {world.Waiting} parked, {world.Dispatcher.WaitingCallers} in the inbox.\n" + Text);
            Nudge(nudge);
        }

        foreach (var flow in flows) flow.GetAwaiter().GetResult();
        Finish();
    }

    private string Text => string.Join('\n', trace);

    /// <summary>Nothing goes on by itself any more: those who wait for ever need an item, the others need time.</summary>
    private void Nudge(int nudge)
    {
        if (nudge % 2 == 0)
        {
            world.Time.Advance(TimeSpan.FromSeconds(10));
        }
        else
        {
            pushed++;
            _ = world.Door.PushAsync(Keys[nudge / 2 % Keys.Length], 99).AsTask();
        }

        scheduler.RunAll();
    }

    private void Finish()
    {
        Assert.Equal((0, 0), (world.Waiting, world.Dispatcher.WaitingCallers));
        Assert.True(world.Dispatcher.TryTakeInline(), "The loop was lost.\n" + Text);
        world.Dispatcher.Release();
        var left = Keys.Sum(key => world.Door.ItemsAsync(key).Answer().Length);
        Assert.True(pushed == popped + left, $"{pushed} pushed, {popped} popped, {left} left.\n" + Text);
        Assert.DoesNotContain(sources, static source => Registrations.CountOf(source) != 0);
        world.Turn.Table.CheckInvariants();
    }

    private async Task FlowAsync(string name, int steps)
    {
        var sent = new List<Task>();
        for (var step = 0; step < steps; step++)
        {
            var what = Random.Next(12);
            var told = $"{name} step {step} does {what}";
            trace.Add(told);
            await StepAsync(what, told, sent).ConfigureAwait(false);
            if (Random.Next(2) == 0) await new Pause(scheduler);
        }

        foreach (var task in sent) await task.ConfigureAwait(false);
        trace.Add($"{name} has ended");
    }

    private async Task StepAsync(int what, string told, List<Task> sent)
    {
        var (key, other) = (Keys[Random.Next(Keys.Length)], Keys[Random.Next(Keys.Length)]);
        switch (what)
        {
            case 0:
                Tell(told, await PushAsync(key).ConfigureAwait(false));
                break;
            case 1:
                sent.Add(TellAsync(told, PushAsync(key)));
                break;
            case 2:
                Tell(told, await PopAsync([key], TimeSpan.FromSeconds(Random.Next(0, 3))).ConfigureAwait(false));
                break;
            case 3:
                sent.Add(TellAsync(told, PopAsync([key, other], TimeSpan.FromSeconds(1))));
                break;
            case 4:
                sent.Add(TellAsync(told, PopAsync([other, key], EngineWorld.ForEver)));
                break;
            case 5:
                sent.Add(TellAsync(told, world.Door.MoveAsync(key, other, TimeSpan.FromSeconds(2)).AsTask()));
                break;
            case 6:
                Tell(told, await TransactAsync(key, other, fails: false).ConfigureAwait(false));
                break;
            case 7:
                sent.Add(TellAsync(told, TransactAsync(key, other, fails: true)));
                break;
            case 8:
                foreach (var source in sources.Where(_ => Random.Next(2) == 0).ToArray()) source.Cancel();
                break;
            case 9:
                world.Time.Advance(TimeSpan.FromMilliseconds(Random.Next(1_500)));
                break;
            case 10:
                sent.Add(HoldAsync(Random.Next(1, 5)));
                break;
            default:
                await world.Keyspace.Strings.SetAsync("s", told, TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                Tell(told, await world.Keyspace.Strings.GetAsync("s").ConfigureAwait(false));
                break;
        }
    }

    private async Task<int> PushAsync(string key)
    {
        var count = await world.Door.PushAsync(key, (byte)Random.Next(100)).ConfigureAwait(false);
        pushed++;
        return count;
    }

    private async Task<string> PopAsync(KvKey[] keys, TimeSpan waitingTime)
    {
        try
        {
            var taken = await world.Door.PopAsync(keys, waitingTime, Token()).ConfigureAwait(false);
            if (taken is not null) popped++;
            return $"{taken}";
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    private async Task<string> TransactAsync(string from, string to, bool fails)
    {
        try
        {
            return await world.Keyspace.TransactAsync(async transaction =>
            {
                var door = EngineWorld.DoorOf(transaction);
                var moved = await door.MoveAsync(from, to, TimeSpan.FromSeconds(1)).ConfigureAwait(false);
                await door.ExpireAsync("s", TimeSpan.FromSeconds(3)).ConfigureAwait(false);
                return fails ? throw new BodyFailedException() : $"moved {moved}";
            }, Token()).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BodyFailedException or OperationCanceledException)
        {
            return exception.GetType().Name;
        }
    }

    /// <summary>Another thread has the loop for some steps of the others, if it was idle.</summary>
    private async Task HoldAsync(int pauses)
    {
        if (!world.Dispatcher.TryTakeInline()) return;
        for (; pauses > 0; pauses--) await new Pause(scheduler);
        world.Dispatcher.Release();
    }

    private CancellationToken Token()
    {
        if (Random.Next(2) == 0) return CancellationToken.None;
        sources.Add(new CancellationTokenSource());
        return sources[^1].Token;
    }

    private async Task TellAsync<T>(string told, Task<T> task) => Tell(told, await task.ConfigureAwait(false));

    private void Tell<T>(string told, T answer) =>
        trace.Add(string.Create(CultureInfo.InvariantCulture, $"{told}: {answer} at {world.Time.GetTimestamp()}"));

    private sealed class Step(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();
    }

    /// <summary>Lets others run: the flow goes on when the lot falls on it.</summary>
    private readonly struct Pause(SeededScheduler scheduler) : ICriticalNotifyCompletion
    {
        public bool IsCompleted => false;

        public Pause GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation) => scheduler.Schedule(new Step(continuation));

        public void UnsafeOnCompleted(Action continuation) => OnCompleted(continuation);
    }
}
