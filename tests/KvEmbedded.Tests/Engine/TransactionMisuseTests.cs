using KvEmbedded.Engine;
using Microsoft.Extensions.Time.Testing;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>What a body may not do is refused with a clear error, and the loop lives.</summary>
public sealed class TransactionMisuseTests
{
    private static readonly FakeTimeProvider NoTime = new();

    [Fact]
    public async Task A_callback_of_another_flow_may_send_from_the_bodys_thread_but_not_wait_there()
    {
        using var world = new EngineWorld();
        using var source = new CancellationTokenSource();
        Exception? refusal = null;
        Task<int>? sent = null;
        using var sends = source.Token.Register(() => sent = world.Door.PushAsync("a", 2).AsTask());
        using var waits = source.Token.Register(
            () => refusal = Record.Exception(() => world.SynchronousDoor.PushAsync("a", 1).Answer()));

        world.Keyspace.Transact(_ => source.Cancel());

        Assert.Equal(TransactionFault.Reentry, Assert.IsType<TransactionException>(refusal).Fault);
        Assert.Equal(1, await sent!);
        Assert.Equal([2], await world.Door.ItemsAsync("a"));
    }

    public static TheoryData<string> ForeignAwaits => ["Yield", "Delay", "Source", "Other keyspace", "Other thread"];

    [Theory]
    [MemberData(nameof(ForeignAwaits))]
    public async Task A_body_that_awaits_something_foreign_is_refused_and_taken_back(string what)
    {
        using var world = new EngineWorld();
        using var other = new EngineWorld();
        foreach (var isBusy in (bool[])[false, true])
        {
            var goOn = new TaskCompletionSource();
            var ended = new TaskCompletionSource<Exception?>();
            Task task;
            using (other.Hold())
            {
                using (isBusy ? world.Hold() : null)
                    task = world.Keyspace.TransactAsync(transaction => Body(transaction, goOn.Task, ended)).AsTask();

                var error = await Assert.ThrowsAsync<TransactionException>(() => task);
                Assert.Equal(TransactionFault.ForeignAwait, error.Fault);
                Assert.Equal(
                    "The body of a transaction awaited something that is not its own transaction, so it was taken back. " +
                    "Await only commands of the transaction; do other asynchronous work before or after it.",
                    error.Message);
                Assert.Empty(await world.Door.ItemsAsync("a"));
                goOn.SetResult();
                NoTime.Advance(TimeSpan.FromSeconds(1));
            }

            // What is left of the body finds its transaction ended.
            Assert.Equal(TransactionFault.Ended, Assert.IsType<TransactionException>(await ended.Task).Fault);
        }

        Assert.Empty(await world.Door.ItemsAsync("a"));

        async ValueTask Body(ITransaction transaction, Task goOn, TaskCompletionSource<Exception?> ended)
        {
            var door = DoorOf(transaction);
            await door.PushAsync("a", 1);
            switch (what)
            {
                case "Yield":
                    await Task.Yield();
                    await goOn;
                    break;
                case "Delay":
                    await Task.Delay(TimeSpan.FromSeconds(1), NoTime);
                    await goOn;
                    break;
                case "Source":
                    await goOn;
                    break;
                case "Other keyspace":
                    await other.Door.PushAsync("a", 1).ConfigureAwait(false);
                    break;
                default:
                    await Task.Run(() => goOn);
                    break;
            }

            ended.SetResult(await Record.ExceptionAsync(() => door.PushAsync("a", 2).AsTask()));
        }
    }

    [Fact]
    public async Task A_handle_of_the_keyspace_is_refused_inside_its_own_body_and_the_body_may_go_on()
    {
        using var world = new EngineWorld();
        await world.Keyspace.Strings.SetAsync("s", "v");
        foreach (var isBusy in (bool[])[false, true])
        {
            Task task;
            using (isBusy ? world.Hold() : null)
            {
                task = world.Keyspace.TransactAsync(async transaction =>
                {
                    await Refused(() => world.Door.PushAsync("a", 1));
                    await Refused(() => world.SynchronousDoor.PushAsync("a", 1));
                    await Refused(() => world.Door.PopAsync("a", ForEver));
                    await Refused(() => world.Door.PopAsync("a", TimeSpan.Zero));
                    await Refused(() => world.SynchronousDoor.PopAsync("a", ForEver));
                    await Refused(() => world.Keyspace.Strings.GetAsync("s"));
                    await Refused(() => world.Keyspace.Strings.SetAsync("s", "w"));
                    await Refused(() => world.Keyspace.Synchronous.Strings.SetAsync("s", "w"));
                    await Refused(() => world.Keyspace.TransactAsync(static _ => new ValueTask<int>(1)));
                    await Refused(() => new ValueTask<int>(world.Keyspace.Transact(static _ => 1)));
                    await DoorOf(transaction).PushAsync("a", 7);
                }).AsTask();
            }

            await task;
        }

        Assert.Equal([7, 7], await world.Door.ItemsAsync("a"));
        Assert.Equal("v", (await world.Keyspace.Strings.GetAsync("s")).ToString());

        static async Task Refused<T>(Func<ValueTask<T>> call)
        {
            var error = await Assert.ThrowsAsync<TransactionException>(() => call().AsTask());
            Assert.Equal(TransactionFault.Reentry, error.Fault);
            Assert.Equal(
                "A handle of the keyspace was used inside the body of one of its own transactions, which holds the loop. " +
                "Use the handles of the transaction that the body was given.",
                error.Message);
        }
    }

