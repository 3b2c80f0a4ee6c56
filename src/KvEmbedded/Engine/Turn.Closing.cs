namespace KvEmbedded.Engine;

/// <summary>The end of the store.</summary>
internal sealed partial class Turn
{
    /// <summary>Ends every wait and every subscription with <paramref name="reason"/>, stops the clockwork, lets the data go.</summary>
    public void Close(Exception reason)
    {
        timers.Dispose();
        monitor.Dispose();
        Waiters.FailAll(reason);
        events.Close(reason);
        gate.Close();
        RemoveAll();
        now = 0;
    }
}
