using KvEmbedded.Tests.SortedSets;

namespace KvEmbedded.Tests.TopKs;

public sealed class TopKCommandTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new BoardWorld();
        await using var events = world.Note();
        var list = world.Keyspace.TopK("t");

        await list.ReserveAsync(3);
        Assert.Equal("TopKReserved t", await events.TakeAsync());
        await list.AddAsync("a");
        await list.IncrementAsync("a", 3);
        Assert.Equal("TopKCounted t, TopKCounted t", await events.TakeAsync());
        await list.AddAsync(["a", "b"]);
        await list.IncrementAsync([new("a", 7)]);
        await list.GetItemsAsync();
        Assert.Equal("TopKCounted t, TopKCounted t", await events.TakeAsync());
    }

    [Fact]
    public async Task A_list_must_have_been_made_and_only_once()
    {
        await using var world = new BoardWorld();
        var list = world.Keyspace.TopK("t");

        var missing = await Assert.ThrowsAsync<SketchMissingException>(async () => await list.AddAsync("a"));
        Assert.StartsWith("Key 't' does not exist, but this operation needs a TopK that has been made.", missing.Message);
        await list.ReserveAsync(3);
        var exists = await Assert.ThrowsAsync<SketchExistsException>(async () => await list.ReserveAsync(3));
        Assert.StartsWith("Key 't' holds a TopK already,", exists.Message);
    }

    [Fact]
    public async Task Arguments_are_checked_first()
    {
        await using var world = new BoardWorld();
        var list = world.Keyspace.TopK("t");

        await SaysAsync("A top-k list is of 1 to 100000 items. (Parameter 'count')", () => list.ReserveAsync(0));
        await SaysAsync("The width of a top-k list is 1 to 16777216 counters. (Parameter 'width')", () => list.ReserveAsync(1, 0));
        await SaysAsync("The depth of a top-k list is 1 to 64 rows. (Parameter 'depth')", () => list.ReserveAsync(1, 1, 65));
        await SaysAsync("A decay is above 0 and below 1. 0.9 is usual. (Parameter 'decay')", () => list.ReserveAsync(1, 1, 1, 1));
        await SaysAsync("An increment of a top-k list is 1 to 100000. (Parameter 'by')", async () => await list.IncrementAsync("a", 100_001));
        await SaysAsync("An increment of a top-k list is 1 to 100000. (Parameter 'increments')", async () => await list.IncrementAsync([new("a", 0)]));
        Assert.False(await list.ExistsAsync());

        static async Task SaysAsync(string text, Func<ValueTask> command) =>
            Assert.StartsWith(text, (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await command())).Message);
    }

    [Fact]
    public async Task An_item_that_is_too_long_is_refused()
    {
        await using var world = new BoardWorld(static options => options.ValueLengthMax = 10);
        await world.Keyspace.TopK("t").ReserveAsync(3);

        await Assert.ThrowsAsync<ValueTooLongException>(async () => await world.Keyspace.TopK("t").AddAsync("12345678901"));
        await Assert.ThrowsAsync<ValueTooLongException>(async () => await world.Keyspace.TopK("t").AddAsync(["1", "12345678901"]));
        Assert.Empty(await world.Keyspace.TopK("t").GetItemsAsync());
    }

    [Fact]
    public async Task A_seeded_keyspace_answers_the_same_again()
    {
        Assert.Equal(await DrawnAsync(), await DrawnAsync());

        static async Task<string> DrawnAsync()
        {
            await using var world = new BoardWorld();
            await world.Keyspace.TopK("t").ReserveAsync(5, 6, 2);
            var expelled = await world.Keyspace.TopK("t").AddAsync([.. Enumerable.Range(0, 3_000).Select(static i => (KvValue)(i * i % 101))]);
            return string.Join(' ', expelled) + string.Join(' ', await world.Keyspace.TopK("t").GetItemsAsync());
        }
    }

    [Fact]
    public async Task A_transaction_that_fails_has_changed_nothing()
    {
        await using var world = new BoardWorld();
        var list = world.Keyspace.TopK("t");
        await list.ReserveAsync(2);
        await list.IncrementAsync([new("a", 5), new("b", 3)]);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.TopK("t").IncrementAsync([new("c", 50), new("a", 1), new("d", 60)]);
            throw new InvalidOperationException();
        }));

        Assert.Equal("a=5 b=3", string.Join(' ', (await list.GetItemsAsync()).Select(static entry => $"{entry.Item}={entry.Count}")));
        Assert.Equal(0, await list.CountAsync("c"));
    }

    [Fact]
    public async Task Its_sizes_are_told()
    {
        await using var world = new BoardWorld();
        await world.Keyspace.TopK("t").ReserveAsync(3, 4, 5, 0.6);

        var info = (await world.Keyspace.TopK("t").GetInfoAsync())!;
        Assert.Equal((3, 4, 5, 0.6), (info.Count, info.Width, info.Depth, info.Decay));
    }
}
