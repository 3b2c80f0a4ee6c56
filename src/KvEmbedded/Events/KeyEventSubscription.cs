namespace KvEmbedded.Events;

/// <summary>One watcher.</summary>
internal abstract class KeyEventSubscription
{
    public abstract void Publish(KeyEvent change);

    public abstract void End(Exception reason);
}
