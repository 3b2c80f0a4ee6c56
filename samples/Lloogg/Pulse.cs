namespace Lloogg;

/// <summary>
/// A beat that reading can look at without waiting for it, and wait for beside something else. At most one beat is kept.
/// Once cancelled it beats without end: whoever waits has to look at the token.
/// </summary>
internal sealed class Pulse(TimeSpan period, TimeProvider time, CancellationToken cancellationToken) : IDisposable
{
    private readonly PeriodicTimer timer = new(period, time);
    private Task? next;

    /// <summary>Ends with the next beat, or when cancelled.</summary>
    public Task Next => next ??= timer.WaitForNextTickAsync(cancellationToken).AsTask();

    /// <summary>True once for each beat.</summary>
    public bool Beat()
    {
        if (!Next.IsCompleted) return false;
        next = null;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();
}
