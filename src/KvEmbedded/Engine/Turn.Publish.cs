using KvEmbedded.Events;

namespace KvEmbedded.Engine;

/// <summary>What happens after a turn: those who wait for a key are served, those who watch are told.</summary>
internal sealed partial class Turn
{
    private readonly KeyEventHub events;
    private readonly ChannelHub channels;

    // Changes of keys and messages, in their one order.
    private readonly List<News> changes = [];

    // Commands that have been parked are tried again.
    private bool isServing;

    /// <summary>Reports that a command has changed a key. Nearly free while nobody listens.</summary>
    public void Changed(EncodedKey key, KeyEventKind kind) => Changed(key, kind, null);

    /// <summary>As <see cref="Changed(EncodedKey, KeyEventKind)"/>, with what was there before.</summary>
    public void Changed(EncodedKey key, KeyEventKind kind, KvValue? oldValue)
    {
        if (!IsListenedTo) return;
        changes.Add(new News(key, kind, oldValue));
        hasWork = true;
    }

    /// <summary>Sends a message to a channel when the turn ends, in order with the changes of keys.</summary>
    /// <returns>How many subscribers it goes to, as they are now.</returns>
    public long Send(EncodedKey channel, KvValue message)
    {
        var reached = channels.CountReached(channel);

        // In a transaction somebody may still come before the commit.
        if (reached == 0 && !IsRecording) return 0;
        changes.Add(new News(channel, null, message));
        hasWork = true;
        return reached;
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
                var news = changes[i];
                if (news.Kind is { } kind)
                {
                    events.Publish(new KeyEvent(news.Key.Bytes, kind, news.Value));
                    Waiters.Touched(news.Key);
                }
                else
                {
                    channels.Publish(news.Key, news.Value!.Value);
                }
            }

            changes.Clear();
            Serve();

            // A served command may have closed it.
            gate.Open();
        }
    }

    private void Serve()
    {
        isServing = true;
        try
        {
            Waiters.ServeReady(this);
        }
        finally
        {
            isServing = false;
        }
    }

    /// <summary>A change of a key, with what was there before; or, of no kind, a message to a channel.</summary>
    private readonly record struct News(EncodedKey Key, KeyEventKind? Kind, KvValue? Value);
}
