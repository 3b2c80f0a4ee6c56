using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>Where a caller goes on after its command: in its own context, and never on the thread that holds the loop.</summary>
public sealed class ContinuationTests
{
    [ThreadStatic]
    private static bool holdsTheLoop;

    [Fact]
    public async Task A_continuation_never_runs_on_the_thread_that_holds_the_loop()
    {
        using var world = new EngineWorld();
        var places = new List<Task<bool>>();
        var hold = world.Hold();
        for (var i = 0; i < 100; i++)
        {
            var answer = new TaskCompletionSource<bool>();
            places.Add(answer.Task);
            var awaiter = (i % 2 == 0 ? world.Door.PushAsync("a", 1) : world.Keyspace.TransactAsync(
                static transaction => DoorOf(transaction).PushAsync("a", 1))).ConfigureAwait(false).GetAwaiter();
            awaiter.UnsafeOnCompleted(() => answer.SetResult(holdsTheLoop));
        }

        // Letting go drains the inbox, on this thread.
        holdsTheLoop = true;
        hold.Dispose();
        holdsTheLoop = false;

        Assert.DoesNotContain(true, await Task.WhenAll(places));
    }

    [Fact]
    public async Task A_continuation_runs_behind_the_synchronization_context_of_its_caller_if_it_wants_to()
    {
        using var world = new EngineWorld();
        var context = new CountingContext();
        using (var hold = world.Hold())
        {
            SynchronizationContext.SetSynchronizationContext(context);
            var (inside, outside) = (GoOn(true), GoOn(false));
            SynchronizationContext.SetSynchronizationContext(null);
            hold.Dispose();

            Assert.Same(context, await inside.ConfigureAwait(false));
            Assert.Null(await outside.ConfigureAwait(false));
            Assert.Equal(1, context.Posts);
        }

        async Task<SynchronizationContext?> GoOn(bool inContext)
        {
            await world.Door.PushAsync("a", 1).ConfigureAwait(inContext);
            return SynchronizationContext.Current;
        }
    }

    [Fact]
    public async Task A_continuation_runs_on_the_task_scheduler_of_its_caller_if_it_wants_to()
    {
        using var world = new EngineWorld();
        var pair = new ConcurrentExclusiveSchedulerPair();
        Task<TaskScheduler> inside, outside;
        using (world.Hold())
        {
            inside = Start(true);
            outside = Start(false);
            Threads.SpinUntil(() => world.Dispatcher.WaitingCallers == 2);
        }

        Assert.Same(pair.ExclusiveScheduler, await inside);
        Assert.Same(TaskScheduler.Default, await outside);

        Task<TaskScheduler> Start(bool inContext) => Task.Factory.StartNew(
            async () =>
            {
                await world.Door.PushAsync("a", 1).ConfigureAwait(inContext);
                return TaskScheduler.Current;
            },
            CancellationToken.None, TaskCreationOptions.None, pair.ExclusiveScheduler).Unwrap();
    }

    [Fact]
    public async Task What_flows_with_a_caller_is_its_own_also_behind_a_command_that_another_thread_ran()
    {
        using var world = new EngineWorld();
        var local = new AsyncLocal<string>();
        Task<string?>[] flows;
        using (world.Hold())
        {
            flows = Enumerable.Range(0, 10).Select(i => Flow($"flow {i}")).ToArray();
            local.Value = "the thread that drains";
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(static i => $"flow {i}"), await Task.WhenAll(flows));

        async Task<string?> Flow(string name)
        {
            local.Value = name;
            await world.Door.PushAsync("a", 1);
            return local.Value;
        }
    }

    [Fact]
    public async Task An_awaiter_that_asks_for_the_flow_gets_it_whether_the_command_has_ended_or_not()
    {
        using var world = new EngineWorld();
        var local = new AsyncLocal<string> { Value = "caller" };
        TaskCompletionSource<string?> early = new(), late = new();
        using (world.Hold())
        {
            var waiting = world.Door.PushAsync("a", 1).GetAwaiter();
            waiting.OnCompleted(() => early.SetResult(local.Value));
        }

        var hold = world.Hold();
        var ended = world.Door.PushAsync("a", 1).GetAwaiter();
        hold.Dispose();
        ended.OnCompleted(() => late.SetResult(local.Value));
        local.Value = "later";

        Assert.Equal("caller", await early.Task);
        Assert.Equal("caller", await late.Task);
    }

    [Fact]
    public void A_task_that_is_read_before_its_end_or_twice_says_so_instead_of_giving_what_is_not_its_own()
    {
        using var world = new EngineWorld();
        var hold = world.Hold();
        var task = world.Door.PushAsync("a", 1);
        var early = Assert.Throws<InvalidOperationException>(() => Read(task));
        hold.Dispose();
        Assert.Equal(1, Read(task));
        var twice = Assert.Throws<InvalidOperationException>(() => Read(task));

        // The next command may use the same object.
        using (world.Hold())
        {
            _ = world.Door.PushAsync("a", 2).AsTask();
            Assert.Throws<InvalidOperationException>(() => Read(task));
        }

        Assert.Equal("The command has not ended yet. Await its ValueTask.", early.Message);
        Assert.Equal("A ValueTask may be awaited once only.", twice.Message);
    }

    private static int Read(ValueTask<int> task) => task.GetAwaiter().GetResult();

    private sealed class CountingContext : SynchronizationContext
    {
        private int posts;

        public int Posts => posts;

        public override void Post(SendOrPostCallback d, object? state)
        {
            Interlocked.Increment(ref posts);
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                SetSynchronizationContext(this);
                d(state);
                SetSynchronizationContext(null);
            }, null);
        }
    }

    [Fact]
    public async Task A_second_awaiter_is_refused_and_the_first_goes_on()
    {
        using var world = new EngineWorld();
        var first = new TaskCompletionSource<int>();
        using (world.Hold())
        {
            var task = world.Door.PushAsync("a", 1);
            var awaiter = task.GetAwaiter();
            awaiter.OnCompleted(() => first.SetResult(Read(task)));
            Assert.Equal(
                "A ValueTask may be awaited once only.",
                Assert.Throws<InvalidOperationException>(() => awaiter.OnCompleted(() => first.SetResult(-1))).Message);
        }

        Assert.Equal(1, await first.Task);
    }
}
