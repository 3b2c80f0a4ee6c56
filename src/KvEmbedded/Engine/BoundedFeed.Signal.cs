using System.Diagnostics;
using System.Threading.Tasks.Sources;

namespace KvEmbedded.Engine;

/// <summary>
/// Lets one reader wait for "look again", and any thread say so. It carries no answer: who is woken looks at the feed, so
/// that a wake-up too many is harmless.
/// </summary>
/// <remarks>
/// A wait is armed once and ended once, by whoever moves <c>armed</c> back: a waker, or the reader that takes it back. No
/// wake-up is lost: the waker writes its news, then looks at <c>armed</c>; the reader arms, then looks for news; full fences
/// lie between. The continuation always goes through the scheduler, never on the waker's stack. It is awaited without a
/// scheduling context; the execution context is captured where the awaiter asks for it.
/// </remarks>
/// <param name="schedule">Takes the continuation over and returns at once.</param>
internal sealed class BoundedFeedSignal(Action<IThreadPoolWorkItem> schedule) : IValueTaskSource, IThreadPoolWorkItem
{
    private static readonly Action<object?> Ended = static _ => throw new UnreachableException();

    private int armed;
    private short version;

    /// <summary>Null while nobody awaits, then the continuation, then <see cref="Ended"/>.</summary>
    private Action<object?>? continuation;
    private Action<object?>? scheduled;
    private object? argument;
    private ExecutionContext? context;

    /// <summary>The reader's: begins a wait. It must then be awaited, unless it is taken back.</summary>
    public ValueTask Arm()
    {
        continuation = null;
        version++;
        Interlocked.Exchange(ref armed, 1);
        return new ValueTask(this, version);
    }

    /// <summary>The reader's: takes the wait back. False if somebody is ending it: then it must be awaited.</summary>
    public bool TryTakeBack() => Interlocked.Exchange(ref armed, 0) == 1;

    /// <summary>Ends the wait if there is one. Call it after the news is written.</summary>
    public void Wake()
    {
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref armed) == 0 || Interlocked.Exchange(ref armed, 0) == 0) return;
        if (Interlocked.Exchange(ref continuation, Ended) is { } waiting) Schedule(waiting);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token)
    {
        RequireCurrent(token);
        return HasEnded ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;
    }

    void IValueTaskSource.GetResult(short token)
    {
        RequireCurrent(token);
        if (!HasEnded) throw new InvalidOperationException("The wait has not ended yet.");
        version++; // a second look at this wait is refused
    }

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        RequireCurrent(token);
        Debug.Assert(!flags.HasFlag(ValueTaskSourceOnCompletedFlags.UseSchedulingContext), "Await with ConfigureAwait(false).");
        argument = state;
        context = flags.HasFlag(ValueTaskSourceOnCompletedFlags.FlowExecutionContext) ? ExecutionContext.Capture() : null;
        var before = Interlocked.CompareExchange(ref this.continuation, continuation, null);
        if (before is null) return;
        if (!ReferenceEquals(before, Ended)) throw new InvalidOperationException("The wait is awaited already.");
        Schedule(continuation);
    }

    void IThreadPoolWorkItem.Execute()
    {
        // The continuation may begin the next wait, so nothing of this one may stay behind.
        var (run, state, flowed) = (scheduled!, argument, context);
        (scheduled, argument, context) = (null, null, null);
        if (flowed is null)
            run(state);
        else
            RunIn(flowed, run, state);
    }

    private static void RunIn(ExecutionContext flowed, Action<object?> run, object? state) =>
        ExecutionContext.Run(flowed, _ => run(state), null);

    private bool HasEnded => ReferenceEquals(Volatile.Read(ref continuation), Ended);

    private void Schedule(Action<object?> waiting)
    {
        scheduled = waiting;
        schedule(this);
    }

    private void RequireCurrent(short token)
    {
        if (token != version) throw new InvalidOperationException("This wait is over; it can be awaited once.");
    }
}
