using KvEmbedded.Engine;
using KvEmbedded.Tests.Engine;

namespace KvEmbedded.Schedules;

/// <summary>
/// Small programs of few callers, each in thousands of schedules of the product's own atomic operations: no wake-up is lost,
/// nobody waits for ever, nothing happens twice.
/// </summary>
public sealed class ScheduleTests
{
    private const int Schedules = 4_000;
    private static readonly TimeSpan ForEver = Timeout.InfiniteTimeSpan;

    [Fact]
    public void Callers_that_await() => Explore(static (world, pool) =>
    [
        pool.Caller(() => PushTwice(world, "a")),
        pool.Caller(() => PushTwice(world, "b")),
        pool.Serve,
    ],
    static world => Assert.Equal((2, 2), (world.Count("a"), world.Count("b"))));

    [Fact]
    public void Callers_that_wait_while_the_pool_is_starved() => Explore(static (world, _) =>
    [
        () => world.Synchronous.PushAsync("a", 1),
        () => world.Synchronous.PushAsync("a", 2),
        () =>
        {
            world.Synchronous.PushAsync("a", 3);
            world.Synchronous.PushAsync("a", 4);
        },
    ],
    static world => Assert.Equal(4, world.Count("a")));

    [Fact]
    public void A_holder_with_commands_behind_it_and_callers_that_wait() => Explore(static (world, pool) =>
    [
        pool.Caller(() =>
        {
            if (!world.Dispatcher.TryTakeInline()) return;
            world.Send(world.Door.PushAsync("a", 1));
            world.Send(world.Door.PushAsync("a", 2));
            world.Dispatcher.Release();
        }),
        pool.Caller(() => world.Synchronous.PushAsync("b", 1)),
        pool.Caller(() => world.Synchronous.PushAsync("b", 2)),
        pool.Serve,
    ],
    static world => Assert.Equal(2, world.Count("b")));

    [Fact]
    public void Bodies_of_both_kinds_beside_commands() => Explore(static (world, pool) =>
    [
        pool.Caller(() => world.Keyspace.Transact(static transaction =>
        {
            DoorOf(transaction).PushAsync("a", 1);
            DoorOf(transaction).PushAsync("a", 2);
        })),
        pool.Caller(() => Await(world.Keyspace.TransactAsync(static transaction => DoorOf(transaction).PushAsync("a", 3)))),
        pool.Caller(() => world.Synchronous.PushAsync("a", 4)),
        pool.Serve,
    ],
    static world =>
    {
        var items = world.Items("a");
        Assert.Equal(4, items.Length);
        Assert.Equal(Array.IndexOf(items, (byte)1) + 1, Array.IndexOf(items, (byte)2));
    });

    [Fact]
    public void A_pop_that_is_served_or_cancelled() => Explore(static (world, pool) =>
    [
        pool.Caller(() =>
        {
            var pop = world.Door.PopAsync("a", ForEver, world.Source.Token);
            Explorer.WaitUntil(() => pop.IsCompleted);
            world.Popped += pop.IsCanceled ? 0 : 1;
        }),
        pool.Caller(() => Await(world.Door.PushAsync("a", 1))),
        pool.Caller(world.Source.Cancel),
        pool.Serve,
    ],
    static world =>
    {
        Assert.Equal(1, world.Popped + world.Count("a"));
        Assert.Equal(0, world.Dispatcher.Turn.Waiters.Count);
    });

    [Fact]
    public void Waiting_pops_and_pushes_while_the_pool_is_starved() => Explore(static (world, _) =>
    [
        () => world.Synchronous.PopAsync("a", ForEver),
        () => world.Synchronous.PopAsync(["b", "a"], ForEver),
        () =>
        {
            world.Synchronous.PushAsync("a", 1);
            world.Synchronous.PushAsync("a", 2);
        },
    ],
    static world => Assert.Equal((0, 0), (world.Count("a"), world.Dispatcher.Turn.Waiters.Count)));

