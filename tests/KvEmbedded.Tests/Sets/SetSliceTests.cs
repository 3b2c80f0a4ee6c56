using KvEmbedded.Sets;
using KvEmbedded.Tests.Engine;
using KvEmbedded.Tests.Simulation;

namespace KvEmbedded.Tests.Sets;

/// <summary>What is too long for one turn is read in several, and is of one moment all the same.</summary>
public sealed class SetSliceTests
{
    private const int Count = (4 * SetReading.SliceLength) + 100;

    private static readonly KvKey[] Both = ["s", "t"];

    [Fact]
    public async Task Many_members_take_several_turns_and_few_one()
    {
        using var world = new EngineWorld();
        var set = await FilledAsync(world);
        var before = world.Turn.Commands;

        Assert.Equal(Members(0, Count), (await set.GetMembersAsync()).Order());
        Assert.Equal(6, world.Turn.Commands - before);

        await set.RemoveAsync(Members(0, Count - (2 * SetReading.SliceLength)));
        before = world.Turn.Commands;
        Assert.Equal(2 * SetReading.SliceLength, (await set.GetMembersAsync()).Length);
        Assert.Equal(1, world.Turn.Commands - before);
    }

    [Fact]
    public async Task Union_intersection_and_difference_of_many_take_several_turns()
    {
        using var world = new EngineWorld();
        await FilledAsync(world);
        await world.Keyspace.Set("t").AddAsync(Members(100, Count + 50));
        var sets = world.Keyspace.Sets;

        await InTurnsAsync(11, Members(0, Count + 50), () => sets.GetUnionAsync(Both));
        await InTurnsAsync(6, Members(100, Count), () => sets.GetIntersectionAsync(Both));
        await InTurnsAsync(6, Members(0, 100), () => sets.GetDifferenceAsync(Both));

        async Task InTurnsAsync(int turns, KvValue[] expected, Func<ValueTask<KvValue[]>> read)
        {
            var before = world.Turn.Commands;
            Assert.Equal(expected, (await read()).Order());
            Assert.Equal(turns, world.Turn.Commands - before);
        }
    }

    [Fact]
    public async Task In_a_transaction_a_long_reading_is_one_step()
    {
        using var world = new EngineWorld();
        await FilledAsync(world);

        await world.Keyspace.TransactAsync(async tx =>
        {
            var union = tx.Sets.GetUnionAsync(Both);
            Assert.True(union.IsCompletedSuccessfully);
            Assert.Equal(Count, (await union).Length);
        });
    }

    [Fact]
    public async Task A_change_in_between_begins_the_reading_again()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var set = await FilledAsync(world);
        var changes = 0;

        var members = Read(world, scheduler, () => set.GetMembersAsync(), step =>
        {
            if (step != 4) return;
            Assert.True(set.AddAsync(Member(Count)) is { IsCompletedSuccessfully: true, Result: true });
            Assert.True(set.RemoveAsync(Member(0)) is { IsCompletedSuccessfully: true, Result: true });
            changes++;
        });

        Assert.Equal(1, changes);
        Assert.Equal(Members(1, Count + 1), members.Order());
    }

    [Fact]
    public async Task A_change_of_any_of_the_sets_begins_the_reading_again()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        await FilledAsync(world);

        var members = Read(world, scheduler, () => world.Keyspace.Sets.GetDifferenceAsync(Both), step =>
        {
            if (step == 3) Assert.True(world.Keyspace.Set("t").AddAsync(Members(0, 5_000)).IsCompletedSuccessfully);
        });

        Assert.Equal(Members(5_000, Count), members.Order());
    }

    [Fact]
    public async Task A_reading_that_is_disturbed_again_and_again_ends_with_one_long_turn()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var set = await FilledAsync(world);
        var added = 0;

        var members = Read(world, scheduler, () => set.GetMembersAsync(), _ =>
        {
            Assert.True(set.AddAsync(Member(Count + added)) is { IsCompletedSuccessfully: true, Result: true });
            added++;
        });

        Assert.InRange(added, 6, 12);
        Assert.InRange(members.Length, Count + 4, Count + added);
        Assert.Equal(Members(0, members.Length), members.Order());
    }

    [Fact]
    public async Task A_set_that_has_gone_in_between_is_empty_and_one_of_another_type_an_error()
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var set = await FilledAsync(world);
        Assert.Empty(Read(world, scheduler, () => set.GetMembersAsync(), step =>
        {
            if (step == 2) Assert.True(set.DeleteAsync() is { IsCompletedSuccessfully: true, Result: true });
        }));

        await FilledAsync(world);
        Assert.Throws<WrongTypeException>(() => Read(world, scheduler, () => set.GetMembersAsync(), step =>
        {
            if (step == 2) Assert.True(world.Keyspace.Strings.SetAsync("s", "text").IsCompletedSuccessfully);
        }));
    }

    private static KvValue Member(int number) => $"member {number:d9}";

    private static KvValue[] Members(int from, int to) => [.. Enumerable.Range(from, to - from).Select(Member)];

    private static async Task<IKvSet> FilledAsync(EngineWorld world)
    {
        var set = world.Keyspace.Set("s");
        await set.AddAsync(Members(0, Count));
        return set;
    }

    /// <summary>Reads while the loop is busy at each of the reader's steps, and does something between any two of them.</summary>
    private static KvValue[] Read(EngineWorld world, SeededScheduler scheduler, Func<ValueTask<KvValue[]>> begin, Action<int> between)
    {
        Task<KvValue[]> read;
        using (world.Hold()) read = begin().AsTask();
        for (var step = 1; !read.IsCompleted; step++)
        {
            between(step);

            // What is scheduled is the reader: it goes on, and its next turn has to queue until the loop is let go.
            using (world.Hold()) Assert.True(scheduler.RunOne());
        }

        return read.GetAwaiter().GetResult();
    }

    [Fact]
    public async Task A_long_reading_beside_a_writer_on_another_thread_is_whole_each_time()
    {
        // A command that meets a busy loop may have been run before its caller looks: then its task is a pooled one, complete, and good for one look.
        await using var keyspace = new Keyspace();
        var set = keyspace.Set("s");
        await set.AddAsync([.. Enumerable.Range(0, 9_000).Select(static i => (KvValue)$"member {i}")]);
        using var end = new CancellationTokenSource();
        var writer = Task.Run(() =>
        {
            var other = keyspace.Synchronous.String("other");
            while (!end.IsCancellationRequested) Assert.True(other.SetAsync("x").IsCompletedSuccessfully);
        });

        try
        {
            for (var i = 0; i < 500; i++) Assert.Equal(9_000, (await set.GetMembersAsync()).Length);
        }
        finally
        {
            await end.CancelAsync();
            await writer;
        }
    }
}
