using KvEmbedded.Engine;

namespace KvEmbedded.Schedules;

/// <summary>The pool as one flow more: it runs what was scheduled, until all others have ended.</summary>
internal sealed class ExploredPool : CommandScheduler
{
    private readonly Queue<IThreadPoolWorkItem> items = new();
    private int callers;

    public override void Schedule(IThreadPoolWorkItem item) => items.Enqueue(item);

    /// <summary>A caller's flow, whose end the pool waits for.</summary>
    public Action Caller(Action program)
    {
        callers++;
        return () =>
        {
            program();
            callers--;
        };
    }

    public void Serve()
    {
        while (true)
        {
            Explorer.WaitUntil(() => items.Count > 0 || callers == 0);
            if (!items.TryDequeue(out var item)) return;
            item.Execute();
        }
    }
}
