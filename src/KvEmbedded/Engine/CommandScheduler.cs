namespace KvEmbedded.Engine;

/// <summary>
/// Where continuations of waiting callers and hand-overs of the loop are run. The pool, except in a simulation, which
/// drives a whole keyspace on one thread in an order drawn from a seed.
/// </summary>
internal abstract class CommandScheduler
{
    public static readonly CommandScheduler Pool = new PoolScheduler();

    /// <summary>Runs <paramref name="item"/> later, never before this call has returned.</summary>
    public abstract void Schedule(IThreadPoolWorkItem item);

    private sealed class PoolScheduler : CommandScheduler
    {
        public override void Schedule(IThreadPoolWorkItem item) =>
            ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
    }
}
