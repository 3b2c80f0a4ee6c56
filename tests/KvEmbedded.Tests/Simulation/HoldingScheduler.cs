using System.Collections.Concurrent;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Simulation;

/// <summary>A pool that is starved: keeps what it is given until the test lets it run. Any thread may give.</summary>
internal sealed class HoldingScheduler : CommandScheduler
{
    private readonly ConcurrentQueue<IThreadPoolWorkItem> items = new();

    public int Count => items.Count;

    public override void Schedule(IThreadPoolWorkItem item) => items.Enqueue(item);

    public void RunAll()
    {
        while (items.TryDequeue(out var item)) item.Execute();
    }
}
