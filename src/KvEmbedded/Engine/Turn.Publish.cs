using KvEmbedded.Events;

namespace KvEmbedded.Engine;

/// <summary>What happens after a turn: those who wait for a key are served, those who watch are told.</summary>
internal sealed partial class Turn
{
    private readonly KeyEventHub events;
    private readonly List<KeyChange> changes = [];

    /// <summary>Reports that a command has changed a key. Nearly free while nobody listens.</summary>
    public void Changed(EncodedKey key, KeyEventKind kind) => Changed(key, kind, null);

    /// <summary>As <see cref="Changed(EncodedKey, KeyEventKind)"/>, with what was there before.</summary>
    public void Changed(EncodedKey key, KeyEventKind kind, KvValue? oldValue)
    {
        if (!IsListenedTo) return;
        changes.Add(new KeyChange(key, kind, oldValue));
        hasWork = true;
    }

    /// <summary>True if somebody waits for a key or watches events: then a change is worth an owned copy of its key.</summary>
    public bool IsListenedTo => Waiters.Count > 0 || events.IsObserved;

    private void Publish()
    {
        // Serving a waiter may change keys in turn; those changes are published in the next round.
        while (changes.Count > 0 || Waiters.HasReady)
        {
            for (var i = 0; i < changes.Count; i++)
            {
                var change = changes[i];
                events.Publish(new KeyEvent(change.Key.Bytes, change.Kind, change.OldValue));
                Waiters.Touched(change.Key);
            }

            changes.Clear();
            Waiters.ServeReady(this);

            // A served command may have closed it.
            gate.Open();
        }
    }

    private readonly record struct KeyChange(EncodedKey Key, KeyEventKind Kind, KvValue? OldValue);
}
