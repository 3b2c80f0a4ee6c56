using KvEmbedded.Engine;
using KvEmbedded.Tests.Engine;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Simulation;

/// <summary>What parallel flows saw of one key can be told as one order of whole commands.</summary>
public sealed class ParallelHistoryTests
{
    private const int Rounds = 150;

    private static readonly ulong Millisecond = (ulong)new FakeTimeProvider().GetUtcNow().ToUnixTimeMilliseconds();

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

    [Theory]
    [InlineData(4, 1)]
    [InlineData(8, 128)]
    public void Sets_added_to_removed_and_popped_from(int flows, int budget) => Check(
        flows, budget, SequentialModels.Set,
        static (world, key, random) => random.Next(6) switch
        {
            0 or 1 => Ask(
                KeyOpKind.AddMember, 'a' + random.Next(6), value => Of(world, random).Set(key).AddAsync($"{(char)value}"), static isNew => $"{isNew}"),
            2 => Ask(
                KeyOpKind.RemoveMember, 'a' + random.Next(6),
                value => Of(world, random).Set(key).RemoveAsync($"{(char)value}"), static wasThere => $"{wasThere}"),
            3 or 4 => Ask(KeyOpKind.PopAny, 0, _ => Of(world, random).Set(key).PopAsync(), static member => member?.ToString()),
            _ => Ask(
                KeyOpKind.Members, 0, _ => Of(world, random).Set(key).GetMembersAsync(),
                static members => string.Concat(members.Select(static member => member.ToString()).Order())),
        });

    [Theory]
    [InlineData(4, 2)]
    [InlineData(8, 1)]
    public void Hashes_set_added_to_and_removed_from(int flows, int budget) => Check(
        flows, budget, SequentialModels.Hash,
        static (world, key, random) =>
        {
            var (kind, field, number) = (random.Next(7), 'a' + random.Next(3), random.Next(1, 4));
            return kind switch
            {
                0 => Ask(
                    KeyOpKind.SetField, field,
                    field => Of(world, random).Hash(key).SetAsync([new($"{(char)field}", number)]), static added => $"{added == 1}", expected: number),
                1 => Ask(
                    KeyOpKind.AddToField, field,
                    field => Of(world, random).Hash(key).IncrementAsync($"{(char)field}", number), static sum => $"{sum}", expected: number),
                2 => Ask(
                    KeyOpKind.AddToField, field,
                    field => Transact(world, random, transaction => AddToField(transaction, key, $"{(char)field}", number)),
                    static sum => $"{sum}", expected: number),
                3 => Ask(
                    KeyOpKind.RemoveField, field, field => Of(world, random).Hash(key).RemoveAsync($"{(char)field}"), static wasThere => $"{wasThere}"),
                4 or 5 => Ask(
                    KeyOpKind.ReadField, field, field => Of(world, random).Hash(key).GetAsync($"{(char)field}"), static value => value?.ToString()),
                _ => Ask(
                    KeyOpKind.Fields, 0, _ => Of(world, random).Hash(key).GetAllAsync(),
                    static fields => string.Join(' ', fields.Select(static field => $"{field.Field}={field.Value}").Order())),
            };
        });

