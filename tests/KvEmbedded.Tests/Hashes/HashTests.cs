using static KvEmbedded.Tests.Hashes.HashWorld;

namespace KvEmbedded.Tests.Hashes;

/// <summary>What the contract suites do not say: texts of errors, limits, effects of a failed transaction.</summary>
public sealed class HashTests
{
    [Fact]
    public async Task An_error_about_a_number_names_the_field()
    {
        await using var world = new HashWorld();
        var hash = await world.FilledAsync("visits", "name=bob full=9223372036854775807 huge=1e308");

        var wrong = await Assert.ThrowsAsync<NotANumberException>(async () => await hash.IncrementAsync("name"));
        Assert.Equal(
            "Field 'name' of key 'visits' holds a string that is not a 64-bit integer. Set the field to a number first, or use another field.",
            wrong.Message);
        Assert.Equal(("visits", "name"), (wrong.Key.ToString(), wrong.Field.ToString()));
        wrong = await Assert.ThrowsAsync<NotANumberException>(async () => await hash.IncrementFloatAsync("name", 1));
        Assert.Equal(
            "Field 'name' of key 'visits' holds a string that is not a number. Set the field to a number first, or use another field.",
            wrong.Message);

        var overflow = await Assert.ThrowsAsync<NumberOverflowException>(async () => await hash.IncrementAsync("full", 3));
        Assert.Equal(
            "Adding in field 'full' of key 'visits' would give 9223372036854775810, which is outside the 64-bit integers. " +
            "Nothing was changed; add less, or reset the number first.",
            overflow.Message);
        Assert.Equal("full", overflow.Field.ToString());
        overflow = await Assert.ThrowsAsync<NumberOverflowException>(async () =>
        {
            for (var i = 0; i < 3; i++) await hash.IncrementFloatAsync("huge", 9e307);
        });
        Assert.StartsWith("Adding in field 'huge' of key 'visits' would give inf, which is outside the finite numbers.", overflow.Message, StringComparison.Ordinal);
        Assert.Equal("9223372036854775807", (await hash.GetAsync("full")).ToString());
    }

    [Fact]
    public async Task Texts_that_people_write_add_up_exactly()
    {
        await using var world = new HashWorld();
        var hash = await world.FilledAsync("h", "sum=0.1 text=5.0e3");

        Assert.Equal(0.3, await hash.IncrementFloatAsync("sum", 0.2));
        Assert.Equal("0.3", (await hash.GetAsync("sum")).ToString());
        Assert.Equal(5200, await hash.IncrementFloatAsync("text", 200));
        Assert.Equal("5200", (await hash.GetAsync("text")).ToString());
    }

