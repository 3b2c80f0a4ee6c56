using KvEmbedded.Engine;

namespace KvEmbedded;

/// <summary>A subscription whose messages a handler is called with, one at a time, in order.</summary>
/// <remarks>
/// It lasts until it is disposed or the keyspace is; in the latter case what is buffered is still handled. The handler runs
/// on the thread pool, in no caller's execution context.
/// </remarks>
public sealed class HandlerSubscription : IAsyncDisposable
{
    // The subscription whose handler the current flow is in.
    private static readonly AsyncLocal<HandlerSubscription?> Inside = new();

    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<ValueTask> unsubscribe;
    private readonly Func<long> dropped;
    private readonly Action<Exception> report;
    private long failed;
    private volatile bool isStopped;

    private HandlerSubscription(Func<ValueTask> unsubscribe, Func<long> dropped, Action<Exception> report)
    {
        this.unsubscribe = unsubscribe;
        this.dropped = dropped;
        this.report = report;
    }

    /// <summary>Messages lost so far because the buffer was full.</summary>
    public long DroppedCount => dropped();

    /// <summary>Messages whose handler has thrown.</summary>
    public long FailedCount => Volatile.Read(ref failed);

    /// <summary>
    /// Ends when no handler runs any more and none will: well if the subscription was disposed, else with the reason, which
    /// is <see cref="ObjectDisposedException"/> if the keyspace was disposed and <see cref="InvalidOperationException"/> if
    /// the handler fell behind under <see cref="FullMode.End"/>.
    /// </summary>
    public Task Completion => ended.Task;

    /// <summary>A handler that ends when it returns, as one that can be awaited.</summary>
    internal static Func<T, ValueTask> Awaitable<T>(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return news =>
        {
            handler(news);
            return ValueTask.CompletedTask;
        };
    }

    /// <summary>Begins to call <paramref name="handler"/>; not on this thread.</summary>
    /// <param name="report">Told of what handlers throw.</param>
    internal static HandlerSubscription Start<T>(
        Subscription<T> subscription, Func<T, ValueTask> handler, CommandScheduler scheduler, Action<Exception> report)
    {
        var handling = new HandlerSubscription(subscription.DisposeAsync, () => subscription.DroppedCount, report);
        scheduler.Schedule(new Pump<T>(handling, subscription, handler));
        return handling;
    }

    /// <summary>Ends the subscription: no handler is begun any more, what is buffered is let go.</summary>
    /// <returns>Ends when the handler that runs has ended; within that handler, at once.</returns>
    public async ValueTask DisposeAsync()
    {
        isStopped = true;
        await unsubscribe().ConfigureAwait(false);
        if (!ReferenceEquals(Inside.Value, this)) await ended.Task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task HandleAllAsync<T>(Subscription<T> subscription, Func<T, ValueTask> handler)
    {
        Inside.Value = this;
        try
        {
            await foreach (var news in ((IAsyncEnumerable<T>)subscription).ConfigureAwait(false))
            {
                if (isStopped) break;
                try
                {
                    await handler(news).ConfigureAwait(false);
                }
                catch (Exception exception)
                {
                    Volatile.Write(ref failed, failed + 1);
                    report(exception);
                }
            }

            ended.TrySetResult();
        }
        catch (Exception) when (isStopped)
        {
            ended.TrySetResult();
        }
        catch (Exception reason)
        {
            ended.TrySetException(reason);
            _ = ended.Task.Exception; // Looked at: nobody need ask for it.
        }
    }

    private sealed class Pump<T>(HandlerSubscription handling, Subscription<T> subscription, Func<T, ValueTask> handler) : IThreadPoolWorkItem
    {
        public void Execute() => _ = handling.HandleAllAsync(subscription, handler);
    }
}