    [Theory]
    [InlineData(4, 1)]
    [InlineData(8, 128)]
    public void Groups_that_read_claim_and_acknowledge(int flows, int budget) => Check(
        flows, budget, SequentialModels.StreamGroup,
        static (world, key, random) => random.Next(9) switch
        {
            0 or 1 or 2 => Ask(KeyOpKind.AddEntry, 0, _ => Of(world, random).Stream(key).AddAsync("n", 1), static id => $"{LetterOf(id)}"),
            3 => ReadNew(random.Next(3), 1 + random.Next(2), (consumer, count) => GroupOf(Of(world, random), key).ReadAsync(consumer, count)),

            // It waits, and takes nothing if nothing comes.
            4 => ReadNew(random.Next(3), 2, (consumer, count) => WaitAndRead(world, key, consumer, count), isNothingIfNull: true),
            5 or 6 => Ask(
                KeyOpKind.Acknowledge, 'A' + random.Next(12),
                letter => GroupOf(Of(world, random), key).AcknowledgeAsync(IdOf(letter)), static wasPending => $"{wasPending}"),
            7 when random.Next(3) is var consumer => Ask(
                KeyOpKind.Claim, 'A' + random.Next(12),
                letter => GroupOf(Of(world, random), key).ClaimIdsAsync($"{consumer}", [IdOf(letter)], TimeSpan.Zero),
                static claimed => $"{claimed.Length == 1}", expected: consumer),
            _ => Ask(
                KeyOpKind.Pending, 0, _ => GroupOf(Of(world, random), key).GetPendingAsync(),
                static pending => string.Concat(pending.Select(static entry => $"{LetterOf(entry.Id)}{entry.Consumer}"))),
        },
        static (world, key) => GroupOf(world.Keyspace, key).CreateAsync(StreamPosition.Beginning).AsTask().GetAwaiter().GetResult());

    /// <summary>Rounds of parallel flows on keys of their own; the history of each key is checked.</summary>
    private static void Check(
        int flows, int budget, Func<string, KeyOp, string?> model, Func<EngineWorld, KvKey, Random, Action<Recorder<KeyOp>>> draw,
        Action<EngineWorld, KvKey>? prepare = null)
    {
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = budget);
        for (var i = 0; i < Rounds; i++) prepare?.Invoke(world, $"key {i}");
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
    private static ValueTask<Taken?> WaitAndPop(EngineWorld world, KvKey key) =>
        WaitAsync(token => world.Door.PopAsync(key, EngineWorld.ForEver, token));

    /// <summary>A call that waits, until its token fires: then nothing.</summary>
    private static async ValueTask<T> WaitAsync<T>(Func<CancellationToken, ValueTask<T>> call)
    {
        using var source = new CancellationTokenSource();
        var waiting = call(source.Token).AsTask();
        ThreadPool.UnsafeQueueUserWorkItem(static source => source.Cancel(), source, preferLocal: false);
        try
        {
            return await waiting;
        }
        catch (OperationCanceledException)
        {
            return default!;
        }
        finally
        {
            // The queued cancel must find the source alive.
            while (!source.IsCancellationRequested) await Task.Yield();
        }
    }

    private static async ValueTask<long> AddToField(ITransaction transaction, KvKey key, KvValue field, int number)
    {
        var sum = ((long?)await transaction.Hash(key).GetAsync(field) ?? 0) + number;
        await transaction.Hash(key).SetAsync(field, sum);
        return sum;
    }

    private static IConsumerGroup GroupOf(IKeyspace keyspace, KvKey key) => keyspace.Stream(key).Group("g");

    /// <summary>The clock stands still: entries of a stream are told apart by their number alone.</summary>
    private static char LetterOf(StreamId id) => (char)('A' + id.Sequence);

    private static StreamId IdOf(int letter) => new(Millisecond, (ulong)(letter - 'A'));

    private static Action<Recorder<KeyOp>> ReadNew(
        int consumer, int count, Func<KvValue, int, ValueTask<StreamEntry[]>> read, bool isNothingIfNull = false) => Ask(
        KeyOpKind.ReadNew, consumer, consumer => read($"{consumer}", count),
        static entries => entries is null ? null : string.Concat(entries.Select(static entry => LetterOf(entry.Id))), isNothingIfNull, count);

    /// <summary>Waits for entries until its token fires, which others see to.</summary>
    private static ValueTask<StreamEntry[]> WaitAndRead(EngineWorld world, KvKey key, KvValue consumer, int count) =>
        WaitAsync(token => GroupOf(world.Keyspace, key).ReadAsync(consumer, count, EngineWorld.ForEver, cancellationToken: token));

    private static string? TextOf(Taken? taken) => taken is { } item ? $"{(char)item.Item}" : null;
}
