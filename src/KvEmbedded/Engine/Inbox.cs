namespace KvEmbedded.Engine;

/// <summary>
/// Commands that found the loop busy, in order of arrival. Any thread posts; only the holder of the loop takes.
/// </summary>
/// <remarks>
/// Posting pushes on a stack with one compare-and-swap (Treiber, 1986); taking grabs the whole stack at once and turns it
/// round, so that what one thread posted comes out in its program order.
/// </remarks>
internal sealed class Inbox
{
    // Posters' side.
    private QueuedCommand? posted;

    // The holder's side: grabbed and turned round, oldest first.
    private QueuedCommand? pending;

    /// <summary>True if nothing waits. Exact for the holder; for others a moment's view that includes their own posts.</summary>
    public bool IsEmpty => Volatile.Read(ref posted) is null && Volatile.Read(ref pending) is null;

    public void Post(QueuedCommand command)
    {
        var top = Volatile.Read(ref posted);
        while (true)
        {
            command.Next = top;
            var seen = Interlocked.CompareExchange(ref posted, command, top);
            if (ReferenceEquals(seen, top)) return;
            top = seen;
        }
    }

    /// <summary>The oldest command, or null. Only the holder of the loop calls this.</summary>
    public QueuedCommand? Take()
    {
        var command = pending ?? Grab();
        if (command is null) return null;

        Volatile.Write(ref pending, command.Next);
        command.Next = null;
        return command;
    }

    private QueuedCommand? Grab()
    {
        if (Volatile.Read(ref posted) is null) return null;

        var newest = Interlocked.Exchange(ref posted, null);
        QueuedCommand? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }
}
