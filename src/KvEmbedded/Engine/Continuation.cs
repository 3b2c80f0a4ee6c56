namespace KvEmbedded.Engine;

/// <summary>What a caller wants to go on with, and in which context.</summary>
internal sealed class Continuation(
    Action<object?> action, object? state, ExecutionContext? executionContext, object? schedulingContext) : IThreadPoolWorkItem
{
    public void Execute()
    {
        switch (schedulingContext)
        {
            case SynchronizationContext context:
                context.Post(static self => ((Continuation)self!).Invoke(), this);
                break;
            case TaskScheduler scheduler:
                _ = Task.Factory.StartNew(
                    static self => ((Continuation)self!).Invoke(), this, CancellationToken.None,
                    TaskCreationOptions.DenyChildAttach, scheduler);
                break;
            default:
                Invoke();
                break;
        }
    }

    private void Invoke()
    {
        if (executionContext is null)
            action(state);
        else
            ExecutionContext.Run(executionContext, static self => ((Continuation)self!).Act(), this);
    }

    private void Act() => action(state);
}
