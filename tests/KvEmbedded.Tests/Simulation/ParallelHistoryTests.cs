using KvEmbedded.Engine;
using KvEmbedded.Tests.Engine;

namespace KvEmbedded.Tests.Simulation;

/// <summary>What parallel flows saw of one key can be told as one order of whole commands.</summary>
public sealed class ParallelHistoryTests
{
    private const int Rounds = 150;

    [Theory]
    [InlineData(4, 1)]
    [InlineData(8, 128)]
    public void Strings_set_read_and_compared(int flows, int budget) => Check(
        flows, budget, SequentialModels.Register,
        static (world, key, random) => random.Next(5) switch
        {
            0 => Ask(KeyOpKind.Write, random.Next(3), value => Of(world, random).String(key).SetAsync(value), static _ => null),
            1 => Ask(
                KeyOpKind.CompareAndSet, random.Next(3),
                value => Of(world, random).String(key).CompareAndSetAsync(1, value), static answer => $"{answer}", expected: 1),
            2 => Ask(
                KeyOpKind.CompareAndSet, random.Next(3),
                value => Transact(world, random, transaction => CompareAndSet(transaction, key, 2, value)),
                static answer => $"{answer}", expected: 2),
            _ => Ask(KeyOpKind.Read, 0, _ => Of(world, random).String(key).GetAsync(), static answer => answer?.ToString()),
        });

    [Theory]
    [InlineData(4, 2)]
    [InlineData(8, 1)]
    public void Counters_added_to_by_command_and_by_transaction(int flows, int budget) => Check(
        flows, budget, SequentialModels.Register,
        static (world, key, random) => random.Next(4) switch
        {
            0 => Ask(KeyOpKind.Add, random.Next(1, 4), value => Of(world, random).Counter(key).IncrementAsync(value), static sum => $"{sum}"),
            1 => Ask(
                KeyOpKind.Add, random.Next(1, 4),
                value => Transact(world, random, transaction => AddByHand(transaction, key, value)), static sum => $"{sum}"),
            2 => Ask(KeyOpKind.Read, 0, _ => Of(world, random).Counter(key).GetAsync(), static answer => answer is null ? null : $"{answer}"),
            _ => Ask(KeyOpKind.Read, 0, _ => Of(world, random).String(key).GetAsync(), static answer => answer?.ToString()),
        });

    [Theory]
    [InlineData(4, 1)]
    [InlineData(8, 2)]
    public void Baskets_pushed_to_and_popped_from(int flows, int budget) => Check(
        flows, budget, SequentialModels.Basket,
        static (world, key, random) => random.Next(5) switch
        {
            0 or 1 => Ask(
                KeyOpKind.Push, 'a' + random.Next(26), value => DoorOf(world, random).PushAsync(key, (byte)value), static count => $"{count}"),
            2 => Ask(KeyOpKind.Pop, 0, _ => DoorOf(world, random).PopAsync(key), TextOf),

            // It waits, and takes nothing if nothing comes.
            3 => Ask(KeyOpKind.Pop, 0, _ => WaitAndPop(world, key), TextOf, isNothingIfNull: true),
            _ => Ask(
                KeyOpKind.Read, 0, _ => DoorOf(world, random).ItemsAsync(key), static items => string.Concat(items.Select(static item => (char)item))),
        });

    [Theory]
    [InlineData(4, 1)]
    [InlineData(8, 128)]
    public void Sorted_sets_added_to_and_popped_from(int flows, int budget) => Check(
        flows, budget, SequentialModels.SortedSet,
        static (world, key, random) => random.Next(4) switch
        {
            0 or 1 => Ask(
                KeyOpKind.AddMember, 'a' + random.Next(8),
                value => Of(world, random).SortedSet(key).AddAsync($"{(char)value}", value), static isNew => $"{isNew}"),
            2 => Ask(
                KeyOpKind.PopLowest, 0, _ => Of(world, random).SortedSet(key).PopAsync(SortedSetEnd.Lowest), static entry => entry?.Member.ToString()),
            _ => Ask(
                KeyOpKind.Members, 0, _ => Of(world, random).SortedSet(key).GetRangeAsync(..),
                static entries => string.Concat(entries.Select(static entry => entry.Member.ToString()))),
        });

    /// <summary>Rounds of parallel flows on keys of their own; the history of each key is checked.</summary>
    private static void Check(
        int flows, int budget, Func<string, KeyOp, string?> model, Func<EngineWorld, KvKey, Random, Action<Recorder<KeyOp>>> draw)
    {
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = budget);
        var recorder = new Recorder<KeyOp>();
        var round = 0;
        using var step = new Barrier(flows, _ =>
        {
            var history = recorder.Take();
            Assert.True(
                Linearizability.Holds(history, SequentialModels.Nothing, model),
                $"No order explains round {round}:\n{string.Join('\n', history.OrderBy(static call => call.Began))}");
            round++;
        });
        Threads.Run(flows, flow =>
        {
            var random = new Random((flows * 1_000) + flow);
            for (var i = 0; i < Rounds; i++)
            {
                for (var j = 0; j < 40 / flows; j++) draw(world, $"key {i}", random)(recorder);
                step.SignalAndWait();
            }
        });
        Assert.Equal(Rounds, round);
    }

    /// <summary>A call that notes when it began and ended, and what was answered.</summary>
    private static Action<Recorder<KeyOp>> Ask<T>(
        KeyOpKind kind, int value, Func<int, ValueTask<T>> call, Func<T, string?> text, bool isNothingIfNull = false, int expected = 0) =>
        recorder =>
        {
            var began = recorder.Moment();
            var answer = text(call(value).AsTask().GetAwaiter().GetResult());
            if (isNothingIfNull && answer is null) return;
            recorder.Note(began, new KeyOp(kind, value, answer, expected));
        };

    /// <summary>Half of the calls are synchronous.</summary>
    private static IKeyspace Of(EngineWorld world, Random random) =>
        random.Next(2) == 0 ? world.Keyspace : world.Keyspace.Synchronous;

    private static Door DoorOf(EngineWorld world, Random random) => random.Next(2) == 0 ? world.Door : world.SynchronousDoor;

    private static ValueTask<T> Transact<T>(EngineWorld world, Random random, Func<ITransaction, ValueTask<T>> body) =>
        random.Next(2) == 0
            ? world.Keyspace.TransactAsync(body)
            : new ValueTask<T>(world.Keyspace.Transact(transaction => body(transaction).GetAwaiter().GetResult()));

    private static async ValueTask<bool> CompareAndSet(ITransaction transaction, KvKey key, int expected, int value)
    {
        if (await transaction.String(key).GetAsync() != (KvValue)expected) return false;
        return await transaction.String(key).SetAsync(value);
    }

    private static async ValueTask<long> AddByHand(ITransaction transaction, KvKey key, int value)
    {
        var sum = ((long?)await transaction.String(key).GetAsync() ?? 0) + value;
        await transaction.String(key).SetAsync(sum);
        return sum;
    }

    /// <summary>Waits for an item until its token fires, which others see to.</summary>
    private static async ValueTask<Taken?> WaitAndPop(EngineWorld world, KvKey key)
    {
        using var source = new CancellationTokenSource();
        var pop = world.Door.PopAsync(key, EngineWorld.ForEver, source.Token).AsTask();
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), source, preferLocal: false);
        try
        {
            return await pop;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        finally
        {
            // The queued cancel must find the source alive.
            while (!source.IsCancellationRequested) await Task.Yield();
        }
    }

    private static string? TextOf(Taken? taken) => taken is { } item ? $"{(char)item.Item}" : null;
}
