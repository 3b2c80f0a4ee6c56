using System.Runtime.CompilerServices;
using KvEmbedded.Tests.Simulation;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>The end of a keyspace: everything outstanding ends, nothing is left.</summary>
public sealed class DisposalTests
{
    private const string Text =
        "The keyspace has been disposed. Make commands before, and keep it as long as it is used.\nObject name: 'Keyspace'.";

    [Fact]
    public async Task A_thousand_waiting_callers_end_each_with_an_error_of_its_own()
    {
        using var world = new EngineWorld();
        var pops = Enumerable.Range(0, 1000).Select(i => world.Door.PopAsync($"basket {i % 10}", ForEver).AsTask()).ToArray();

        await world.Keyspace.DisposeAsync();

        var errors = new HashSet<Exception>(ReferenceEqualityComparer.Instance);
        foreach (var pop in pops)
        {
            var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => pop);
            Assert.Equal(Text, error.Message);
            Assert.True(errors.Add(error), "Two callers throw one exception: their stack traces mix.");
        }

        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task Every_call_after_the_end_says_so()
    {
        using var world = new EngineWorld();
        await world.Keyspace.Strings.SetAsync("s", "v");
        await world.Keyspace.DisposeAsync();
        var keyspace = world.Keyspace;

        await Ended(() => world.Door.PushAsync("a", 1));
        await Ended(() => world.SynchronousDoor.PushAsync("a", 1));
        await Ended(() => world.Door.PopAsync("a", ForEver));
        await Ended(() => world.Door.PopAsync("a", TimeSpan.Zero));
        await Ended(() => world.SynchronousDoor.PopAsync("a", ForEver));
        await Ended(() => keyspace.Strings.GetAsync("s"));
        await Ended(() => keyspace.String("s").GetAsync());
        await Ended(() => keyspace.Strings.SetAsync("s", "w"));
        await Ended(() => keyspace.Synchronous.Strings.SetAsync("s", "w"));
        await Ended(() => keyspace.WithPrefix("p").Counter("c").IncrementAsync());
        await Ended(() => keyspace.SortedSet("z").AddAsync("m", 1));
        await Ended(() => keyspace.TransactAsync(static _ => new ValueTask<int>(1)));
        await Ended(() => new ValueTask<int>(keyspace.Transact(static _ => 1)));

        static async Task Ended<T>(Func<ValueTask<T>> call)
        {
            var error = await Assert.ThrowsAsync<ObjectDisposedException>(async () => await call());
            Assert.Equal(Text, error.Message);
        }
    }

