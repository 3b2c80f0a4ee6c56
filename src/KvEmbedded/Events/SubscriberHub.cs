using System.Collections.Immutable;
using KvEmbedded.Diagnostics;

namespace KvEmbedded.Events;

/// <summary>
/// Who is told of something. The subscribers are one immutable object, replaced as a whole: any thread comes and goes, and
/// the loop reads them without a lock.
/// </summary>
/// <typeparam name="TNews">What they are told.</typeparam>
/// <typeparam name="TSubscribers">All of them, in the form in which the loop looks them up; never changed.</typeparam>
internal abstract class SubscriberHub<TNews, TSubscribers> where TSubscribers : class
{
    private readonly LoopMonitor monitor;
    private readonly TSubscribers nobody;
    private TSubscribers subscribers;
    private Func<Exception>? closedBy;
    private long dropped;

    protected SubscriberHub(TSubscribers nobody, LoopMonitor monitor)
    {
        this.monitor = monitor;
        subscribers = this.nobody = nobody;
    }

    /// <summary>News that subscribers did not get because they were behind.</summary>
    public long Dropped => Volatile.Read(ref dropped);

    /// <summary>Those who are subscribed now.</summary>
    protected TSubscribers Subscribers => Volatile.Read(ref subscribers);

    /// <summary>
    /// Ends every subscription: after what is buffered its reader gets what <paramref name="reason"/> makes, each an exception of
    /// its own: one that many readers throw would mix their traces.
    /// </summary>
    public void Close(Func<Exception> reason)
    {
        Volatile.Write(ref closedBy, reason);
        foreach (var subscription in All(Interlocked.Exchange(ref subscribers, nobody))) subscription.End(reason());
    }

    /// <summary>From the return of this call on the subscriber is told.</summary>
    /// <param name="with">All, and this one.</param>
    /// <param name="without">All but this one.</param>
    /// <exception cref="ObjectDisposedException">The keyspace is closed.</exception>
    protected void Enter(
        Subscription<TNews> subscription, Func<TSubscribers, TSubscribers> with, Func<TSubscribers, TSubscribers> without)
    {
        subscription.Leave = () => ImmutableInterlocked.Update(ref subscribers, without);
        ImmutableInterlocked.Update(ref subscribers, with);

        // Looked at last: either this sees the end, or the end sees the subscription.
        if (Volatile.Read(ref closedBy) is not { } reason) return;
        subscription.Leave();
        throw reason();
    }

    /// <summary>Tells one of them, never waiting. The loop alone calls this.</summary>
    protected void Deliver(Subscription<TNews> subscription, TNews news)
    {
        var outcome = subscription.Publish(news);
        if (outcome == PublishOutcome.Kept) return;
        Volatile.Write(ref dropped, dropped + 1);
        if (outcome == PublishOutcome.FirstDropped) monitor.SubscriberIsBehind(subscription.Capacity);
        if (subscription.HasEnded) subscription.Leave!();
    }

    protected abstract IEnumerable<Subscription<TNews>> All(TSubscribers all);
}
