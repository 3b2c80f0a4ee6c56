using static KvEmbedded.Tests.SortedSets.BoardWorld;

namespace KvEmbedded.Tests.SortedSets;

public sealed class SortedSetPopTests
{
    private static readonly TimeSpan ForEver = Timeout.InfiniteTimeSpan;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Pop_returns_the_lowest_or_the_highest_score_first()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 2, 1, 3, 3, 0);

        Assert.Equal("e=0", Text(await board.PopAsync()));
        Assert.Equal("d=3", Text(await board.PopAsync(SortedSetEnd.Highest)));
        Assert.Equal("b=1 a=2", Text(await board.PopAsync(2)));
        Assert.Equal("c=3", Text(await board.PopAsync(2, SortedSetEnd.Highest)));
        Assert.Null(await board.PopAsync());
        Assert.Empty(await board.PopAsync(2));
    }

    [Fact]
    public async Task Several_come_the_outermost_first_and_only_as_many_as_asked_for()
    {
        await using var world = new BoardWorld();
        var board = await world.FilledAsync("board", 1, 2, 3, 4);

        Assert.Equal("d=4 c=3", Text(await board.PopAsync(2, SortedSetEnd.Highest)));
        Assert.Empty(await board.PopAsync(0));
        Assert.Empty(await board.PopAsync(0, waitingTime: ForEver));
        Assert.Equal("a=1 b=2", await world.TextAsync("board"));
        Assert.Equal("a=1 b=2", Text(await board.PopAsync(int.MaxValue, waitingTime: ForEver)));
    }

    [Fact]
    public async Task Arguments_are_checked_at_once()
    {
        await using var world = new BoardWorld();
        var board = world["board"];

        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.PopAsync(-1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.PopAsync((SortedSetEnd)2); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.PopAsync(1, (SortedSetEnd)2); });
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.PopAsync(waitingTime: TimeSpan.FromSeconds(-2)); });
        Assert.StartsWith("A waiting time must not be negative.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = board.PopAsync(1, waitingTime: TimeSpan.FromSeconds(-2)); });
    }

    [Fact]
    public async Task Callers_that_wait_are_served_in_the_order_in_which_they_came()
    {
        await using var world = new BoardWorld();
        var board = world["board"];
        var first = board.PopAsync(waitingTime: ForEver).AsTask();
        var second = board.PopAsync(2, SortedSetEnd.Highest, ForEver).AsTask();
        var third = board.PopAsync(SortedSetEnd.Highest, ForEver).AsTask();
        var fourth = board.PopAsync(waitingTime: ForEver).AsTask();
        Assert.Equal(4, world.Waiting);

        Assert.Equal(4, await board.AddAsync(Entries(1, 2, 3, 4)));

        Assert.Equal("a=1", Text(await first));
        Assert.Equal("d=4 c=3", Text(await second));
        Assert.Equal("b=2", Text(await third));
        Assert.False(fourth.IsCompleted);
        Assert.False(await board.ExistsAsync());

        await board.IncrementAsync("x", 5);
        Assert.Equal("x=5", Text(await fourth));
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task One_that_waits_for_several_takes_what_there_is()
    {
        await using var world = new BoardWorld();
        var pop = world["board"].PopAsync(10, waitingTime: ForEver).AsTask();

        await world["board"].AddAsync(Entries(2, 1));

        Assert.Equal("b=1 a=2", Text(await pop));
    }

    [Fact]
    public async Task A_stored_range_a_renamed_key_and_a_committed_transaction_serve_those_who_wait()
    {
        await using var world = new BoardWorld();
        await world.FilledAsync("source", 1, 2);
        var first = world["board"].PopAsync(waitingTime: ForEver).AsTask();
        await world["source"].StoreRangeAsync("board", ..1);
        Assert.Equal("a=1", Text(await first));

        var second = world["board"].PopAsync(waitingTime: ForEver).AsTask();
        await world.Keyspace.Keys.RenameAsync("source", "board");
        Assert.Equal("a=1", Text(await second));
        await world["board"].DeleteAsync();

        var third = world["board"].PopAsync(waitingTime: ForEver).AsTask();
        await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.SortedSet("board").AddAsync("x", 9);
            await tx.SortedSet("board").AddAsync("y", 8);
            Assert.False(third.IsCompleted);
        });
        Assert.Equal("y=8", Text(await third));
        Assert.Equal("x=9", await world.TextAsync("board"));
    }

    [Fact]
    public async Task The_waiting_time_ends_with_nothing()
    {
        await using var world = new BoardWorld();
        var one = world["board"].PopAsync(waitingTime: Second).AsTask();
        var many = world["board"].PopAsync(3, waitingTime: 2 * Second).AsTask();

        world.Time.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(one.IsCompleted);
        world.Time.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Null(await one);
        Assert.False(many.IsCompleted);
        world.Time.Advance(Second);
        Assert.Empty(await many);

        await world["board"].AddAsync("a", 1);
        Assert.Equal("a=1", await world.TextAsync("board"));
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_has_popped_nothing()
    {
        await using var world = new BoardWorld();
        using var source = new CancellationTokenSource();
        var cancelled = world["board"].PopAsync(waitingTime: ForEver, cancellationToken: source.Token).AsTask();
        var next = world["board"].PopAsync(1, waitingTime: ForEver).AsTask();

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await world["board"].AddAsync(Entries(1, 2));

        Assert.Equal("a=1", Text(await next));
        Assert.Equal("b=2", await world.TextAsync("board"));
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task Pushed_is_popped_and_remaining_while_waiters_are_cancelled()
    {
        await using var keyspace = new Keyspace(new KeyspaceOptions { RandomSeed = 1 });
        var board = keyspace.SortedSet("board");
        const int Pushed = 4_000;
        var random = new Random(1);
        var popped = 0;

        var poppers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref popped) < Pushed / 2)
            {
                using var source = new CancellationTokenSource();
                var pop = board.PopAsync(waitingTime: ForEver, cancellationToken: source.Token).AsTask();
                if (!pop.IsCompleted) await source.CancelAsync();
                try
                {
                    if (await pop is not null) Interlocked.Increment(ref popped);
                }
                catch (OperationCanceledException)
                {
                }
            }
        })).ToArray();
        for (var i = 0; i < Pushed; i++) await board.AddAsync(i, random.Next(10));
        await Task.WhenAll(poppers);

        Assert.Equal(Pushed, popped + await board.CountAsync());
    }

    [Fact]
    public async Task Zero_waiting_time_does_not_wait()
    {
        await using var world = new BoardWorld();

        Assert.True(world["board"].PopAsync() is { IsCompletedSuccessfully: true, Result: null });
        Assert.True(world["board"].PopAsync(3) is { IsCompletedSuccessfully: true, Result: [] });
        Assert.Equal(0, world.Waiting);
    }

    [Fact]
    public async Task In_a_transaction_nobody_waits()
    {
        await using var world = new BoardWorld();

        await world.Keyspace.TransactAsync(async tx =>
        {
            var board = tx.SortedSet("board");
            Assert.Null(await board.PopAsync(waitingTime: ForEver));
            Assert.Empty(await board.PopAsync(2, waitingTime: ForEver));
            await board.AddAsync(Entries(1, 2, 3));
            Assert.Equal("a=1", Text(await board.PopAsync(waitingTime: ForEver)));
            Assert.Equal("c=3 b=2", Text(await board.PopAsync(5, SortedSetEnd.Highest, ForEver)));
        });
        Assert.False(await world["board"].ExistsAsync());
    }

    [Fact]
    public async Task A_waiter_stays_when_a_string_comes_to_stand_at_its_key()
    {
        await using var world = new BoardWorld();
        var pop = world["board"].PopAsync(2, waitingTime: ForEver).AsTask();

        await world.Keyspace.Strings.SetAsync("board", "text");
        Assert.False(pop.IsCompleted);
        await world["board"].DeleteAsync();
        await world["board"].AddAsync("a", 1);

        Assert.Equal("a=1", Text(await pop));
    }
}
