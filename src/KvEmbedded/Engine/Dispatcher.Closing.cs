namespace KvEmbedded.Engine;

/// <summary>The end of the loop: whoever waits is told, and nobody is left behind.</summary>
internal sealed partial class Dispatcher
{
    // Set on the loop when it closes; makes the error for those who come too late.
    private Func<Exception>? closedBy;

    /// <summary>
    /// Closes the loop after the commands already waiting. Callers parked in blocking operations and all that come later
    /// end with the exception that <paramref name="reason"/> makes.
    /// </summary>
    /// <returns>Completed when nothing runs any more and nothing will; false if it was closed already.</returns>
    public ValueTask<bool> CloseAsync(Func<Exception> reason)
    {
        RefuseReentry();
        var closing = new CloseOperation(reason) { Scheduler = Scheduler };
        var task = closing.Task;
        Post(closing);
        return task;
    }

    /// <summary>As <see cref="CloseAsync"/>, waiting on the calling thread.</summary>
    public bool Close(Func<Exception> reason)
    {
        RefuseReentry();
        return Wait(new CloseOperation(reason) { Scheduler = Scheduler }, CancellationToken.None);
    }

    private sealed class CloseOperation(Func<Exception> reason) : Completion<bool>
    {
        public override bool IsCallers => false;

        public override bool Run(Dispatcher dispatcher)
        {
            dispatcher.closedBy = reason;
            dispatcher.Turn.Close(reason());
            Complete(true);
            return true;
        }

        public override void Abort(Exception exception) => Complete(false);
    }
}
