namespace KvEmbedded.Tests.Streams;

/// <summary>What errors and options tell, fact by fact.</summary>
public sealed class StreamFactsTests
{
    [Fact]
    public async Task Errors_tell_the_facts()
    {
        await using var world = new StreamWorld();
        var stream = await world.FilledAsync("a", 3);

        var notGreater = await Assert.ThrowsAsync<StreamIdNotGreaterException>(
            async () => await stream.AddAsync([new("n", 1)], new StreamAddOptions { Id = new StreamId(2) }));
        Assert.Equal(("a", new StreamId(2), new StreamId(3)), (notGreater.Key.ToString(), notGreater.Id, notGreater.LastId));
        var counter = await Assert.ThrowsAsync<StreamCounterException>(
            async () => await stream.SetLastIdAsync(new StreamId(3), new StreamCounters { EntriesAdded = 2 }));
        Assert.Equal((2, 3), (counter.EntriesAdded, counter.Count));
        var group = await Assert.ThrowsAsync<NoSuchGroupException>(async () => await stream.Group("g").ReadAsync("c"));
        Assert.Equal("g", group.Group.ToString());
    }

    [Fact]
    public void Options_tell_what_they_were_made_of()
    {
        var trim = StreamTrim.ToCount(7).Approximately(50) with { References = StreamReferences.Remove };
        Assert.Equal((7, default, true, 50, StreamReferences.Remove), (trim.CountMax!.Value, trim.IdMin, trim.IsApproximate, trim.Limit, trim.References));
        Assert.Equal(StreamTrim.DefaultLimit, StreamTrim.ToId(new StreamId(1)).Approximately().Limit);
        NewStreamId id = new StreamId(5, 1);
        Assert.Equal((NewStreamIdKind.Exact, new StreamId(5, 1)), (id.Kind, id.Id));
        Assert.Equal(NewStreamIdKind.Automatic, NewStreamId.Automatic.Kind);
        var add = new StreamAddOptions { Id = id, Trim = trim };
        Assert.Equal((id, trim, true), (add.Id, add.Trim, add.CreatesStream));
        StreamPosition position = new StreamId(5);
        Assert.Equal((StreamPositionKind.After, new StreamId(5)), (position.Kind, position.Id));
        var range = StreamRange.UpTo(new StreamId(9));
        Assert.Equal((StreamId.MinValue, new StreamId(9), false, false), (range.Lowest, range.Highest, range.ExcludesLowest, range.ExcludesHighest));
        Assert.True(StreamRange.Below(new StreamId(9)).ExcludesHighest);
        Assert.Equal(StreamRange.All, default);
        Assert.True(new StreamId(2) >= new StreamId(1));
        var read = new GroupReadOptions { Count = 5, WaitingTime = TimeSpan.FromSeconds(1), Acknowledge = Acknowledge.OnRead };
        Assert.Equal((5, TimeSpan.FromSeconds(1), Acknowledge.OnRead), (read.Count, read.WaitingTime, read.Acknowledge));
        var place = new StreamPlace("a", position);
        Assert.Equal(("a", position), (place.Key.ToString(), place.After));
        var claim = new ClaimOptions { Idle = TimeSpan.FromSeconds(1), DeliveryCount = 2, Force = true, LastDeliveredId = new StreamId(1) };
        Assert.Equal((1, null, 2, true), (claim.Idle!.Value.Seconds, claim.DeliveredAt, claim.DeliveryCount!.Value, claim.Force));
        Assert.Equal(new StreamId(1), claim.LastDeliveredId);
        var creation = new GroupCreation { EntriesRead = 3 };
        Assert.Equal((true, 3), (creation.CreatesStream, creation.EntriesRead!.Value));
        var counters = new StreamCounters { EntriesAdded = 1, MaxRemovedId = new StreamId(2) };
        Assert.Equal((1, new StreamId(2)), (counters.EntriesAdded!.Value, counters.MaxRemovedId!.Value));
        var query = new PendingQuery { Range = range, Consumer = "c", MinIdle = TimeSpan.FromSeconds(1), Count = 2 };
        Assert.Equal((range, "c", 1, 2), (query.Range, query.Consumer!.Value.ToString(), query.MinIdle.Seconds, query.Count));
    }

    [Fact]
    public async Task A_consumer_that_never_got_an_entry_was_never_active()
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", 1);
        await group.CreateConsumerAsync("bob");
        await group.ReadAsync("alice");
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await group.ReadAsync("alice");

        var consumers = await group.GetConsumersAsync();
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(5)), (consumers[0].Idle, consumers[0].Inactive!.Value));
        Assert.Equal((TimeSpan.FromSeconds(5), null), (consumers[1].Idle, consumers[1].Inactive));
        Assert.Equal(("alice", 1), (consumers[0].Name.ToString(), consumers[0].PendingCount));
    }

    [Fact]
    public async Task References_decide_what_a_trim_takes()
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", 10);
        await group.ReadAsync("alice", 5);
        await group.AcknowledgeAsync([new(1), new(3)]);

        Assert.Equal(2, await world["a"].TrimAsync(StreamTrim.ToCount(2) with { References = StreamReferences.OnlyAcknowledged }));
        Assert.Equal("2-0 4-0 5-0 6-0 7-0 8-0 9-0 10-0", StreamWorld.Text(await world["a"].GetRangeAsync()));
        Assert.Equal(2, await world["a"].TrimAsync(StreamTrim.ToId(new StreamId(5)) with { References = StreamReferences.Remove }));
        Assert.Equal("5-0:alice:0:1", await StreamWorld.PendingAsync(group));
        Assert.Equal(1, await world["a"].TrimAsync(StreamTrim.ToCount(5)));
        Assert.Equal("5-0:alice:0:1", await StreamWorld.PendingAsync(group));
    }
}
