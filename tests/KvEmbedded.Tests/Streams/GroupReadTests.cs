using static KvEmbedded.Tests.Streams.StreamWorld;

namespace KvEmbedded.Tests.Streams;

/// <summary>What a group delivers when entries have been removed, the group moved, or the keyspace is full.</summary>
public sealed class GroupReadTests
{
    [Fact]
    public async Task Entries_that_are_gone_do_not_count_among_those_taken_over()
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", 4);
        await group.ReadAsync("alice");
        await world["a"].RemoveAsync([new(1), new(3)]);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var idle = TimeSpan.FromSeconds(1);
        Assert.Equal(new StreamId(2), Assert.Single(await group.ReadOrClaimAsync("bob", idle, 1)).Entry.Id);
        Assert.Equal("2-0:bob:0:2 3-0:alice:1:1 4-0:alice:1:1", await PendingAsync(group));

        // Who could wait gets at once what there is.
        var read = group.ReadOrClaimAsync("bob", idle, 1, Timeout.InfiniteTimeSpan);
        Assert.Equal(0, world.Waiting);
        Assert.Equal(new StreamId(4), Assert.Single(await read).Entry.Id);
        Assert.Equal("2-0:bob:0:2 4-0:bob:0:2", await PendingAsync(group));
    }

    [Fact]
    public async Task The_longest_idle_are_taken_over_first_and_of_equals_the_oldest()
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", 6);
        await group.ReadAsync("alice");
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await group.ClaimAsync("alice", [new(1), new(4)], TimeSpan.Zero);
        await group.ReleaseAsync([new(5)]);
        world.Time.Advance(TimeSpan.FromSeconds(1));

        var deliveries = await group.ReadOrClaimAsync("bob", TimeSpan.FromSeconds(1), 5);
        Assert.Equal("5-0 2-0 3-0 6-0 1-0", Text(deliveries.Select(static delivery => delivery.Entry)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_group_that_was_moved_by_hand_gets_only_what_is_behind_its_place(bool byClaim)
    {
        await using var world = new StreamWorld();
        var (stream, group) = (world["a"], world["a"].Group("g"));
        await AddAsync(5, 10);
        await group.CreateAsync(StreamPosition.Beginning);
        Assert.Equal("5-0", Text(await group.ReadAsync("c", 1)));

        // What follows is of smaller ids than what was there: the page of 10-0 and the next one overlap.
        await stream.RemoveAsync(new StreamId(10));
        await stream.SetLastIdAsync(new StreamId(5));
        await AddAsync(6, 7);
        if (byClaim) await group.ClaimAsync("c", [new(5)], TimeSpan.Zero, new ClaimOptions { LastDeliveredId = new StreamId(6) });
        else await group.SetPositionAsync(new StreamId(6));

        Assert.Equal("7-0", Text(await group.ReadAsync("c")));
        await AddAsync(8);
        Assert.Equal("8-0", Text(await group.ReadAsync("c")));

        async Task AddAsync(params ulong[] ids)
        {
            foreach (var id in ids) await stream.AddAsync([new("n", id)], new StreamAddOptions { Id = new StreamId(id) });
        }
    }

    [Fact]
    public async Task A_full_keyspace_refuses_groups_and_consumers_and_delivers_what_it_has()
    {
        await using var world = new StreamWorld(options => options.MemoryLimitBytes = 1 << 20);
        var stream = world["a"];
        var group = stream.Group("g");
        await group.CreateAsync(StreamPosition.Beginning);
        await Assert.ThrowsAsync<MemoryLimitException>(async () =>
        {
            while (true) await stream.AddAsync("n", new string('x', 2_000));
        });

        var used = world.Turn.MemoryBytes;
        var name = new string('g', 4_000);
        await RefusedAsync(stream.Group(name).TryCreateAsync(default));
        await RefusedAsync(group.CreateConsumerAsync(name));
        Assert.Equal((used, 1, 0), (world.Turn.MemoryBytes, (await stream.GetGroupsAsync()).Length, (await group.GetConsumersAsync()).Length));
        var groups = 1;
        await Assert.ThrowsAsync<MemoryLimitException>(async () =>
        {
            for (; ; groups++) await stream.Group($"g{groups}").CreateAsync(default);
        });
        Assert.Equal(groups, (await stream.GetGroupsAsync()).Length);
        Assert.False(await group.TryCreateAsync(default));
        Assert.InRange(world.Turn.MemoryBytes, used, (1 << 20) + 500);

        // Reading goes on: who may not read cannot give back either.
        foreach (var entry in await group.ReadAsync("alice", 10)) Assert.Equal([StreamRemoval.Removed], await group.AcknowledgeAndRemoveAsync([entry.Id]));
        Assert.False(await group.CreateConsumerAsync("alice"));
        Assert.Equal(10, await stream.TrimAsync(StreamTrim.ToCount(await stream.CountAsync() - 10)));
        Assert.True(await stream.Group(name).TryCreateAsync(default));

        async Task RefusedAsync(ValueTask<bool> command)
        {
            var error = await Assert.ThrowsAsync<MemoryLimitException>(async () => await command);
            Assert.Equal(("a", used), (error.Key.ToString(), error.UsedBytes));
        }
    }
}
