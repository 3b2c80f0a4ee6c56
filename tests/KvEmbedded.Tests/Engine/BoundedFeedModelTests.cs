using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

/// <summary>
/// Every order of publishing, reading, running continuations, cancelling and ending up to a length, on one thread, beside
/// a plain queue.
/// </summary>
public sealed class BoundedFeedModelTests
{
    private const string Steps = "PRSCE"; // publish, read, run what is scheduled, cancel, end

    [Theory]
    [InlineData(FullMode.DropOldest, 1)]
    [InlineData(FullMode.DropOldest, 2)]
    [InlineData(FullMode.DropNewest, 1)]
    [InlineData(FullMode.DropNewest, 2)]
    [InlineData(FullMode.End, 1)]
    [InlineData(FullMode.End, 2)]
    public void Every_short_order_of_steps_does_what_a_plain_queue_does(FullMode mode, int capacity)
    {
        const int length = 6;
        for (var number = 0; number < Math.Pow(Steps.Length, length); number++)
        {
            var rest = number;
            var program = string.Create(length, 0, (chars, _) =>
            {
                for (var at = 0; at < length; at++, rest /= Steps.Length) chars[at] = Steps[rest % Steps.Length];
            });
            new World(mode, capacity, program).Run();
        }
    }

    // Enough items to go through several segments of the buffer, and readers that lag behind by any number.
    [Theory]
    [InlineData(FullMode.DropOldest, 40)]
    [InlineData(FullMode.DropNewest, 40)]
    [InlineData(FullMode.DropOldest, 700)]
    [InlineData(FullMode.End, 3000)]
    public void Long_random_orders_do_what_a_plain_queue_does(FullMode mode, int capacity)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var program = string.Concat(Enumerable.Range(0, 60).Select(_ =>
                new string("PRS"[random.Next(3)], random.Next(capacity)) + "S"));
            new World(mode, capacity, program).Run();
        }
    }

    private sealed class World
    {
        private readonly Queue<IThreadPoolWorkItem> scheduled = [];
        private readonly Queue<int> buffered = [];
        private readonly CancellationTokenSource cancellation = new();
        private readonly BoundedFeed<int> feed;
        private readonly IAsyncEnumerator<int> reader;
        private readonly FullMode mode;
        private readonly int capacity;
        private readonly string program;
        private ValueTask<bool>? pending;
        private bool isOver, hasEnded, hasOverflowed;
        private int published, dropped;

        public World(FullMode mode, int capacity, string program)
        {
            (this.mode, this.capacity, this.program) = (mode, capacity, program);
            feed = new BoundedFeed<int>(capacity, mode, scheduled.Enqueue);
            reader = feed.ReadAllAsync(cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        }

        public void Run()
        {
            foreach (var step in program)
            {
                Do(step);
                Check(feed.Count == buffered.Count, "buffered");
                Check(feed.Dropped == dropped, "dropped");
                Check(feed.HasEnded == hasEnded, "ended");
                Check(pending is not { IsCompleted: true }, "nothing runs on the stack of who wakes the reader");
            }
        }

        private void Do(char step)
        {
            switch (step)
            {
                case 'P': Publish(); break;
                case 'R' when pending is null && !isOver: Settle(reader.MoveNextAsync()); break;
                case 'S':
                    while (scheduled.TryDequeue(out var work)) work.Execute();
                    if (pending is { } read) Settle(read);
                    break;
                case 'C': cancellation.Cancel(); break;
                case 'E':
                    Check(feed.Complete() == !hasEnded, "the first end holds");
                    hasEnded = true;
                    break;
            }
        }

        private void Publish()
        {
            var fits = buffered.Count < capacity;
            Check(feed.TryPublish(++published) == (!hasEnded && (fits || mode == FullMode.DropOldest)), "publish");
            if (hasEnded) return;
            if (!fits)
            {
                dropped++;
                if (mode != FullMode.DropOldest)
                {
                    hasEnded = hasOverflowed = mode == FullMode.End;
                    return;
                }

                buffered.Dequeue();
            }

            buffered.Enqueue(published);
        }

        /// <summary>What a read answers that has begun, or that has had its chance to go on.</summary>
        private void Settle(ValueTask<bool> read)
        {
            var hasAnswer = cancellation.IsCancellationRequested || buffered.Count != 0 || hasEnded;
            Check(read.IsCompleted == hasAnswer, "a read waits if and only if there is no answer");
            pending = hasAnswer ? null : read;
            if (!hasAnswer) return;

            if (cancellation.IsCancellationRequested)
            {
                isOver = true;
                Assert.Equal(cancellation.Token, Throws<OperationCanceledException>(read).CancellationToken);
            }
            else if (buffered.TryDequeue(out var item))
            {
                Check(read.GetAwaiter().GetResult() && reader.Current == item, "the oldest item comes first");
            }
            else
            {
                isOver = true;
                if (!hasOverflowed) Check(!read.GetAwaiter().GetResult(), "the end");
                else Assert.StartsWith(
                    $"The subscription ended because its reader fell behind: {capacity} unread items are all it may buffer. ",
                    Throws<InvalidOperationException>(read).Message,
                    StringComparison.Ordinal);
            }
        }

        private static TException Throws<TException>(ValueTask<bool> read)
            where TException : Exception
            => Assert.ThrowsAny<TException>(() => read.GetAwaiter().GetResult());

        private void Check(bool holds, string what) => Assert.True(holds, holds ? "" : $"{program}: {what}");
    }
}
