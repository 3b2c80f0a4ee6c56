namespace KvEmbedded.Engine;

/// <summary>Something that waits for its turn in the inbox.</summary>
internal abstract class QueuedCommand
{
    /// <summary>The inbox's link.</summary>
    public QueuedCommand? Next;

    /// <summary>True if it counts against the inbox's capacity; the engine's own messages do not.</summary>
    public virtual bool IsCallers => true;

    /// <summary>Claims the command for running; false if its caller has cancelled it, which has ended it already.</summary>
    public virtual bool TryStart() => true;

    /// <summary>Runs on the loop. False if the loop went with it: the runner must let go without another step.</summary>
    public abstract bool Run(Dispatcher dispatcher);

    /// <summary>Ends a command that will never run, because the keyspace is closed.</summary>
    public abstract void Abort(Exception reason);
}

/// <summary>A message of the engine to itself.</summary>
internal sealed class LoopMessage(Action<Dispatcher> run) : QueuedCommand
{
    public override bool IsCallers => false;

    public override bool Run(Dispatcher dispatcher)
    {
        run(dispatcher);
        return true;
    }

    public override void Abort(Exception reason)
    {
    }
}
