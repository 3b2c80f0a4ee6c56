using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

public sealed class BoundedFeedTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_capacity_below_one_is_refused(int capacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BoundedFeed<int>(capacity, FullMode.DropOldest));

    [Fact]
    public async Task An_error_ends_the_enumeration_after_the_buffered_items()
    {
        var feed = new BoundedFeed<int>(10, FullMode.DropOldest);
        feed.TryPublish(1);
        feed.TryPublish(2);
        Assert.True(feed.Complete(new IOException("gone")));
        Assert.False(feed.Complete(new IOException("again")));
        Assert.False(feed.TryPublish(3));
        var read = new List<int>();
        var error = await Assert.ThrowsAsync<IOException>(() => ReadInto(read, feed, TestContext.Current.CancellationToken));
        Assert.Equal("gone", error.Message);
        Assert.Equal([1, 2], read);
        Assert.Equal(0, feed.Dropped);
    }

    [Fact]
    public async Task The_exception_of_a_reader_that_fell_behind_is_the_owners_choice()
    {
        var feed = new BoundedFeed<int>(3, FullMode.End, overflow: buffered => new TimeoutException($"{buffered} unread"));
        for (var item = 1; item <= 4; item++) Assert.Equal(item <= 3, feed.TryPublish(item));
        var read = new List<int>();
        var error = await Assert.ThrowsAsync<TimeoutException>(() => ReadInto(read, feed, TestContext.Current.CancellationToken));
        Assert.Equal("3 unread", error.Message);
        Assert.Equal([1, 2, 3], read);
        Assert.Equal(1, feed.Dropped);
    }

    [Fact]
    public async Task A_reader_that_leaves_early_can_be_followed_by_another()
    {
        var feed = new BoundedFeed<int>(10, FullMode.DropOldest);
        for (var item = 1; item <= 4; item++) feed.TryPublish(item);
        await foreach (var item in feed.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (item == 2) break;
        }

        feed.Complete();
        var read = new List<int>();
        await ReadInto(read, feed, TestContext.Current.CancellationToken);
        Assert.Equal([3, 4], read);
    }

    [Fact]
    public async Task A_second_reader_at_the_same_time_is_refused_and_does_no_harm()
    {
        var feed = new BoundedFeed<int>(10, FullMode.DropOldest);
        feed.TryPublish(1);
        await using var first = feed.ReadAllAsync().GetAsyncEnumerator();
        Assert.True(await first.MoveNextAsync());
        await using var second = feed.ReadAllAsync().GetAsyncEnumerator();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await second.MoveNextAsync());
        Assert.Equal("This subscription is being read already. Subscribe once for each reader.", error.Message);
        feed.TryPublish(2);
        Assert.True(await first.MoveNextAsync());
        Assert.Equal(2, first.Current);
    }

    // The token of the first enumeration is cancelled while the second one waits.
    [Fact]
    public async Task A_token_of_an_enumeration_that_is_over_does_not_end_the_next_one()
    {
        var scheduled = new Queue<IThreadPoolWorkItem>();
        var feed = new BoundedFeed<int>(10, FullMode.DropOldest, scheduled.Enqueue);
        using var cancellation = new CancellationTokenSource();
        feed.TryPublish(1);
        await foreach (var _ in feed.ReadAllAsync(cancellation.Token)) break;

        await using var reader = feed.ReadAllAsync().GetAsyncEnumerator();
        var next = reader.MoveNextAsync();
        await cancellation.CancelAsync();
        Assert.Empty(scheduled);
        Assert.False(next.IsCompleted);
        feed.TryPublish(2);
        scheduled.Dequeue().Execute();
        Assert.True(await next);
    }

    [Theory]
    [InlineData(FullMode.DropOldest)]
    [InlineData(FullMode.DropNewest)]
    public void A_subscriber_that_never_reads_holds_no_more_than_the_capacity(FullMode mode)
    {
        var feed = new BoundedFeed<object>(100, mode, static _ => { });
        var reading = feed.ReadAllAsync().GetAsyncEnumerator().MoveNextAsync(); // it waits, and its turn never comes
        var published = PublishMany(feed, 10_000);
        GC.Collect();
        Assert.Equal(100, published.Count(item => item.IsAlive));
        Assert.Equal(mode == FullMode.DropOldest, published[^1].IsAlive);
        Assert.Equal(100, feed.Count);
        Assert.Equal(9_900, feed.Dropped);

        for (var item = 0; item < 100_000; item++)
        {
            feed.TryPublish(this);
            Assert.InRange(feed.MemoryBytes, 100 * 8, 4 * 100 * 8);
        }

        Assert.Equal(109_900, feed.Dropped);
        Assert.False(reading.IsCompleted);
        GC.KeepAlive(feed);
    }

    [Fact]
    public async Task An_item_that_was_read_is_let_go()
    {
        var feed = new BoundedFeed<object>(100, FullMode.DropOldest);
        var published = PublishMany(feed, 10);
        await ReadSome(feed, 10);
        GC.Collect();
        Assert.DoesNotContain(published, item => item.IsAlive);
        GC.KeepAlive(feed);
    }

    [Theory]
    [InlineData(FullMode.DropOldest, 4)]
    [InlineData(FullMode.DropOldest, 1000)]
    [InlineData(FullMode.DropNewest, 4)]
    [InlineData(FullMode.DropNewest, 1000)]
    public async Task On_two_threads_nothing_is_lost_but_what_is_counted_and_the_order_is_kept(FullMode mode, int capacity)
    {
        const int count = 500_000;
        var feed = new BoundedFeed<(int Number, int Again)>(capacity, mode);
        var publisher = Task.Run(() =>
        {
            for (var item = 1; item <= count; item++)
            {
                feed.TryPublish((item, item));
                if (item % 1000 == 0) Thread.Yield(); // so that the reader sees the buffer empty too
            }

            feed.Complete();
        }, TestContext.Current.CancellationToken);

        var (read, last) = (0L, 0);
        await foreach (var (number, again) in feed.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.True(number > last && number == again);
            (last, read) = (number, read + 1);
        }

        await publisher;
        Assert.Equal(count, read + feed.Dropped);
        if (mode == FullMode.DropOldest) Assert.Equal(count, last);
    }

    // One item at a time, there and back: every publication finds the reader waiting, about to wait, or just woken.
    [Fact]
    public async Task On_two_threads_no_wake_up_is_lost()
    {
        const int count = 100_000;
        var (there, back) = (new BoundedFeed<int>(1, FullMode.End), new BoundedFeed<int>(1, FullMode.End));
        var echo = Task.Run(async () =>
        {
            await foreach (var item in there.ReadAllAsync()) back.TryPublish(item);
            back.Complete();
        }, TestContext.Current.CancellationToken);

        there.TryPublish(1);
        var next = 1;
        await foreach (var item in back.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal(next++, item);
            if (next <= count) there.TryPublish(next);
            else there.Complete();
        }

        Assert.Equal(count + 1, next);
        await echo;
    }

    // Each item comes as soon as the one before was taken: while the reader is about to wait, and has looked already.
    [Fact(Timeout = 120_000)]
    public async Task On_two_threads_news_that_come_while_the_reader_lies_down_wake_it()
    {
        const int count = 200_000;
        var feed = new BoundedFeed<int>(1, FullMode.End);
        var token = TestContext.Current.CancellationToken;
        var publisher = Task.Run(() =>
        {
            var spins = new SpinWait();
            for (var item = 1; item <= count; item++, spins.Reset())
            {
                while (feed.Count != 0 && !token.IsCancellationRequested) spins.SpinOnce(sleep1Threshold: -1);
                feed.TryPublish(item);
            }

            feed.Complete();
        }, token);

        var last = 0;
        await foreach (var item in feed.ReadAllAsync(token)) Assert.Equal(++last, item);
        Assert.Equal(count, last);
        await publisher;
    }

    [Fact]
    public async Task On_two_threads_a_cancellation_always_ends_the_wait()
    {
        for (var round = 0; round < 5_000; round++)
        {
            var feed = new BoundedFeed<int>(1, FullMode.DropOldest);
            using var cancellation = new CancellationTokenSource();
            var cancelling = Task.Run(cancellation.Cancel, TestContext.Current.CancellationToken);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadInto([], feed, cancellation.Token));
            await cancelling;
        }
    }

    [Fact]
    public void The_execution_context_of_the_awaiter_flows_where_it_is_asked_for()
    {
        var local = new AsyncLocal<string>();
        var scheduled = new Queue<IThreadPoolWorkItem>();
        var signal = new BoundedFeedSignal(scheduled.Enqueue);
        IValueTaskSource source = signal;
        foreach (var (token, flags, expected) in new[]
        {
            ((short)1, ValueTaskSourceOnCompletedFlags.None, "waker"),
            ((short)3, ValueTaskSourceOnCompletedFlags.FlowExecutionContext, "awaiter"),
        })
        {
            string? seen = null;
            signal.Arm();
            local.Value = "awaiter";
            source.OnCompleted(_ => seen = local.Value, null, token, flags);
            local.Value = "waker";
            signal.Wake();
            Assert.Null(seen);
            scheduled.Dequeue().Execute();
            Assert.Equal(expected, seen);
            End(source, token);
            Assert.Equal("waker", local.Value);
        }
    }

    [Fact]
    public void A_wait_can_be_awaited_once_and_not_read_before_its_end()
    {
        var signal = new BoundedFeedSignal(static work => work.Execute());
        IValueTaskSource source = signal;
        var wait = signal.Arm();
        Assert.False(wait.IsCompleted);
        Says("The wait has not ended yet.", () => End(source, 1));
        source.OnCompleted(static _ => { }, null, 1, ValueTaskSourceOnCompletedFlags.None);
        Says("The wait is awaited already.", () => source.OnCompleted(static _ => { }, null, 1, ValueTaskSourceOnCompletedFlags.None));
        signal.Wake();
        Assert.True(wait.IsCompleted);
        End(source, 1);
        Says("This wait is over; it can be awaited once.", () => End(source, 1));
        Says("This wait is over; it can be awaited once.", () => source.GetStatus(1));

        static void Says(string text, Action wrong) => Assert.Equal(text, Assert.Throws<InvalidOperationException>(wrong).Message);
    }

    private static void End(IValueTaskSource source, short token) => source.GetResult(token);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] PublishMany(BoundedFeed<object> feed, int count)
    {
        var published = new WeakReference[count];
        for (var number = 0; number < count; number++)
        {
            var item = new object();
            published[number] = new WeakReference(item);
            feed.TryPublish(item);
        }

        return published;
    }

    private static async Task ReadInto<T>(List<T> read, BoundedFeed<T> feed, CancellationToken cancellationToken)
    {
        await foreach (var item in feed.ReadAllAsync(cancellationToken)) read.Add(item);
    }

    private static async Task ReadSome(BoundedFeed<object> feed, int count)
    {
        await foreach (var _ in feed.ReadAllAsync())
        {
            if (--count == 0) return;
        }
    }
}