    [Fact]
    public void The_end_beside_commands_and_a_waiter() => Explore(static (world, pool) =>
    [
        pool.Caller(() => Ends(world.Door.PopAsync("a", ForEver))),
        pool.Caller(() => Ends(world.Door.PushAsync("b", 1))),
        pool.Caller(world.Keyspace.Dispose),
        pool.Serve,
    ],
    static _ => { });

    [Fact]
    public void A_reader_beside_a_transaction() => Explore(static (world, pool) =>
    [
        pool.Caller(() => world.Keyspace.Transact(static transaction =>
        {
            transaction.Strings.SetAsync("k", -1);
            transaction.Strings.SetAsync("k", 2);
        })),
        pool.Caller(() =>
        {
            var first = (long?)Await(world.Keyspace.Strings.GetAsync("k")) ?? 0;
            var second = (long?)Await(world.Keyspace.Strings.GetAsync("k")) ?? 0;
            Assert.True(first is 0 or 2 && second is 0 or 2 && second >= first, $"{first}, then {second}.");
        }),
        pool.Serve,
    ],
    static _ => { });

    [Fact]
    public void The_explorer_finds_a_wake_up_that_is_lost()
    {
        // Looks, then goes to sleep: between the two the other may have come.
        var explorer = new Explorer(2);
        var failed = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var (isThere, isAsleep, isAwake) = (0, 0, 0);
            try
            {
                explorer.Run(
                    seed,
                    () =>
                    {
                        if (Volatile.Read(ref isThere) != 0) return;
                        Volatile.Write(ref isAsleep, 1);
                        Explorer.WaitUntil(() => isAwake != 0);
                    },
                    () =>
                    {
                        Volatile.Write(ref isThere, 1);
                        if (Volatile.Read(ref isAsleep) != 0) isAwake = 1;
                    });
            }
            catch (InvalidOperationException)
            {
                failed++;
            }
        }

        Assert.InRange(failed, 1, 199);
    }

    [Fact]
    public void The_explorer_finds_an_update_that_is_lost_and_the_same_seed_finds_it_again()
    {
        var explorer = new Explorer(2);
        var sums = Enumerable.Range(0, 100).Select(seed => (Sum(seed), Sum(seed))).ToArray();
        Assert.All(sums, static pair => Assert.Equal(pair.Item1, pair.Item2));
        Assert.Contains((1, 1), sums);
        Assert.Contains((2, 2), sums);

        int Sum(int seed)
        {
            var sum = 0;
            explorer.Run(seed, Add, Add);
            return sum;

            void Add() => Volatile.Write(ref sum, Volatile.Read(ref sum) + 1);
        }
    }

    private static void Explore(Func<ExploredWorld, ExploredPool, Action[]> programs, Action<ExploredWorld> check)
    {
        var explorer = new Explorer(4);
        for (var seed = 0; seed < Schedules; seed++)
        {
            var world = new ExploredWorld(budget: 1 + (seed % 2));
            explorer.Run(seed, programs(world, world.Pool));
            world.CheckIdle();
            check(world);

            // Not in a using: a world whose loop is lost would wait for itself, and hide what was found.
            world.Dispose();
        }
    }

    private static void PushTwice(ExploredWorld world, string key)
    {
        var first = world.Door.PushAsync(key, 1);
        Assert.Equal(2, Await(world.Door.PushAsync(key, 2)));
        Assert.Equal(1, Await(first));
    }

    /// <summary>As a compiler's await does: goes on where the continuation is run.</summary>
    private static T Await<T>(ValueTask<T> task)
    {
        var awaiter = task.ConfigureAwait(false).GetAwaiter();
        if (!awaiter.IsCompleted)
        {
            var goesOn = false;
            awaiter.UnsafeOnCompleted(() => goesOn = true);
            Explorer.WaitUntil(() => goesOn);
        }

        return awaiter.GetResult();
    }

    private static void Ends<T>(ValueTask<T> task)
    {
        if (Record.Exception(() => Await(task)) is { } error and not ScheduleFailedException) Assert.IsType<ObjectDisposedException>(error);
    }

    private static Door DoorOf(ITransaction transaction) => ((KeyspaceView)transaction).Door;
}
