using KvEmbedded.Hashes;
using KvEmbedded.Tests.Engine;
using KvEmbedded.Tests.Simulation;

namespace KvEmbedded.Tests.Hashes;

/// <summary>Hashes that are too large for one turn are read in several, and are of one moment all the same.</summary>
public sealed class HashSliceTests
{
    private const int Count = (4 * HashHandle.SliceLength) + 100;

    [Fact]
    public async Task A_large_hash_takes_several_turns_and_is_whole()
    {
        using var world = new EngineWorld();
        var hash = await FilledAsync(world);
        var before = world.Turn.Commands;

        Assert.Equal(Numbers(0, Count), Sorted((await hash.GetAllAsync()).Select(static entry => entry.Field)));
        Assert.InRange(world.Turn.Commands - before, 4, 10);
        Assert.Equal(Numbers(0, Count), Sorted(await hash.GetFieldsAsync()));
        Assert.Equal(Numbers(0, Count), Sorted(await hash.GetValuesAsync()));
    }

    [Fact]
    public async Task In_a_transaction_all_is_read_in_one_step()
    {
        using var world = new EngineWorld();
        await FilledAsync(world);

        await world.Keyspace.TransactAsync(async tx =>
        {
            var all = tx.Hash("h").GetAllAsync();
            Assert.True(all.IsCompletedSuccessfully);
            Assert.Equal(Count, (await all).Length);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task A_change_in_between_begins_the_reading_again_until_it_is_one_long_turn(int disturbances)
    {
        var scheduler = new SeededScheduler(1);
        using var world = new EngineWorld(scheduler: scheduler);
        var hash = await FilledAsync(world);
        Task<HashEntry[]> reading;
        using (world.Hold()) reading = hash.GetAllAsync().AsTask();
        for (var step = 1; !reading.IsCompleted; step++)
        {
            if (step > 1 && step < 2 + disturbances) Assert.True(hash.SetAsync($"x{step - 2}", step).IsCompletedSuccessfully);

            // What is scheduled is the reader: it goes on, and its next turn has to queue until the loop is let go.
            using (world.Hold()) Assert.True(scheduler.RunOne());
        }

        // All of one moment: the additions up to then, and every other field.
        var fields = (await reading).Select(static entry => entry.Field.ToString()).ToHashSet();
        var seen = fields.Count(static field => field.StartsWith('x'));
        Assert.Equal(Count + seen, fields.Count);
        for (var i = 0; i < seen; i++) Assert.Contains($"x{i}", fields);
    }

    private static async Task<IHash> FilledAsync(EngineWorld world)
    {
        var hash = world.Keyspace.Hash("h");
        await hash.SetAsync([.. Enumerable.Range(0, Count).Select(static i => new HashEntry(i, i))]);
        return hash;
    }

    private static IEnumerable<long> Numbers(int from, int count) => Enumerable.Range(from, count).Select(static i => (long)i);

    private static IEnumerable<long> Sorted(IEnumerable<KvValue> values) => values.Select(static value => (long)value).Order();
}