    [Fact]
    public async Task A_handle_of_the_keyspace_in_another_thread_that_the_body_blocks_on_is_refused_too()
    {
        using var world = new EngineWorld();
        world.Keyspace.Transact(transaction =>
        {
            var asynchronous = Record.Exception(() => Task.Run(async () => await world.Door.PushAsync("a", 1)).Wait());
            var synchronous = Record.Exception(() => Task.Run(() => world.SynchronousDoor.PushAsync("a", 1).Answer()).Wait());

            Assert.Equal(TransactionFault.Reentry, FaultOf(asynchronous));
            Assert.Equal(TransactionFault.Reentry, FaultOf(synchronous));
            DoorOf(transaction).PushAsync("a", 2).Answer();
        });
        Assert.Equal([2], await world.Door.ItemsAsync("a"));

        // Awaited instead, it is a foreign await.
        var awaited = await Assert.ThrowsAsync<TransactionException>(() => world.Keyspace.TransactAsync(
            async _ => await Task.Run(async () => await world.Door.PushAsync("a", 1))).AsTask());
        Assert.Contains(awaited.Fault, (TransactionFault[])[TransactionFault.ForeignAwait, TransactionFault.Reentry]);

        static TransactionFault FaultOf(Exception? error) =>
            Assert.IsType<TransactionException>(Assert.IsType<AggregateException>(error).InnerException).Fault;
    }

    [Fact]
    public async Task Its_own_handles_are_refused_on_another_thread_and_after_its_end()
    {
        using var world = new EngineWorld();
        Door? kept = null;
        await world.Keyspace.TransactAsync(async transaction =>
        {
            kept = DoorOf(transaction);
            Exception? error = null;
            var thread = new Thread(() => error = Record.Exception(() => kept.PushAsync("a", 1).Answer()));
            thread.Start();
            thread.Join();
            Assert.Equal(TransactionFault.OtherThread, Assert.IsType<TransactionException>(error).Fault);
            Assert.Equal(
                "A transaction was used from another thread than the one that runs its body. " +
                "Use it only from the body itself, one command after the other.",
                error!.Message);
            await kept.PushAsync("a", 2);
        });

        var ended = await Assert.ThrowsAsync<TransactionException>(() => kept!.PushAsync("a", 3).AsTask());
        await Assert.ThrowsAsync<TransactionException>(() => kept!.PopAsync("a", ForEver).AsTask());
        Assert.Equal(TransactionFault.Ended, ended.Fault);
        Assert.Equal("The transaction has ended; its handles cannot be used any more. Use the handles of the keyspace.", ended.Message);
        Assert.Equal([2], await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public async Task The_flow_of_a_body_may_use_the_keyspace_when_the_body_has_ended()
    {
        using var world = new EngineWorld();
        var goOn = new TaskCompletionSource();
        Task<int>? later = null;
        await world.Keyspace.TransactAsync(async transaction =>
        {
            later = Later();
            await DoorOf(transaction).PushAsync("a", 1);
        });
        goOn.SetResult();
        Assert.Equal(2, await later!);

        async Task<int> Later()
        {
            await goOn.Task;
            return await world.Door.PushAsync("a", 2);
        }
    }

    [Fact]
    public async Task A_keyspace_is_not_disposed_from_inside_a_body_of_its_own()
    {
        using var world = new EngineWorld();
        await world.Keyspace.TransactAsync(async transaction =>
        {
            Assert.Equal(TransactionFault.Reentry, Assert.Throws<TransactionException>(world.Keyspace.Dispose).Fault);
            Assert.Equal(
                TransactionFault.Reentry,
                (await Assert.ThrowsAsync<TransactionException>(() => world.Keyspace.DisposeAsync().AsTask())).Fault);
            await DoorOf(transaction).PushAsync("a", 1);
        });

        Assert.Equal([1], await world.Door.ItemsAsync("a"));
    }

    [Fact]
    public async Task A_body_that_throws_before_its_first_await_or_has_none_is_contained()
    {
        using var world = new EngineWorld();
        await Assert.ThrowsAsync<BodyFailedException>(() => world.Keyspace.TransactAsync<int>(static _ => throw new BodyFailedException()).AsTask());
        await Assert.ThrowsAsync<ArgumentNullException>(() => world.Keyspace.TransactAsync((Func<ITransaction, ValueTask>)null!).AsTask());
        Assert.Throws<ArgumentNullException>(() => world.Keyspace.Transact(null!));
        Assert.Equal(1, world.Door.PushAsync("a", 1).Answer());
    }
}
