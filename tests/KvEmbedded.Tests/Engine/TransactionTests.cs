using KvEmbedded.Engine;
using KvEmbedded.Tests.Simulation;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>A body runs as one turn, in its caller's execution context, never on another caller's thread.</summary>
public sealed class TransactionTests
{
    /// <summary>True on the thread of another caller, while it is in a call of its own.</summary>
    [ThreadStatic]
    private static bool isCallersOwn;

    [Fact]
    public void A_body_runs_inline_on_an_idle_loop_in_its_callers_context()
    {
        using var world = new EngineWorld();
        var local = new AsyncLocal<string> { Value = "caller" };
        var here = Environment.CurrentManagedThreadId;

        var asynchronous = world.Keyspace.TransactAsync(_ => new ValueTask<Place>(Place.Of(local))).Answer();
        var synchronous = world.Keyspace.Transact(_ => Place.Of(local));

        Assert.Equal(new Place(here, "caller"), asynchronous);
        Assert.Equal(new Place(here, "caller"), synchronous);
        Assert.Equal("caller", local.Value);
    }

    [Fact]
    public async Task A_body_that_had_to_wait_runs_in_its_callers_context_and_not_on_the_thread_that_had_the_loop()
    {
        using var world = new EngineWorld();
        var local = new AsyncLocal<string>();
        var hold = world.Hold();
        var asynchronous = new List<Task<(string? Local, bool IsOthers)>>();
        Send(10);

        Place synchronous = default;
        var caller = 0;
        var thread = new Thread(() =>
        {
            caller = Environment.CurrentManagedThreadId;
            local.Value = "synchronous";
            isCallersOwn = true;
            synchronous = world.Keyspace.Transact(_ => Place.Of(local));
        });
        thread.Start();
        Threads.SpinUntil(() => world.Dispatcher.WaitingCallers == 11);
        Send(10);
        local.Value = "the thread that drains";

        isCallersOwn = true;
        hold.Dispose();
        isCallersOwn = false;
        thread.Join();
        var places = await Task.WhenAll(asynchronous);

        Assert.Equal(new Place(caller, "synchronous"), synchronous);
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => $"asynchronous {i}"), places.Select(static place => place.Local));
        Assert.DoesNotContain(places, static place => place.IsOthers);

        void Send(int count)
        {
            for (; count > 0; count--)
            {
                local.Value = $"asynchronous {asynchronous.Count}";
                asynchronous.Add(world.Keyspace.TransactAsync(
                    _ => new ValueTask<(string? Local, bool IsOthers)>((local.Value, isCallersOwn))).AsTask());
            }
        }
    }

    [Fact]
    public async Task A_body_keeps_its_place_in_the_order_of_its_flow()
    {
        var scheduler = new SeededScheduler(3);
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = 2, scheduler);
        using (world.Hold())
        {
            for (byte i = 0; i < 30; i += 2)
            {
                _ = world.Door.PushAsync("a", i).AsTask();
                var item = (byte)(i + 1);
                _ = world.Keyspace.TransactAsync(transaction => DoorOf(transaction).PushAsync("a", item)).AsTask();
            }
        }

        scheduler.RunAll();
        Assert.Equal(Enumerable.Range(0, 30).Select(static i => (byte)i), await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public async Task While_a_body_has_the_loop_nobody_else_has_it()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        Task<int> transacted, pushed;
        using (world.Hold())
        {
            transacted = world.Keyspace.TransactAsync(static transaction => DoorOf(transaction).PushAsync("a", 1)).AsTask();
            pushed = world.Door.PushAsync("a", 2).AsTask();
        }

        // The loop is the body's, which has not begun.
        Assert.False(world.Dispatcher.TryTakeInline());
        Assert.False(world.Door.PushAsync("a", 3).IsCompleted);
        Assert.False(pushed.IsCompleted);
        scheduler.RunAll();

        Assert.Equal((1, 2), (await transacted, await pushed));
        Assert.Equal([1, 2, 3], await world.Door.ItemsAsync("a"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_body_throws_comes_out_and_what_it_returns_too(bool isBusy)
    {
        using var world = new EngineWorld();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Task<int> value, error, cancelled;
        using (isBusy ? world.Hold() : null)
        {
            value = world.Keyspace.TransactAsync(static async transaction => await DoorOf(transaction).PushAsync("a", 1)).AsTask();
            error = world.Keyspace.TransactAsync<int>(static async transaction =>
            {
                await DoorOf(transaction).PushAsync("a", 2);
                throw new BodyFailedException();
            }).AsTask();
            cancelled = world.Keyspace.TransactAsync<int>(_ => throw new OperationCanceledException(source.Token)).AsTask();
        }

        Assert.Equal(1, await value);
        await Assert.ThrowsAsync<BodyFailedException>(() => error);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True(cancelled.IsCanceled);
        Assert.Equal([1], await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public void What_a_synchronous_body_throws_comes_out_and_nothing_has_changed()
    {
        using var world = new EngineWorld();
        Assert.Throws<BodyFailedException>(() => world.Keyspace.Transact(static transaction =>
        {
            DoorOf(transaction).PushAsync("a", 1).Answer();
            throw new BodyFailedException();
        }));

        Assert.Equal(0, world.Turn.Table.Count);
        Assert.Equal(1, world.Door.PushAsync("a", 1).Answer());
    }

    [Fact]
    public async Task A_command_that_fails_inside_may_be_caught_and_the_body_goes_on()
    {
        using var world = new EngineWorld();
        await world.Keyspace.Strings.SetAsync("s", "text");
        await world.Keyspace.TransactAsync(async transaction =>
        {
            var door = DoorOf(transaction);
            await door.PushAsync("a", 1);
            await Assert.ThrowsAsync<WrongTypeException>(() => door.PushAsync("s", 1).AsTask());
            await door.PushAsync("a", 2);
        });

        Assert.Equal([1, 2], await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public async Task Blocking_forms_do_not_wait_inside()
    {
        using var world = new EngineWorld();
        await world.Keyspace.TransactAsync(async transaction =>
        {
            var door = DoorOf(transaction);
            Assert.Null(await door.PopAsync("a", ForEver));
            Assert.Null(await door.PopAsync("a", TimeSpan.FromHours(1)));
            await door.PushAsync("a", 1);
            Assert.Equal(new Taken("a", 1), await door.PopAsync("a", ForEver));
            Assert.Empty(await door.ItemsAsync("a"));
        });
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task Another_keyspace_may_be_used_inside_and_transacted_with()
    {
        using var world = new EngineWorld();
        using var other = new EngineWorld();
        await world.Keyspace.TransactAsync(async transaction =>
        {
            await DoorOf(transaction).PushAsync("a", 1);
            await other.Door.PushAsync("a", 1);
            await other.Keyspace.TransactAsync(async inner =>
            {
                await DoorOf(inner).PushAsync("a", 2);
                await DoorOf(transaction).PushAsync("a", 2);
                var reentry = await Assert.ThrowsAsync<TransactionException>(() => world.Door.PushAsync("a", 3).AsTask());
                Assert.Equal(TransactionFault.Reentry, reentry.Fault);
            });
            await Assert.ThrowsAsync<TransactionException>(() => world.Door.PushAsync("a", 3).AsTask());
            await other.Door.PushAsync("a", 3);
        });

        Assert.Equal([1, 2], await world.Door.ItemsAsync("a"));
        Assert.Equal([1, 2, 3], await other.Door.ItemsAsync("a"));
    }

    [Fact]
    public async Task Events_are_told_after_the_commit_and_not_at_all_after_an_undo()
    {
        using var world = new EngineWorld();
        await using var events = world.Keyspace.SubscribeToEvents();
        var reader = events.GetAsyncEnumerator();
        var first = reader.MoveNextAsync();
        await world.FailAsync(async door => await door.PushAsync("a", 1));
        await world.Keyspace.TransactAsync(async transaction =>
        {
            await DoorOf(transaction).PushAsync("a", 1);
            await DoorOf(transaction).PopAsync("a");
            Assert.False(first.IsCompleted);
        });

        Assert.True(await first);
        Assert.Equal(KeyEventKind.SortedSetAdded, reader.Current.Kind);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(KeyEventKind.SortedSetPoppedLowest, reader.Current.Kind);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal(KeyEventKind.Deleted, reader.Current.Kind);
        Assert.False(reader.MoveNextAsync().IsCompleted);
    }

    [Fact]
    public void Readers_without_the_loop_never_see_the_middle_of_a_transaction()
    {
        using var world = new EngineWorld();
        world.Keyspace.Strings.SetAsync("k", 0).Answer();
        var isOver = false;
        Threads.Run(3, thread =>
        {
            if (thread == 0)
            {
                try
                {
                    for (var i = 1; i <= 40_000; i++) Write(i, isLong: i % 50 == 0, fails: i % 10 == 0);
                }
                finally
                {
                    Volatile.Write(ref isOver, true);
                }
            }

            for (long last = 0; !Volatile.Read(ref isOver);)
            {
                // Negative numbers are inside alone, or were taken back.
                var seen = (long)world.Keyspace.Synchronous.Strings.GetAsync("k").Answer()!.Value;
                Assert.True(seen >= last, $"{seen} was seen after {last}.");
                last = seen;
            }
        });

        void Write(int number, bool isLong, bool fails) => Record.Exception(() => world.Keyspace.Transact(transaction =>
        {
            transaction.Strings.SetAsync("k", -number).Answer();
            if (isLong) transaction.Strings.SetAsync("k", new string('x', 20_000)).Answer();
            transaction.Strings.SetAsync("k", number).Answer();
            if (!fails) return;
            transaction.Strings.SetAsync("k", -number).Answer();
            throw new BodyFailedException();
        }));
    }

    /// <summary>Where a body ran.</summary>
    private readonly record struct Place(int Thread, string? Local)
    {
        public static Place Of(AsyncLocal<string> local) => new(Environment.CurrentManagedThreadId, local.Value);
    }
}
