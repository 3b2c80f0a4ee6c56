using System.Globalization;
using System.Runtime.CompilerServices;
using KvEmbedded.Tests.Engine;
using KvEmbedded.Tests.Simulation;

namespace KvEmbedded.Tests.Lists;

/// <summary>
/// Flows on a few lists, on one thread in an order drawn from a seed: they push, pop, wait, move, cancel, let time pass,
/// transact and hold the loop. Every element is pushed once; at the end each must have been popped once, or be left.
/// </summary>
internal sealed class SimulatedLists : IDisposable
{
    private static readonly KvKey[] Keys = ["a", "b", "c"];

    private readonly SeededScheduler scheduler;
    private readonly EngineWorld world;
    private readonly List<string> trace = [];
    private readonly List<CancellationTokenSource> sources = [];
    private readonly List<string> popped = [];
    private int pushed;

    private SimulatedLists(int seed)
    {
        scheduler = new SeededScheduler(seed);
        world = new EngineWorld(options => options.CommandsPerHoldMax = Random.Next(1, 4), scheduler);
    }

    private Random Random => scheduler.Random;

    private KvKey Key => Keys[Random.Next(Keys.Length)];

    private ListEnd Side => (ListEnd)Random.Next(2);

    private string Text => string.Join('\n', trace);

    /// <summary>Runs a small program to its end; says how many waits were served, timed out and cancelled.</summary>
    public static (int Served, int TimedOut, int Cancelled) Run(int seed)
    {
        // Flows shall go on through the scheduler and nowhere else.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            using var simulation = new SimulatedLists(seed);
            simulation.Run();
            return (simulation.served, simulation.timedOut, simulation.cancelled);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    public void Dispose() => sources.ForEach(static source => source.Dispose());

    private int served, timedOut, cancelled;

    private void Run()
    {
        var flows = new List<Task>();
        for (var flow = Random.Next(2, 5); flow > 0; flow--) scheduler.Schedule(new Step(() => flows.Add(FlowAsync(Random.Next(2, 7)))));
        scheduler.RunAll();
        for (var nudge = 0; flows.Exists(static flow => !flow.IsCompleted); nudge++)
        {
            Assert.True(nudge < 100, $"Stuck: {world.Waiting} parked.\n{Text}");
            world.Time.Advance(TimeSpan.FromSeconds(10));
            scheduler.RunAll();
        }

        foreach (var flow in flows) flow.GetAwaiter().GetResult();
        Finish();
    }

    private void Finish()
    {
        Assert.Equal((0, 0), (world.Waiting, world.Dispatcher.WaitingCallers));
        Assert.DoesNotContain(sources, static source => Registrations.CountOf(source) != 0);
        var left = Keys.SelectMany(key => world.Keyspace.List(key).GetRangeAsync(..).Answer().Select(static element => element.ToString())).ToArray();
        var expected = Enumerable.Range(0, pushed).Select(static number => $"{number}").Order(StringComparer.Ordinal);
        Assert.True(expected.SequenceEqual(popped.Concat(left).Order(StringComparer.Ordinal)),
            $"{pushed} pushed; popped {string.Join(' ', popped)}; left {string.Join(' ', left)}.\n{Text}");
        world.Turn.Table.CheckInvariants();
    }

    private async Task FlowAsync(int steps)
    {
        var sent = new List<Task>();
        for (var step = 0; step < steps; step++)
        {
            var done = StepAsync();
            if (Random.Next(2) == 0) await done.ConfigureAwait(false);
            else sent.Add(done);
            if (Random.Next(2) == 0) await new Pause(scheduler);
        }

        foreach (var task in sent) await task.ConfigureAwait(false);
    }

    private async Task StepAsync()
    {
        var (key, list) = (Key, world.Keyspace.List(Key));
        switch (Random.Next(12))
        {
            case 0:
                await list.PushAsync(pushed++, Side).ConfigureAwait(false);
                break;
            case 1:
                await list.PushAsync([pushed++, pushed++, pushed++], Side).ConfigureAwait(false);
                break;
            case 2:
                await WaitAsync("pop", token => One(list.PopAsync(Side, Time(), token))).ConfigureAwait(false);
                break;
            case 3:
                await WaitAsync("pop of several", async token => await list.PopAsync(Random.Next(1, 4), Side, Time(), token).ConfigureAwait(false)).ConfigureAwait(false);
                break;
            case 4 or 5:
                await WaitAsync("pop off several", async token =>
                    (await world.Keyspace.Lists.PopAsync([key, Key], Random.Next(1, 3), Side, Time(), token).ConfigureAwait(false))?.Elements ?? []).ConfigureAwait(false);
                break;
            case 6 or 7:
                await WaitAsync("move", token => One(list.MoveAsync(key, Side, Side, Time(), token)), isMove: true).ConfigureAwait(false);
                break;
            case 8:
                foreach (var source in sources.Where(_ => Random.Next(2) == 0).ToArray()) source.Cancel();
                break;
            case 9:
                world.Time.Advance(TimeSpan.FromMilliseconds(Random.Next(1_500)));
                break;
            case 10:
                await TransactAsync(key, Key, fails: Random.Next(2) == 0).ConfigureAwait(false);
                break;
            default:
                await HoldAsync(Random.Next(1, 5)).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>One wait: it ends in exactly one way, and what it brought is noted.</summary>
    private async Task WaitAsync(string what, Func<CancellationToken, Task<KvValue[]>> wait, bool isMove = false)
    {
        var number = trace.Count;
        trace.Add($"{number}: {what}");
        try
        {
            var elements = await wait(Token()).ConfigureAwait(false);
            trace.Add(string.Create(CultureInfo.InvariantCulture, $"{number}: {what} brought [{string.Join(' ', elements)}]"));
            if (elements.Length == 0) timedOut++;
            else served++;
            if (!isMove) popped.AddRange(elements.Select(static element => element.ToString()));
        }
        catch (OperationCanceledException)
        {
            cancelled++;
            trace.Add($"{number}: {what} was cancelled");
        }
    }

    private async Task TransactAsync(KvKey from, KvKey to, bool fails)
    {
        try
        {
            await world.Keyspace.TransactAsync(async transaction =>
            {
                await transaction.List(from).MoveAsync(to).ConfigureAwait(false);
                await transaction.List(to).MoveAsync(from, ListEnd.Tail, ListEnd.Head).ConfigureAwait(false);
                if (fails) throw new BodyFailedException();
            }, Token()).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is BodyFailedException or OperationCanceledException)
        {
            trace.Add($"transaction: {exception.GetType().Name}");
        }
    }

    private static async Task<KvValue[]> One(ValueTask<KvValue?> pop) => await pop.ConfigureAwait(false) is { } element ? [element] : [];

    private TimeSpan Time() => TimeSpan.FromSeconds(Random.Next(0, 4));

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
