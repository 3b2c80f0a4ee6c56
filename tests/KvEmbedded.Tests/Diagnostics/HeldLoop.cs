namespace KvEmbedded.Tests.Diagnostics;

/// <summary>A transaction whose body sits on a thread of its own and holds the loop until it is told to end.</summary>
internal sealed class HeldLoop : IDisposable
{
    private readonly SemaphoreSlim entered = new(0);
    private readonly SemaphoreSlim gate = new(0);
    private readonly Thread thread;

    public HeldLoop(Keyspace keyspace)
    {
        thread = new Thread(() => keyspace.Transact(_ =>
        {
            entered.Release();
            gate.Wait();
        }))
        { IsBackground = true };
        thread.Start();
        entered.Wait();
    }

    /// <summary>Lets the body end, and waits until it has.</summary>
    public void Dispose()
    {
        gate.Release();
        thread.Join();
    }
}