    [Fact]
    public async Task Mistakes_in_arguments_are_refused_before_anything_is_done()
    {
        await using var world = new HashWorld(static options => options.ValueLengthMax = 100);
        var hash = world["h"];
        var tooLong = new string('x', 101);

        Assert.Equal(
            "At least one field is needed. (Parameter 'fields')",
            (await Assert.ThrowsAsync<ArgumentException>(async () => await hash.GetAndRemoveAsync([]))).Message);
        Assert.Equal(
            "At least one entry is needed. (Parameter 'entries')",
            (await Assert.ThrowsAsync<ArgumentException>(async () => await hash.SetAsync([], Second))).Message);
        Assert.StartsWith(
            "Only a finite number can be added.",
            (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hash.IncrementFloatAsync("f", double.NaN))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hash.GetRandomAsync(1, (RandomPick)7));
        await Assert.ThrowsAsync<ValueTooLongException>(async () => await hash.SetAsync(tooLong, ""));
        await Assert.ThrowsAsync<ValueTooLongException>(async () => await hash.SetAsync("f", tooLong));
        await Assert.ThrowsAsync<ValueTooLongException>(async () => await hash.SetAsync([new("ok", "ok"), new("f", tooLong)]));
        await Assert.ThrowsAsync<ValueTooLongException>(async () => await hash.IncrementAsync(tooLong));
        await Assert.ThrowsAsync<ValueTooLongException>(async () => await hash.IncrementFloatAsync(tooLong, 1));
        Assert.StartsWith(
            "No scan of this process gave out this cursor.",
            (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await hash.ScanPageAsync(ulong.MaxValue))).Message, StringComparison.Ordinal);
        Assert.False(await hash.ExistsAsync());
    }

    [Fact]
    public async Task A_full_keyspace_refuses_fields_before_any_is_set()
    {
        await using var world = new HashWorld(static options => options.MemoryLimitBytes = 1 << 20);
        var hash = world["h"];
        HashEntry[] many = [.. Enumerable.Range(0, 60_000).Select(static i => new HashEntry(i, i))];

        await Assert.ThrowsAsync<MemoryLimitException>(async () => await hash.SetAsync(many));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await hash.SetAsync(many, Second));
        Assert.False(await hash.ExistsAsync());
        await Assert.ThrowsAsync<MemoryLimitException>(async () =>
        {
            foreach (var (field, value) in many) await hash.SetAsync(field, value);
        });
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await hash.IncrementAsync("new"));

        KvValue[] names = [.. Enumerable.Range(0, 1_000).Select(static i => (KvValue)i)];
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await hash.ExpireFieldAsync(0, Second));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await hash.ExpireFieldsAsync(names, Second));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await hash.GetAndExpireAsync(names, Expiration.In(Second)));
        Assert.All(await hash.GetFieldLifetimesAsync(names), static lifetime => Assert.Null(lifetime.TimeToLive));
        Assert.True(await hash.ExpireFieldAsync(0, TimeSpan.Zero));
        Assert.True(await hash.RemoveAsync(1));
    }

    [Fact]
    public async Task A_failing_transaction_brings_back_fields_values_and_times_to_live()
    {
        await using var world = new HashWorld();
        var hash = await world.FilledAsync("h", "a=1 b=2 c=3 d=4");
        await hash.ExpireFieldAsync("b", Second);
        await hash.ExpireAsync(TimeSpan.FromMinutes(1));
        var timers = world.Turn.TimerCount;

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            var inside = tx.Hash("h");
            await inside.SetAsync("b", "without");
            await inside.IncrementAsync("a", 5);
            await inside.RemoveAsync("c");
            await inside.ExpireFieldsAsync(["a", "d"], 2 * Second);
            await inside.GetAndRemoveAsync(["a", "b"]);
            await inside.SetAsync([new("new", "x")], Second);
            throw new InvalidOperationException();
        }));

        Assert.Equal("a=1 b=2 c=3 d=4", await world.TextAsync("h"));
        Assert.Equal(Second, (await hash.GetFieldLifetimeAsync("b")).TimeToLive);
        Assert.Equal(KeyLifetime.Endless, await hash.GetFieldLifetimeAsync("d"));
        Assert.Equal(timers, world.Turn.TimerCount);
        world.CheckInvariants("h");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(400)]
    public async Task Every_field_is_as_likely_to_be_picked_as_any_other(int count)
    {
        await using var world = new HashWorld();
        var hash = world["h"];
        await hash.SetAsync([.. Enumerable.Range(0, count).Select(static i => new HashEntry(i, i))]);

        var picks = await hash.GetRandomAsync(200 * count, RandomPick.Repeated);
        var distinct = new List<HashEntry>();
        for (var i = 0; i < 200; i++)
        {
            var some = await hash.GetRandomAsync(count / 3);
            Assert.Equal(count / 3, some.Distinct().Count());
            distinct.AddRange(some);
        }

        foreach (var of in new[] { picks, [.. distinct] })
        {
            var counts = of.GroupBy(static entry => (long)entry.Field).ToDictionary(static group => group.Key, static group => group.Count());
            var expected = of.Length / (double)count;
            Assert.Equal(count, counts.Count);
            Assert.All(counts.Values, times => Assert.InRange(times, expected * 0.5, expected * 1.6));
        }
    }

    [Fact]
    public async Task Most_of_the_fields_are_picked_without_drawing_again_and_again()
    {
        await using var world = new HashWorld();
        await world["h"].SetAsync([.. Enumerable.Range(0, 1_000).Select(static i => new HashEntry(i, i))]);

        foreach (var count in (int[])[499, 500, 999, 1_000, 5_000])
            Assert.Equal(Math.Min(count, 1_000), (await world["h"].GetRandomAsync(count)).Distinct().Count());
    }

    [Fact]
    public async Task A_command_that_was_cancelled_before_it_began_has_done_nothing()
    {
        await using var world = new HashWorld();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world["h"].SetAsync("f", "v", cancellationToken: cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world["h"].GetAllAsync(cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await world["h"].IncrementAsync("f", 1, cancelled));
        Assert.False(await world["h"].ExistsAsync());
    }
}
