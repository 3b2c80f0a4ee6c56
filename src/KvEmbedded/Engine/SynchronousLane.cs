namespace KvEmbedded.Engine;

/// <summary>What a thread can wait for in the synchronous lane.</summary>
internal interface ISynchronousWait
{
    bool IsCompleted { get; }

    /// <summary>Released when the wait has ended, or when the waiting thread has something to do.</summary>
    SemaphoreSlim Signal { get; }

    /// <summary>Runs what must run on the waiting thread and has been given the loop for it; false if there is nothing.</summary>
    bool TryRunGranted(Dispatcher dispatcher);
}

/// <summary>
/// Threads that wait for their command synchronously. They need no pool thread to make progress: a loop that has been
/// handed over is claimed by one of them, should the pool be late.
/// </summary>
internal sealed class SynchronousLane
{
    private readonly LinkedList<ISynchronousWait> waiting = new();
    private int count;

    public void Wait(ISynchronousWait wait, Dispatcher dispatcher)
    {
        var place = new LinkedListNode<ISynchronousWait>(wait);
        lock (waiting) waiting.AddLast(place);
        Interlocked.Increment(ref count);
        try
        {
            while (!wait.IsCompleted)
            {
                if (wait.TryRunGranted(dispatcher)) continue;
                if (dispatcher.TryClaim())
                    dispatcher.Drain(wait);
                else
                    wait.Signal.Wait();
            }
        }
        finally
        {
            lock (waiting) waiting.Remove(place);
            Interlocked.Decrement(ref count);

            // The wake-up meant for this thread must not end with it.
            if (dispatcher.IsHandedOver) WakeOne();
        }
    }

    /// <summary>Lets one waiting thread look whether it should run the loop.</summary>
    public void WakeOne()
    {
        if (Volatile.Read(ref count) == 0) return;
        lock (waiting) waiting.First?.Value.Signal.Release();
    }
}