    [Fact]
    public async Task Commands_that_wait_for_the_loop_still_run_and_those_behind_the_end_do_not()
    {
        using var world = new EngineWorld();
        Task<int> before, transacted, behind;
        Task<Taken?> parked;
        Task ended;
        using (world.Hold())
        {
            before = world.Door.PushAsync("a", 1).AsTask();
            transacted = world.Keyspace.TransactAsync(static transaction => DoorOf(transaction).PushAsync("a", 2)).AsTask();
            parked = world.Door.PopAsync("b", ForEver).AsTask();
            ended = world.Keyspace.DisposeAsync().AsTask();
            behind = world.Door.PushAsync("a", 3).AsTask();
            Assert.False(ended.IsCompleted);
        }

        await ended;
        Assert.Equal((1, 2), (await before, await transacted));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => parked);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => behind);
    }

    [Fact]
    public async Task Disposing_twice_is_disposing_once_also_by_many_at_once()
    {
        using var world = new EngineWorld();
        Threads.Run(8, thread =>
        {
            if (thread % 2 == 0) world.Keyspace.Dispose();
            else world.Keyspace.DisposeAsync().AsTask().GetAwaiter().GetResult();
        });

        await world.Keyspace.DisposeAsync();
        world.Keyspace.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => world.Door.PushAsync("a", 1).AsTask());
    }

    [Fact]
    public async Task The_end_leaves_no_timer()
    {
        var time = new ManualTime();
        var keyspace = new Keyspace(new KeyspaceOptions { TimeProvider = time });
        await keyspace.Strings.SetAsync("s", "v", TimeSpan.FromSeconds(1));
        var pop = DoorOf(keyspace).PopAsync("a", TimeSpan.FromSeconds(1)).AsTask();
        Assert.NotEqual(0, time.Timers);

        await keyspace.DisposeAsync();

        Assert.Equal(0, time.Timers);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => pop);
    }

    [Fact]
    public void A_keyspace_that_has_ended_is_collected()
    {
        var keyspace = MakeAndDispose();
        for (var i = 0; i < 10 && keyspace.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(keyspace.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference MakeAndDispose()
        {
            var made = new Keyspace();
            made.Strings.SetAsync("s", "v", TimeSpan.FromHours(1)).Answer();
            Assert.True(DoorOf(made).PopAsync("a", TimeSpan.FromHours(1)).AsTask() is { IsCompleted: false });
            made.Dispose();
            return new WeakReference(made.Store);
        }
    }

    [Fact]
    public void Every_outstanding_call_ends_at_ten_thousand_random_points_of_the_end()
    {
        var ended = 0;
        for (var seed = 0; seed < 10_000; seed++) ended += EndAtRandom(seed);
        Assert.True(ended > 10_000, "Hardly any call was outstanding.");
    }

    [Fact]
    public void Every_outstanding_call_ends_on_real_threads()
    {
        for (var round = 0; round < 200; round++)
        {
            using var world = new EngineWorld(options => options.CommandsPerHoldMax = 2);
            var flows = new Task[2];
            Threads.Run(5, thread =>
            {
                switch (thread)
                {
                    case 0:
                        Thread.SpinWait(round * 50);
                        world.Keyspace.Dispose();
                        break;
                    case 1:
                        UntilTheEnd(() => world.SynchronousDoor.PopAsync("a", ForEver).Answer());
                        break;
                    case 2:
                        UntilTheEnd(() => world.Keyspace.Transact(static transaction => DoorOf(transaction).PushAsync("a", 1).Answer()));
                        break;
                    default:
                        flows[thread - 3] = Flow(thread == 3);
                        break;
                }
            });
            foreach (var flow in flows) Assert.IsType<ObjectDisposedException>(Record.Exception(() => flow.GetAwaiter().GetResult()));

            async Task Flow(bool pops)
            {
                while (true)
                {
                    if (pops) await world.Door.PopAsync("a", TimeSpan.FromSeconds(1));
                    else await world.Keyspace.TransactAsync(static transaction => DoorOf(transaction).PushAsync("a", 1));
                }
            }
        }
    }

    private static void UntilTheEnd(Action call)
    {
        Exception? error = null;
        while (error is null) error = Record.Exception(call);
        Assert.IsType<ObjectDisposedException>(error);
    }

    /// <summary>Some traffic, the end at some point of it. How many calls ended with it.</summary>
    private static int EndAtRandom(int seed)
    {
        var scheduler = new SeededScheduler(seed);
        var random = scheduler.Random;
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = random.Next(1, 4), scheduler);
        using var source = new CancellationTokenSource();
        var calls = new List<Task>();
        var steps = random.Next(3, 12);
        var end = random.Next(steps);
        LoopHold? hold = null;
        for (var step = 0; step < steps; step++)
        {
            if (step == end) calls.Add(world.Keyspace.DisposeAsync().AsTask());
            switch (random.Next(8))
            {
                case 0:
                    calls.Add(world.Door.PushAsync("a", 1, random.Next(2) == 0 ? source.Token : default).AsTask());
                    break;
                case 1:
                    calls.Add(world.Door.PopAsync("a", ForEver, random.Next(2) == 0 ? source.Token : default).AsTask());
                    break;
                case 2:
                    calls.Add(world.Door.PopAsync(["a", "b"], TimeSpan.FromSeconds(1)).AsTask());
                    break;
                case 3:
                    calls.Add(world.Keyspace.TransactAsync(static transaction => DoorOf(transaction).PushAsync("b", 1)).AsTask());
                    break;
                case 4:
                    source.Cancel();
                    break;
                case 5:
                    world.Time.Advance(TimeSpan.FromSeconds(1));
                    break;
                case 6:
                    scheduler.RunOne();
                    break;
                default:
                    hold?.Dispose();
                    hold = hold is null && world.Dispatcher.TryTakeInline() ? new LoopHold(world.Dispatcher) : null;
                    break;
            }
        }

        hold?.Dispose();
        scheduler.RunAll();
        Assert.DoesNotContain(calls, static call => !call.IsCompleted);
        Assert.All(calls, static call => Assert.True(
            !call.IsFaulted || call.Exception!.InnerException is ObjectDisposedException, "It ended otherwise."));
        Assert.Equal((0, 0, 0), (world.Waiting, world.Dispatcher.WaitingCallers, Registrations.CountOf(source)));
        return calls.Count(static call => call.IsFaulted);
    }

    [Fact]
    public async Task Only_the_first_end_is_the_end()
    {
        using var world = new EngineWorld();
        Task<bool> first, second;
        using (world.Hold())
        {
            first = world.Dispatcher.CloseAsync(static () => new ObjectDisposedException("first")).AsTask();
            second = world.Dispatcher.CloseAsync(static () => new ObjectDisposedException("second")).AsTask();
        }

        Assert.Equal((true, false), (await first, await second));
        Assert.False(world.Dispatcher.Close(static () => new ObjectDisposedException("third")));
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => world.Door.PushAsync("a", 1).AsTask());
        Assert.Equal("first", error.ObjectName);
    }
}
