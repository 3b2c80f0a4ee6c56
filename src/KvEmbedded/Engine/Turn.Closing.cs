namespace KvEmbedded.Engine;

/// <summary>The end of the store.</summary>
internal sealed partial class Turn
{
    /// <summary>Ends every wait and every subscription with what <paramref name="reason"/> makes, stops the clockwork, lets the data go.</summary>
    public void Close(Func<Exception> reason)
    {
        timers.Dispose();
        monitor.Dispose();
        Waiters.FailAll(reason);
        events.Close(reason);
        channels.Close(reason);
        gate.Close();
        RemoveAll();
        now = 0;
    }
}
