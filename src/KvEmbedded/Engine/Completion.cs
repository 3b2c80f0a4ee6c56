using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace KvEmbedded.Engine;

/// <summary>
/// The caller's side of a command that could not run at once: a <see cref="ValueTask{TResult}"/> source whose
/// continuation is scheduled, never run on the loop, and which a caller may also wait for synchronously.
/// </summary>
/// <remarks>
/// A command is in one of the states below; who moves it out of <c>Waiting</c> by compare-and-swap decides whether it is
/// run or cancelled, so exactly one of the two happens.
/// </remarks>
internal abstract class Completion<TResult> : QueuedCommand, IValueTaskSource<TResult>, IThreadPoolWorkItem, ISynchronousWait
{
    private const int Waiting = 0, Started = 1, Cancelled = 2;

    private static readonly Action<object?> Ended = static _ => throw new UnreachableException();

    private int stage;
    private short version;
    private Action<object?>? continuation;
    private object? continuationState;
    private ExecutionContext? executionContext;
    private object? schedulingContext;
    private CancellationToken cancellationToken;
    private CancellationTokenRegistration registration;
    private SemaphoreSlim? synchronousWaiter;
    private TResult result = default!;
    private ExceptionDispatchInfo? error;

    /// <summary>The caller's task.</summary>
    public ValueTask<TResult> Task => new(this, version);

    public bool IsCompleted => ReferenceEquals(Volatile.Read(ref continuation), Ended);

    /// <summary>True if the object may serve another command after this one: nothing else can still hold it.</summary>
    protected bool IsReusable { get; private set; } = true;

    protected CancellationToken CancellationToken => cancellationToken;

    /// <summary>Where the caller's continuation runs.</summary>
    public CommandScheduler Scheduler { get; set; } = CommandScheduler.Pool;

    /// <summary>Lets <paramref name="token"/> end the command for as long as it waits. Call after everything else is set.</summary>
    public void ObserveCancellation(CancellationToken token)
    {
        if (!token.CanBeCanceled) return;
        cancellationToken = token;
        registration = token.UnsafeRegister(static self => ((Completion<TResult>)self!).OnCancel(), this);
    }

    /// <summary>Lets go of the token of a command that was refused: nothing will ever run or end it.</summary>
    public void StopObserving() => registration.Unregister();

    /// <summary>Makes a semaphore be released when the command ends, for a caller that waits on its own thread.</summary>
    public void WaitSynchronously()
    {
        IsReusable = false;
        synchronousWaiter = new SemaphoreSlim(0);
    }

    SemaphoreSlim ISynchronousWait.Signal => synchronousWaiter!;

    /// <summary>True if a thread waits for this synchronously.</summary>
    protected bool IsSynchronous => synchronousWaiter is not null;

    /// <summary>Runs what only the waiting thread may run, once the loop has been given to it.</summary>
    public virtual bool TryRunGranted(Dispatcher dispatcher) => false;

    /// <summary>Wakes the thread that waits synchronously, so that it looks for what it was granted.</summary>
    protected void WakeSynchronousWaiter() => synchronousWaiter!.Release();

    public override bool TryStart() =>
        !cancellationToken.CanBeCanceled || Interlocked.CompareExchange(ref stage, Started, Waiting) == Waiting;


    public override void Abort(Exception reason)
    {
        if (TryStart()) Fail(reason);
    }

    /// <summary>The token has fired after the command was started: only one that is parked has something to do.</summary>
    protected virtual void OnCancelAfterStart()
    {
    }

    /// <summary>Puts the object back to where it came from; called once its result has been read.</summary>
    protected virtual void Recycle()
    {
    }

    public void Complete(TResult value)
    {
        result = value;
        End();
    }

    public void Fail(Exception exception)
    {
        error = ExceptionDispatchInfo.Capture(exception);
        End();
    }

    ValueTaskSourceStatus IValueTaskSource<TResult>.GetStatus(short token)
    {
        Check(token);
        if (!IsCompleted) return ValueTaskSourceStatus.Pending;
        return error is null ? ValueTaskSourceStatus.Succeeded
            : error.SourceException is OperationCanceledException ? ValueTaskSourceStatus.Canceled
            : ValueTaskSourceStatus.Faulted;
    }

    TResult IValueTaskSource<TResult>.GetResult(short token)
    {
        Check(token);
        if (!IsCompleted) throw new InvalidOperationException("The command has not ended yet. Await its ValueTask.");
        var (value, failure) = (result, error);
        if (IsReusable)
        {
            Reset();
            Recycle();
        }

        failure?.Throw();
        return value;
    }

    void IValueTaskSource<TResult>.OnCompleted(
        Action<object?> action, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        Check(token);
        if (Volatile.Read(ref continuation) is { } present && !ReferenceEquals(present, Ended)) throw AwaitedTwice();
        continuationState = state;
        if ((flags & ValueTaskSourceOnCompletedFlags.FlowExecutionContext) != ValueTaskSourceOnCompletedFlags.None)
            executionContext = ExecutionContext.Capture();
        if ((flags & ValueTaskSourceOnCompletedFlags.UseSchedulingContext) != ValueTaskSourceOnCompletedFlags.None)
            schedulingContext = CurrentSchedulingContext();

        var seen = Interlocked.CompareExchange(ref continuation, action, null);
        if (seen is null) return;
        if (!ReferenceEquals(seen, Ended)) throw AwaitedTwice();
        Scheduler.Schedule(new Continuation(action, state, executionContext, schedulingContext));
    }

    void IThreadPoolWorkItem.Execute()
    {
        // Everything is read before the continuation runs: it will read the result, and the object may then serve another.
        var (action, state) = (scheduled!, continuationState);
        scheduled = null;
        if (executionContext is null && schedulingContext is null)
            action(state);
        else
            new Continuation(action, state, executionContext, schedulingContext).Execute();
    }

    // The continuation that End found, while the pool has the object.
    private Action<object?>? scheduled;

    private void OnCancel()
    {
        if (Interlocked.CompareExchange(ref stage, Cancelled, Waiting) == Waiting)
        {
            // The inbox still links the object: it is not used again.
            IsReusable = false;
            error = ExceptionDispatchInfo.Capture(new OperationCanceledException(cancellationToken));
            Signal();
        }
        else
        {
            OnCancelAfterStart();
        }
    }

    private void End()
    {
        // A callback that is running, or has run, may still hold the object.
        if (cancellationToken.CanBeCanceled && !registration.Unregister()) IsReusable = false;
        Signal();
    }

    private void Signal()
    {
        var waiter = synchronousWaiter;
        var found = Interlocked.Exchange(ref continuation, Ended);

        // From here on the object may already serve another command, unless its caller still waits to be continued.
        waiter?.Release();
        if (found is null) return;
        scheduled = found;
        Scheduler.Schedule(this);
    }

    private void Reset()
    {
        version++;
        stage = Waiting;
        result = default!;
        error = null;
        continuationState = null;
        executionContext = null;
        schedulingContext = null;
        cancellationToken = default;
        registration = default;
        Volatile.Write(ref continuation, null);
    }

    private void Check(short token)
    {
        if (token != version) throw AwaitedTwice();
    }

    private static InvalidOperationException AwaitedTwice() => new("A ValueTask may be awaited once only.");

    private static object? CurrentSchedulingContext()
    {
        if (SynchronizationContext.Current is { } context && context.GetType() != typeof(SynchronizationContext)) return context;
        return TaskScheduler.Current == TaskScheduler.Default ? null : TaskScheduler.Current;
    }
}
