namespace KvEmbedded.Redis.Connection;

internal sealed partial class ServerDoor
{
    /// <summary>Tries until there is a result, or the waiting time is over.</summary>
    /// <param name="attempt">One command that does not wait. It is let run to its end: what it has taken is delivered.</param>
    /// <param name="isThere">True if its result is one.</param>
    /// <param name="waitingTime">Checked; zero tries once.</param>
    /// <returns>The first result there is; the last attempt's when the time is over.</returns>
    /// <remarks>
    /// One connection carries the commands of all callers, so none may block it. This tries at once, then after
    /// <see cref="RedisKeyspaceOptions.PollIntervalMin"/>, then after twice that and so on, up to
    /// <see cref="RedisKeyspaceOptions.PollIntervalMax"/>, and a last time exactly when the waiting time ends. Tokens are
    /// observed between attempts alone, so a wait that is cancelled or over has taken nothing. Callers that wait are not
    /// served in the order in which they came.
    /// </remarks>
    public async ValueTask<TResult> PollAsync<TResult>(
        Func<CancellationToken, ValueTask<TResult>> attempt, Func<TResult, bool> isThere, TimeSpan waitingTime,
        CancellationToken cancellationToken)
    {
        var timeProvider = link.TimeProvider;
        var (start, interval) = (timeProvider.GetTimestamp(), link.Options.PollIntervalMin);
        CancellationTokenSource? either = null;
        try
        {
            while (true)
            {
                var result = await attempt(cancellationToken).ConfigureAwait(false);
                if (isThere(result) || waitingTime == TimeSpan.Zero) return result;

                var left = waitingTime == Timeout.InfiniteTimeSpan ? interval : waitingTime - timeProvider.GetElapsedTime(start);
                if (left <= TimeSpan.Zero) return result;

                either ??= CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, link.Closing);
                await Task.Delay(WholeMilliseconds(Min(left, interval)), timeProvider, either.Token).ConfigureAwait(false);
                interval = Min(interval * 2, link.Options.PollIntervalMax);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && link.IsClosed)
        {
            throw ServerLink.Disposed();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            either?.Dispose();
        }
    }

    /// <summary>Rounded up: a delay of less than a millisecond would be none.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(ServerTime.Milliseconds(time));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
