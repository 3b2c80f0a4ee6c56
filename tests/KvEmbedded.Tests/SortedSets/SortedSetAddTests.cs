using static KvEmbedded.Tests.SortedSets.BoardWorld;

namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetAddTests
{
    [Fact]
    public async Task A_new_member_is_added_and_a_present_one_gets_the_score()
    {
        await using var world = new BoardWorld();
        var board = world["board"];

        Assert.True(await board.AddAsync("alice", 5));
        Assert.True(await board.AddAsync("bob", 3));
        Assert.False(await board.AddAsync("alice", 1));
        Assert.False(await board.AddAsync("alice", 1));

        Assert.Equal("alice=1 bob=3", await world.TextAsync("board"));
    }

    [Theory]
    [InlineData(AddWhen.Always, 2, false, "a=2 b=5")]
    [InlineData(AddWhen.Missing, 2, false, "b=5 a=10")]
    [InlineData(AddWhen.Present, 2, false, "a=2 b=5")]
    [InlineData(AddWhen.Greater, 2, false, "b=5 a=10")]
    [InlineData(AddWhen.Greater, 10, false, "b=5 a=10")]
    [InlineData(AddWhen.Greater, 11, false, "b=5 a=11")]
    [InlineData(AddWhen.Less, 2, false, "a=2 b=5")]
    [InlineData(AddWhen.Less, 10, false, "b=5 a=10")]
    [InlineData(AddWhen.Less, 11, false, "b=5 a=10")]
    [InlineData(AddWhen.PresentAndGreater, 11, false, "b=5 a=11")]
    [InlineData(AddWhen.PresentAndGreater, 9, false, "b=5 a=10")]
    [InlineData(AddWhen.PresentAndLess, 9, false, "b=5 a=9")]
    [InlineData(AddWhen.PresentAndLess, 11, false, "b=5 a=10")]
    public async Task A_present_member_is_touched_only_as_the_condition_allows(AddWhen when, double score, bool isNew, string after)
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 10, 5);

        Assert.Equal(isNew, await board.AddAsync("a", score, when));
        Assert.Equal(after, await world.TextAsync("board"));
    }

    [Theory]
    [InlineData(AddWhen.Always, true)]
    [InlineData(AddWhen.Missing, true)]
    [InlineData(AddWhen.Greater, true)]
    [InlineData(AddWhen.Less, true)]
    [InlineData(AddWhen.Present, false)]
    [InlineData(AddWhen.PresentAndGreater, false)]
    [InlineData(AddWhen.PresentAndLess, false)]
    public async Task A_missing_member_is_added_only_if_the_condition_allows_and_otherwise_no_key_is_made(AddWhen when, bool isAdded)
    {
        await using var world = new BoardWorld();

        Assert.Equal(isAdded, await world["one"].AddAsync("a", 1, when));
        Assert.Equal(isAdded ? 2 : 0, await world["two"].AddAsync(Entries(1, 2), when));

        Assert.Equal(isAdded, await world["one"].ExistsAsync());
        Assert.Equal(isAdded ? "a=1 b=2" : "", await world.TextAsync("two"));
        Assert.Equal(isAdded ? 2 : 0, world.Turn.Table.Count);
    }

    [Fact]
    public async Task Of_a_member_that_is_named_twice_the_last_score_stays()
    {
        await using var world = new BoardWorld();

        Assert.Equal(1, await world["board"].AddAsync([new("a", 1), new("a", 3), new("a", 2)]));
        Assert.Equal("a=2", await world.TextAsync("board"));
        Assert.Equal(2, await world["board"].AddAsync([new("a", 4), new("a", 2)], count: AddCount.Changed));
    }

    [Fact]
    public async Task What_is_counted_is_members_added_or_members_changed()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2);

        Assert.Equal(1, await board.AddAsync(Entries(1, 3, 4)));
        Assert.Equal(2, await board.AddAsync(Entries(1, 9, 4, 5), count: AddCount.Changed));
    }

    [Fact]
    public async Task Members_are_any_bytes_and_scores_any_numbers()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        var binary = new byte[] { 0, 255, 0 };
        var longOne = new string('x', 100_000);

        await board.AddAsync("", double.PositiveInfinity);
        await board.AddAsync(binary, double.NegativeInfinity);
        await board.AddAsync(longOne, double.Epsilon);
        await board.AddAsync(12, 0.1);

        var entries = await board.GetRangeAsync(Range.All);
        Assert.Equal([binary, longOne, 12, ""], entries.Select(static entry => entry.Member));
        Assert.Equal([double.NegativeInfinity, double.Epsilon, 0.1, double.PositiveInfinity], entries.Select(static entry => entry.Score));
    }

    [Fact]
    public async Task A_member_is_copied_in_and_out()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        var bytes = "abc"u8.ToArray();
        await board.AddAsync(bytes, 1);
        await board.AddAsync([new SortedSetEntry(bytes, 1)]);
        bytes[0] = (byte)'x';
        Assert.Equal("abc=1", await world.TextAsync("board"));

        var read = (await board.GetRangeAsync(Range.All))[0].Member;
        await board.RemoveAsync("abc");
        await board.AddAsync("xyz", 1);
        Assert.Equal("abc", read);
    }

    [Fact]
    public async Task NaN_is_refused_and_nothing_has_changed()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1);

        Assert.Equal("score", Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.AddAsync("b", double.NaN); }).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.AddAsync(Entries(2, double.NaN)); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.IncrementAsync("a", double.NaN); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.TryIncrementAsync("a", double.NaN, AddWhen.Always); });
        Assert.Equal("a=1", await world.TextAsync("board"));
    }

    [Fact]
    public async Task Arguments_that_mean_nothing_are_refused_at_once()
    {
        await using var world = new BoardWorld();
        var board = world["board"];

        Assert.StartsWith("At least one entry is needed.", Assert.Throws<ArgumentException>(() => { _ = board.AddAsync([]); }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => { _ = board.AddAsync(null!); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.AddAsync("a", 1, (AddWhen)7); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.AddAsync("a", 1, (AddWhen)(-1)); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.AddAsync(Entries(1), count: (AddCount)2); });
    }

    [Fact]
    public async Task A_member_that_is_too_long_is_refused_and_nothing_has_changed()
    {
        await using var world = new BoardWorld(static options => options.ValueLengthMax = 10);
        var board = await world.FilledAsync("board", 1);

        var error = Assert.Throws<ValueTooLongException>(() => { _ = board.AddAsync("12345678901", 1); });
        Assert.Equal((11, 10), (error.Length, error.LengthMax));
        Assert.Throws<ValueTooLongException>(() => { _ = board.AddAsync([new("b", 1), new("12345678901", 1)]); });
        Assert.Throws<ValueTooLongException>(() => { _ = board.IncrementAsync("12345678901"); });
        Assert.Throws<ValueTooLongException>(() => { _ = board.TryIncrementAsync("12345678901", 1, AddWhen.Always); });
        Assert.Equal("a=1", await world.TextAsync("board"));
    }

    [Fact]
    public async Task A_key_of_another_type_is_refused_by_every_command_and_stays()
    {
        await using var world = new BoardWorld();
        await world.Keyspace.Strings.SetAsync("text", "hello");
        var board = world["text"];
        Func<Task>[] commands =
        [
            async () => await board.AddAsync("a", 1),
            async () => await board.AddAsync("a", 1, AddWhen.Present),
            async () => await board.AddAsync(Entries(1)),
            async () => await board.IncrementAsync("a"),
            async () => await board.TryIncrementAsync("a", 1, AddWhen.Present),
            async () => await board.RemoveAsync("a"),
            async () => await board.RemoveAsync(["a"]),
            async () => await board.RemoveRangeAsync(Range.All),
            async () => await board.CountAsync(),
            async () => await board.CountAsync(ScoreRange.All),
            async () => await board.GetScoreAsync("a"),
            async () => await board.GetScoresAsync(["a"]),
            async () => await board.GetRankAsync("a"),
            async () => await board.GetRangeAsync(Range.All),
            async () => await board.StoreRangeAsync("other", Range.All),
            async () => await board.PopAsync(),
            async () => await board.PopAsync(0),
            async () => await board.PopAsync(SortedSetEnd.Lowest, TimeSpan.FromSeconds(1)),
            async () => await board.GetRandomAsync(),
            async () => await board.GetRandomAsync(2),
            async () => await board.ScanPageAsync(0),
        ];

        foreach (var command in commands)
        {
            var error = await Assert.ThrowsAsync<WrongTypeException>(command);
            Assert.Equal(
                "Key 'text' holds a String, but this operation needs a SortedSet. Use another key, or delete this one first.", error.Message);
        }

        Assert.Equal("hello", (await world.Keyspace.Strings.GetAsync("text"))?.ToString());
        Assert.Equal(1, world.Turn.Table.Count);
    }

    [Fact]
    public async Task A_full_keyspace_refuses_to_add_and_still_reads_and_removes()
    {
        await using var world = new BoardWorld(static options => options.MemoryLimitBytes = 1 << 20);
        var board = await world.FilledAsync("board", 1);
        SortedSetEntry[] many = [.. Enumerable.Range(0, 30_000).Select(static i => new SortedSetEntry($"member {i}", i))];

        var error = await Assert.ThrowsAsync<MemoryLimitException>(async () => await board.AddAsync(many));
        Assert.Equal(1 << 20, error.LimitBytes);
        Assert.InRange(error.UsedBytes, 1, error.LimitBytes);
        Assert.Equal("a=1", await world.TextAsync("board"));
        Assert.Equal(0, await world["other"].AddAsync(many, AddWhen.Present));

        await Assert.ThrowsAsync<MemoryLimitException>(async () =>
        {
            foreach (var (member, score) in many) await board.AddAsync(member, score);
        });
        Assert.InRange(world.Turn.MemoryBytes, 1 << 20, 1_200_000);
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await board.IncrementAsync("new"));
        await Assert.ThrowsAsync<MemoryLimitException>(async () => await board.StoreRangeAsync("other", Range.All));
        Assert.False(await world["other"].ExistsAsync());
        Assert.Equal(1, await board.GetScoreAsync("a"));
        Assert.True(await board.RemoveAsync("a"));
    }

    [Fact]
    public async Task Adding_keeps_the_time_to_live()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1);
        await board.ExpireAsync(TimeSpan.FromSeconds(5));

        await board.AddAsync("b", 2);
        await board.IncrementAsync("b");

        Assert.Equal(TimeSpan.FromSeconds(5), await board.GetTimeToLiveAsync());
        world.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, await board.CountAsync());
        Assert.True(await board.AddAsync("b", 1));
        Assert.Null(await board.GetTimeToLiveAsync());
    }
}
