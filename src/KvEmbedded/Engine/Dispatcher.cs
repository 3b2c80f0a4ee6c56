using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KvEmbedded.Engine;

/// <summary>
/// The one loop: at any moment at most one thread holds it, and only its holder touches the store. Whoever finds it idle
/// takes it with one compare-and-swap and runs inline; whoever finds it busy leaves a command in the inbox, which the
/// holder drains before it lets go.
/// </summary>
/// <remarks>
/// Invariants: (1) a posted command is run by the holder, or by its own poster, who after posting tries to take the loop:
/// no wake-up is lost, since letting go is followed by a look at the inbox, with a full fence on either side. (2) What one
/// thread posts runs in its program order: inline running needs an empty inbox. (3) A holder that has drained its budget
/// hands the loop on without releasing it, to the pool or to a thread that waits synchronously, whoever comes first.
/// </remarks>
internal sealed partial class Dispatcher : IThreadPoolWorkItem
{
    private const int Idle = 0, Held = 1, HandedOver = 2, Closed = 3;

    private readonly Inbox inbox = new();
    private readonly SynchronousLane synchronousLane = new();
    private readonly int inboxCapacity;
    private readonly int budget;
    private PaddedInt state;
    private PaddedInt waitingCallers;

    public Dispatcher(CommandScheduler scheduler, int inboxCapacity, int budget, Func<Dispatcher, Turn> turn)
    {
        Scheduler = scheduler;
        this.inboxCapacity = inboxCapacity;
        this.budget = budget;
        Turn = turn(this);
    }

    public CommandScheduler Scheduler { get; }

    /// <summary>The window on the store; the holder of the loop alone may use it.</summary>
    public Turn Turn { get; }

    /// <summary>Callers whose commands wait in the inbox.</summary>
    public int WaitingCallers => Volatile.Read(ref waitingCallers.Value);

    /// <summary>Takes the loop if it is idle and nobody waits: then the caller may run inline.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTakeInline()
    {
        if (Interlocked.CompareExchange(ref state.Value, Held, Idle) != Idle) return false;
        if (inbox.IsEmpty) return true;
        Release();
        return false;
    }

    /// <summary>Lets go of the loop after an inline run; drains what has arrived meanwhile first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release()
    {
        Interlocked.Exchange(ref state.Value, Idle);
        if (!inbox.IsEmpty) Kick();
    }

    /// <summary>Leaves <paramref name="command"/> in the inbox and sees to it that somebody runs it.</summary>
    /// <exception cref="KeyspaceOverloadedException">The inbox is full.</exception>
    /// <exception cref="ObjectDisposedException">The keyspace is closed.</exception>
    public void Post(QueuedCommand command)
    {
        if (command.IsCallers && Interlocked.Increment(ref waitingCallers.Value) > inboxCapacity)
        {
            Interlocked.Decrement(ref waitingCallers.Value);
            Turn.Monitor.InboxIsFull();
            throw KeyspaceOverloadedException.Inbox(inboxCapacity);
        }

        inbox.Post(command);
        Kick();
    }

    /// <summary>Goes on where another holder handed the loop over, if no other thread was faster.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        if (TryClaim()) Drain(null);
    }

    /// <summary>Takes the loop from a holder that has handed it over.</summary>
    internal bool TryClaim() => Interlocked.CompareExchange(ref state.Value, Held, HandedOver) == HandedOver;

    internal bool IsHandedOver => Volatile.Read(ref state.Value) == HandedOver;

    /// <summary>Goes on as the holder after a body that ran on a thread of its own.</summary>
    internal void Resume() => Drain(null);

    /// <summary>Waits on the calling thread, which runs the loop itself where nobody else does.</summary>
    internal void WaitSynchronously(ISynchronousWait wait) => synchronousLane.Wait(wait, this);

    /// <summary>Runs what waits, oldest first, then lets go; the caller holds the loop.</summary>
    /// <param name="until">A command after whose end the caller wants to leave, if the budget is used up.</param>
    internal void Drain(ISynchronousWait? until)
    {
        for (var left = budget; ; left--)
        {
            if (left <= 0 && !inbox.IsEmpty && until?.IsCompleted != false)
            {
                HandOver();
                return;
            }

            var command = inbox.Take();
            if (command is null)
            {
                if (TryLetGo()) return;
                continue;
            }

            if (command.IsCallers) Interlocked.Decrement(ref waitingCallers.Value);
            if (closedBy is not null)
                command.Abort(closedBy());
            else if (command.TryStart() && !command.Run(this))
                return;
        }
    }

    /// <summary>Makes the thread that posted, or that let go, the holder if there is none.</summary>
    private void Kick()
    {
        while (!inbox.IsEmpty)
        {
            var seen = Interlocked.CompareExchange(ref state.Value, Held, Idle);
            if (seen == Idle)
            {
                Drain(null);
                return;
            }

            if (seen != Closed) return;
            if (Interlocked.CompareExchange(ref state.Value, Held, Closed) != Closed) continue;
            Drain(null);
            return;
        }
    }

    private bool TryLetGo()
    {
        var free = closedBy is null ? Idle : Closed;
        Interlocked.Exchange(ref state.Value, free);
        return inbox.IsEmpty || Interlocked.CompareExchange(ref state.Value, Held, free) != free;
    }

    private void HandOver()
    {
        Interlocked.Exchange(ref state.Value, HandedOver);
        Scheduler.Schedule(this);
        synchronousLane.WakeOne();
    }

    /// <summary>On a cache line of its own: it is fought for by every thread.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct PaddedInt
    {
        [FieldOffset(64)]
        public int Value;
    }
}
