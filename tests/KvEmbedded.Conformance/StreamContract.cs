namespace KvEmbedded.Conformance;

/// <summary><see cref="IStream"/> and <see cref="IStreams"/>, but reads that wait. Ids are given where they matter.</summary>
public abstract class StreamContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    private static readonly StreamField[] Fields = [new("name", "alice"), new("age", 7)];

    private static string Text(IEnumerable<StreamEntry> entries) => string.Join(' ', entries.Select(entry => entry.Id.ToString()));

    private static StreamAddOptions At(ulong milliseconds, ulong sequence = 0) => new() { Id = new StreamId(milliseconds, sequence) };

    /// <summary>Entries 1-0 to n-0, each with a field n=its number.</summary>
    private static async ValueTask<IStream> MakeAsync(IKeyspace keyspace, int count = 5, string key = "a")
    {
        var stream = keyspace.Stream(key);
        for (var i = 1; i <= count; i++) await stream.AddAsync([new("n", i)], At((ulong)i));
        return stream;
    }

    [Fact]
    public Task Entries_are_added_with_ids_that_rise_and_are_read_as_they_were_given() => RunAsync(async keyspace =>
    {
        var stream = keyspace.Stream("a");
        var first = await stream.AddAsync("name", "value");
        var second = await stream.AddAsync(Fields);

        Assert.True(second > first);
        Assert.Equal(2, await stream.CountAsync());
        var entries = await stream.GetRangeAsync();
        Assert.Equal([first, second], entries.Select(entry => entry.Id));
        Assert.Equal([new StreamField("name", "value")], entries[0].Fields);
        Assert.Equal(Fields, entries[1].Fields);
        Assert.Equal("7", entries[1]["age"].ToString());
        Assert.Null(entries[1]["missing"]);
        Assert.Equal(Fields, (await stream.GetAsync(second))!.Value.Fields);
        Assert.Null(await stream.GetAsync(second.Next));
    });

    [Fact]
    public Task Fields_keep_their_order_may_repeat_and_hold_any_bytes() => RunAsync(async keyspace =>
    {
        StreamField[] fields = [new("b", "1"), new("a", "2"), new("b", "3"), new("", ""), new(new byte[] { 0, 255 }, new string('x', 5_000))];
        await keyspace.Stream("a").AddAsync(fields);
        await keyspace.Stream("a").AddAsync("other", "names");

        Assert.Equal(fields, (await keyspace.Stream("a").GetRangeAsync(take: 1))[0].Fields);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await keyspace.Stream("a").AddAsync([]));
    });

    [Fact]
    public Task An_id_may_be_given_whole_or_in_part_and_must_be_greater_than_the_last() => RunAsync(async keyspace =>
    {
        var stream = keyspace.Stream("a");
        Assert.Equal(new StreamId(5, 3), await stream.AddAsync(Fields, At(5, 3)));
        Assert.Equal(new StreamId(5, 4), await stream.AddAsync(Fields, new StreamAddOptions { Id = NewStreamId.InMillisecond(5) }));
        Assert.Equal(new StreamId(6, 0), await stream.AddAsync(Fields, new StreamAddOptions { Id = NewStreamId.InMillisecond(6) }));

        var error = await Assert.ThrowsAsync<StreamIdNotGreaterException>(async () => await stream.AddAsync(Fields, At(6)));
        Assert.Equal("a", error.Key.ToString()![^1..]);
        await Assert.ThrowsAsync<StreamIdNotGreaterException>(
            async () => await stream.AddAsync(Fields, new StreamAddOptions { Id = NewStreamId.InMillisecond(5) }));
        await stream.AddAsync(Fields, new StreamAddOptions { Id = StreamId.MaxValue });
        await Assert.ThrowsAsync<StreamIdExhaustedException>(async () => await stream.AddAsync(Fields));
        Assert.Equal(4, await stream.CountAsync());
    });

    [Fact]
    public Task A_missing_stream_is_created_unless_it_shall_not() => RunAsync(async keyspace =>
    {
        Assert.Null(await keyspace.Stream("a").AddAsync(Fields, new StreamAddOptions { CreatesStream = false }));
        Assert.False(await keyspace.Keys.ExistsAsync("a"));
        await keyspace.Stream("a").AddAsync(Fields);
        Assert.NotNull(await keyspace.Stream("a").AddAsync(Fields, new StreamAddOptions { CreatesStream = false }));
        Assert.Equal(KeyType.Stream, await keyspace.Keys.GetTypeAsync("a"));
    });

    [Fact]
    public Task Ranges_have_open_and_closed_ends_and_both_orders() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace);
        var (two, four) = (new StreamId(2), new StreamId(4));

        Assert.Equal("1-0 2-0 3-0 4-0 5-0", Text(await stream.GetRangeAsync()));
        Assert.Equal("2-0 3-0 4-0", Text(await stream.GetRangeAsync(StreamRange.Between(two, four))));
        Assert.Equal("3-0", Text(await stream.GetRangeAsync(StreamRange.Above(two).AndBelow(four))));
        Assert.Equal("4-0 3-0 2-0", Text(await stream.GetRangeAsync(StreamRange.Between(two, four), Order.Descending)));
        Assert.Equal("5-0 4-0", Text(await stream.GetRangeAsync(default, Order.Descending, 2)));
        Assert.Equal("2-0", Text(await stream.GetRangeAsync(StreamRange.Exactly(two))));
        Assert.Empty(await stream.GetRangeAsync(StreamRange.Between(four, two)));
        Assert.Empty(await stream.GetRangeAsync(take: 0));
        Assert.Empty(await keyspace.Stream("missing").GetRangeAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await stream.GetRangeAsync(take: -1));
    });

    [Fact]
    public Task A_scan_goes_through_all_entries_page_by_page() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace, 25);

        Assert.Equal(25, await stream.ScanAsync(pageSize: 10).CountAsync());
        Assert.Equal("5-0 4-0 3-0", Text(await stream.ScanAsync(StreamRange.Between(new StreamId(3), new StreamId(5)), Order.Descending, 2).ToListAsync()));
        Assert.Equal(0, await keyspace.Stream("missing").ScanAsync().CountAsync());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await stream.ScanAsync(pageSize: 0).CountAsync());
    });

    [Fact]
    public Task Entries_are_removed_and_the_stream_stays() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace, 3);

        Assert.True(await stream.RemoveAsync(new StreamId(2)));
        Assert.False(await stream.RemoveAsync(new StreamId(2)));
        Assert.Equal(2, await stream.RemoveAsync([new StreamId(1), new StreamId(3), new StreamId(9)]));
        Assert.Equal(0, await stream.CountAsync());
        Assert.True(await keyspace.Keys.ExistsAsync("a"));
        await Assert.ThrowsAsync<StreamIdNotGreaterException>(async () => await stream.AddAsync(Fields, At(3)));
        Assert.False(await keyspace.Stream("missing").RemoveAsync(new StreamId(2)));
    });

    [Fact]
    public Task The_oldest_entries_are_trimmed_by_count_and_by_id() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace, 10);

        Assert.Equal(3, await stream.TrimAsync(StreamTrim.ToCount(7)));
        Assert.Equal(2, await stream.TrimAsync(StreamTrim.ToId(new StreamId(6))));
        Assert.Equal("6-0 7-0 8-0 9-0 10-0", Text(await stream.GetRangeAsync()));
        Assert.Equal(0, await stream.TrimAsync(StreamTrim.ToCount(2).Approximately()));
        await stream.AddAsync(Fields, At(11) with { Trim = StreamTrim.ToCount(2) });
        Assert.Equal("10-0 11-0", Text(await stream.GetRangeAsync()));
        Assert.Equal(0, await keyspace.Stream("missing").TrimAsync(StreamTrim.ToCount(0)));
        Assert.Equal(2, await stream.TrimAsync(StreamTrim.ToCount(0)));
        Assert.True(await keyspace.Keys.ExistsAsync("a"));
    });

    [Fact]
    public Task An_approximate_trim_leaves_a_little_more_than_asked_for() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace, 350);

        Assert.InRange(await stream.TrimAsync(StreamTrim.ToCount(100).Approximately()), 1, 250);
        Assert.InRange(await stream.CountAsync(), 100, 349);
    });

    [Fact]
    public Task A_read_begins_behind_a_place() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace);

        Assert.Equal("1-0 2-0 3-0 4-0 5-0", Text(await stream.ReadAsync(StreamPosition.Beginning)));
        Assert.Equal("4-0 5-0", Text(await stream.ReadAsync(new StreamId(3))));
        Assert.Equal("1-0 2-0", Text(await stream.ReadAsync(StreamPosition.Beginning, 2)));
        Assert.Equal("5-0", Text(await stream.ReadAsync(StreamPosition.Newest)));
        Assert.Empty(await stream.ReadAsync(StreamPosition.New));
        Assert.Empty(await stream.ReadAsync(new StreamId(5)));
        Assert.Empty(await keyspace.Stream("missing").ReadAsync(StreamPosition.Beginning));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await stream.ReadAsync(default, 0));
    });

    [Fact]
    public Task Several_streams_are_read_at_once() => RunAsync(async keyspace =>
    {
        await MakeAsync(keyspace, 2, "a");
        await MakeAsync(keyspace, 3, "b");

        var reads = await keyspace.Streams.ReadAsync([new("b", new StreamId(2)), new("missing", default), new("a", default)]);

        Assert.Equal("b: 3-0, a: 1-0 2-0", string.Join(", ", reads.Select(read => $"{read.Key}: {Text(read.Entries)}")));
        Assert.Empty(await keyspace.Streams.ReadAsync([new("a", StreamPosition.New), new("b", new StreamId(3))]));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await keyspace.Streams.ReadAsync([]));
    });

    [Fact]
    public Task What_a_stream_remembers_is_told_and_can_be_set() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace, 4);
        await stream.RemoveAsync(new StreamId(2));
        await stream.TrimAsync(StreamTrim.ToCount(2));
        var info = (await stream.GetInfoAsync())!;

        Assert.Equal((2, 4, 0), (info.Count, info.EntriesAdded, info.GroupCount));
        Assert.Equal((new StreamId(4), new StreamId(2)), (info.LastId, info.MaxRemovedId));
        Assert.Equal((new StreamId(3), new StreamId(4)), (info.FirstEntry!.Value.Id, info.LastEntry!.Value.Id));
        Assert.Null(await keyspace.Stream("missing").GetInfoAsync());

        await stream.SetLastIdAsync(new StreamId(9), new StreamCounters { EntriesAdded = 20, MaxRemovedId = new StreamId(7) });
        info = (await stream.GetInfoAsync())!;
        Assert.Equal((new StreamId(9), 20, new StreamId(7)), (info.LastId, info.EntriesAdded, info.MaxRemovedId));
        await Assert.ThrowsAsync<StreamIdNotGreaterException>(async () => await stream.SetLastIdAsync(new StreamId(3)));
        await Assert.ThrowsAsync<StreamCounterException>(async () => await stream.SetLastIdAsync(new StreamId(9), new StreamCounters { EntriesAdded = 1 }));
        await Assert.ThrowsAsync<NoSuchStreamException>(async () => await keyspace.Stream("missing").SetLastIdAsync(new StreamId(3)));
    });

    [Fact]
    public Task A_key_of_another_type_is_an_error() => RunAsync(async keyspace =>
    {
        await keyspace.Strings.SetAsync("a", "x");
        var stream = keyspace.Stream("a");

        await Assert.ThrowsAsync<WrongTypeException>(async () => await stream.AddAsync("name", "value"));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await stream.CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await stream.ReadAsync(default));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await stream.ScanAsync().CountAsync());
        await Assert.ThrowsAsync<WrongTypeException>(async () => await stream.Group("g").CreateAsync(default));
        await keyspace.Stream("b").AddAsync("name", "value");
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.Streams.ReadAsync([new("b", default), new("a", default)]));
        await Assert.ThrowsAsync<WrongTypeException>(async () => await keyspace.SortedSet("b").CountAsync());
    });

    [Fact]
    public Task Following_in_pages_of_nothing_is_refused_and_does_not_wait() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace);
        await stream.Group("g").CreateAsync(StreamPosition.Beginning);
        foreach (var pageSize in (int[])[0, -1])
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await stream.FollowAsync(default, pageSize).FirstAsync());
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await stream.Group("g").FollowAsync("c", pageSize).FirstAsync());
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await keyspace.Streams.FollowAsync([new("a", default)], pageSize).FirstAsync());
        }
    });

    [Fact]
    public Task A_stream_is_copied_and_renamed_with_its_groups() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace);
        await stream.Group("g").CreateAsync(StreamPosition.Beginning);
        await stream.Group("g").ReadAsync("alice", 2);
        await keyspace.Keys.CopyAsync("a", "b");
        await keyspace.Keys.RenameAsync("a", "c");

        foreach (var key in (string[])["b", "c"])
        {
            var summary = await keyspace.Stream(key).Group("g").GetPendingSummaryAsync();
            Assert.Equal((2, "alice"), (summary.Count, summary.Consumers[0].Name.ToString()));
            Assert.Equal("3-0 4-0 5-0", Text(await keyspace.Stream(key).Group("g").ReadAsync("bob")));
        }
    });

    /// <summary>The deeper questions of references, which only servers of Redis 8.2 and later answer.</summary>
    [Fact]
    public Task Entries_are_removed_with_their_references_or_only_if_they_have_none() => RunAsync(async keyspace =>
    {
        var stream = await MakeAsync(keyspace);
        var group = stream.Group("g");
        StreamId[] ids = [new(1), new(2), new(9)];
        Assert.Equal([StreamRemoval.StillReferenced, StreamRemoval.StillReferenced, StreamRemoval.NotFound], await stream.RemoveAsync(ids, StreamReferences.OnlyAcknowledged));

        await group.CreateAsync(StreamPosition.Beginning);
        await group.ReadAsync("alice", 3);
        await group.AcknowledgeAsync(new StreamId(2));
        Assert.Equal([StreamRemoval.StillReferenced, StreamRemoval.Removed, StreamRemoval.NotFound], await stream.RemoveAsync(ids, StreamReferences.OnlyAcknowledged));
        Assert.Equal([StreamRemoval.Removed], await stream.RemoveAsync([new(1)], StreamReferences.Remove));
        Assert.Equal(new StreamId(3), (await group.GetPendingSummaryAsync()).FirstId);
        Assert.Equal([StreamRemoval.Removed], await stream.RemoveAsync([new(3)], StreamReferences.Keep));
        Assert.Equal(1, (await group.GetPendingSummaryAsync()).Count);
    });
}
