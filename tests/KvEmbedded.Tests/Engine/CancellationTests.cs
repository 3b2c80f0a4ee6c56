using KvEmbedded.Engine;
using KvEmbedded.Tests.Simulation;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>Cancellation at every point of a queued and of a waiting command.</summary>
public sealed class CancellationTests
{
    [Fact]
    public void The_count_of_registrations_counts()
    {
        using var source = new CancellationTokenSource();
        Assert.Equal(0, Registrations.CountOf(source));
        using (source.Token.Register(static () => { }))
        using (source.Token.Register(static () => { }))
            Assert.Equal(2, Registrations.CountOf(source));
        Assert.Equal(0, Registrations.CountOf(source));
    }

    [Fact]
    public async Task A_command_that_a_full_inbox_refuses_leaves_no_registration()
    {
        using var world = new EngineWorld(options => options.InboxCapacity = 1);
        using var source = new CancellationTokenSource();
        using (world.Hold())
        {
            _ = world.Door.PushAsync("a", 1).AsTask();
            await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PushAsync("a", 2, source.Token).AsTask());
            await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PopAsync("a", ForEver, source.Token).AsTask());
            await Assert.ThrowsAsync<KeyspaceOverloadedException>(
                () => world.Keyspace.TransactAsync(static _ => new ValueTask<int>(1), source.Token).AsTask());
            Assert.Throws<KeyspaceOverloadedException>(() => world.Keyspace.Transact(static _ => 1, source.Token));
            Assert.True(world.SynchronousDoor.PopAsync("a", ForEver, source.Token).IsFaulted);
        }

        Assert.Equal(0, Registrations.CountOf(source));
    }

    [Fact]
    public async Task A_waiter_that_is_refused_leaves_no_registration()
    {
        using var world = new EngineWorld(options => options.WaitersMax = 1);
        using var source = new CancellationTokenSource();
        _ = world.Door.PopAsync("a", ForEver).AsTask();

        await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PopAsync("a", ForEver, source.Token).AsTask());
        Assert.True(world.SynchronousDoor.PopAsync("a", ForEver, source.Token).IsFaulted);

        Assert.Equal(0, Registrations.CountOf(source));
    }

    [Fact]
    public async Task A_waiter_served_before_its_caller_has_its_task_leaves_no_registration()
    {
        // The clock is read while the waiter is being parked: there somebody else leaves a push in the inbox, which is run
        // when the loop is let go, before the call has returned.
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        using var source = new CancellationTokenSource();
        time.OnRead = () =>
        {
            time.OnRead = null;
            _ = world.Door.PushAsync("a", 1).AsTask();
        };

        var pop = world.Door.PopAsync("a", TimeSpan.FromSeconds(1), source.Token).AsTask();

        Assert.Equal(new Taken("a", 1), await pop);
        Assert.Equal(0, Registrations.CountOf(source));
    }

    [Fact]
    public async Task A_token_that_has_fired_already_ends_a_command_before_it_touches_anything()
    {
        using var world = new EngineWorld();
        var fired = new CancellationToken(canceled: true);
        await world.Keyspace.Strings.SetAsync("s", "v");
        await world.Door.PushAsync("a", 1);

        await Cancelled(world.Door.PushAsync("a", 2, fired).AsTask(), fired);
        await Cancelled(world.SynchronousDoor.PushAsync("a", 2, fired).AsTask(), fired);
        await Cancelled(world.Door.PopAsync("a", ForEver, fired).AsTask(), fired);
        await Cancelled(world.SynchronousDoor.PopAsync("a", ForEver, fired).AsTask(), fired);
        await Cancelled(world.Keyspace.Strings.GetAsync("s", fired).AsTask(), fired);
        await Cancelled(world.Keyspace.Strings.SetAsync("s", "w", cancellationToken: fired).AsTask(), fired);
        await Cancelled(world.Keyspace.TransactAsync(Body, fired).AsTask(), fired);
        Assert.Equal(fired, Assert.ThrowsAny<OperationCanceledException>(
            () => world.Keyspace.Transact(transaction => Body(transaction).Answer(), fired)).CancellationToken);

        Assert.Equal([1], await world.Door.ItemsAsync("a"));
        Assert.Equal("v", (await world.Keyspace.Strings.GetAsync("s")).ToString());

        static ValueTask<int> Body(ITransaction transaction) => DoorOf(transaction).PushAsync("a", 3);
    }

    [Fact]
    public async Task A_command_cancelled_in_the_inbox_ends_at_once_and_never_runs()
    {
        using var world = new EngineWorld();
        using var source = new CancellationTokenSource();
        using (world.Hold())
        {
            var push = world.Door.PushAsync("a", 1, source.Token).AsTask();
            var pop = world.Door.PopAsync("a", ForEver, source.Token).AsTask();
            var transaction = world.Keyspace.TransactAsync(
                static transaction => DoorOf(transaction).PushAsync("a", 2), source.Token).AsTask();
            var kept = world.Door.PushAsync("a", 3).AsTask();

            source.Cancel();

            await Cancelled(push, source.Token);
            await Cancelled(pop, source.Token);
            await Cancelled(transaction, source.Token);
            Assert.False(kept.IsCompleted);
        }

        Assert.Equal([3], await world.Door.ItemsAsync("a"));
        Assert.Equal((0, 0), (world.Waiting, world.Dispatcher.WaitingCallers));
    }

    [Fact]
    public async Task A_command_that_has_started_runs_to_its_end_and_gives_its_result()
    {
        using var world = new EngineWorld();
        using var source = new CancellationTokenSource();
        Task<int> queued, transacted;
        var inline = world.Door.RunAsync(default, source, CancelAndAnswer, source.Token);
        Assert.Equal(42, inline.Answer());

        using var second = new CancellationTokenSource();
        using var third = new CancellationTokenSource();
        using (world.Hold())
        {
            queued = world.Door.RunAsync(default, second, CancelAndAnswer, second.Token).AsTask();
            transacted = world.Keyspace.TransactAsync(
                _ =>
                {
                    third.Cancel();
                    return new ValueTask<int>(43);
                },
                third.Token).AsTask();
        }

        Assert.Equal((42, 43), (await queued, await transacted));

        static int CancelAndAnswer(Turn turn, EncodedKey key, CancellationTokenSource source)
        {
            source.Cancel();
            return 42;
        }
    }

    [Fact]
    public async Task A_parked_caller_that_is_cancelled_ends_and_takes_nothing()
    {
        using var world = new EngineWorld();
        using var source = new CancellationTokenSource();
        var first = world.Door.PopAsync(["a", "b"], TimeSpan.FromSeconds(5), source.Token).AsTask();
        var second = world.Door.PopAsync("b", ForEver).AsTask();

        source.Cancel();

        await Cancelled(first, source.Token);
        Assert.Equal(1, world.Waiting);
        await world.Door.PushAsync("a", 1);
        await world.Door.PushAsync("b", 2);
        world.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(new Taken("b", 2), await second);
        Assert.Equal([1], await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public async Task A_pop_cancelled_while_it_is_being_run_is_parked_and_then_ends()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        using var source = new CancellationTokenSource();
        time.OnRead = () =>
        {
            time.OnRead = null;
            source.Cancel();
        };

        // The clock is read when it parks.
        await Cancelled(world.Door.PopAsync("a", TimeSpan.FromSeconds(1), source.Token).AsTask(), source.Token);

        Assert.Equal(0, world.Waiting);
        await world.Door.PushAsync("a", 1);
        Assert.Equal([1], await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public async Task What_reaches_the_loop_first_wins_push_before_cancel_before_time()
    {
        using var world = new EngineWorld();
        using var source = new CancellationTokenSource();
        var served = world.Door.PopAsync("a", TimeSpan.FromSeconds(1), source.Token).AsTask();
        var cancelled = world.Door.PopAsync("a", TimeSpan.FromSeconds(1), source.Token).AsTask();
        var timedOut = world.Door.PopAsync("a", TimeSpan.FromSeconds(1)).AsTask();
        using (world.Hold())
        {
            _ = world.Door.PushAsync("a", 1).AsTask();
            source.Cancel();
            world.Time.Advance(TimeSpan.FromSeconds(1));
            _ = world.Door.PushAsync("a", 2).AsTask();
        }

        Assert.Equal(new Taken("a", 1), await served);
        await Cancelled(cancelled, source.Token);
        Assert.Null(await timedOut);
        Assert.Equal([2], await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public void Exactly_one_of_served_timed_out_and_cancelled_in_ten_thousand_orders() =>
        new Race
        {
            Wait = static (world, keys, token) => TakenAsync(world.Door.PopAsync(keys, TimeSpan.FromSeconds(1), token)),
            Bring = static (world, key) => world.Door.PushAsync(key, 1).AsTask(),
            Left = static (world, key) => world.Door.ItemsAsync(key).Answer().Length,
        }.Run(10_000);

    [Fact]
    public void Exactly_one_of_served_timed_out_and_cancelled_on_real_threads()
    {
        const int Rounds = 3_000;
        using var world = new EngineWorld();
        Task<bool> pop = null!;
        CancellationTokenSource source = null!;
        var served = 0;
        using var step = new Barrier(3, _ =>
        {
            if (pop is not null)
            {
                served += Race.OutcomeOf(pop, source.Token) == Outcome.Served ? 1 : 0;
                Assert.Equal(0, Registrations.CountOf(source));
                source.Dispose();
            }

            source = new CancellationTokenSource();
            pop = TakenAsync(world.Door.PopAsync("a", TimeSpan.FromSeconds(1), source.Token));
        });
        Threads.Run(3, thread =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                step.SignalAndWait();
                Thread.SpinWait(i * thread % 50);
                switch (thread)
                {
                    case 0:
                        world.SynchronousDoor.PushAsync("a", 1).Answer();
                        break;
                    case 1:
                        source.Cancel();
                        break;
                    default:
                        world.Time.Advance(TimeSpan.FromSeconds(1));
                        break;
                }

                // The outcome is there before the round ends: each of the three ends the wait.
                Threads.SpinUntil(() => pop.IsCompleted);
            }

            step.RemoveParticipant();
        });

        served += Race.OutcomeOf(pop, source.Token) == Outcome.Served ? 1 : 0;
        source.Dispose();
        Assert.Equal(Rounds - served, world.SynchronousDoor.ItemsAsync("a").Answer().Length);
        Assert.Equal(0, world.Waiting);
    }

    private static async Task<bool> TakenAsync(ValueTask<Taken?> pop) => await pop.ConfigureAwait(false) is not null;

    private static async Task Cancelled<T>(Task<T> task, CancellationToken token)
    {
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task);
        Assert.Equal(token, error.CancellationToken);
        Assert.True(task.IsCanceled);
    }
}
