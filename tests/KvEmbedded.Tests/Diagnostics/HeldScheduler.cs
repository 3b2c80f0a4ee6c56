using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Diagnostics;

/// <summary>Keeps what it is to run until the test says so; then runs it on the test's own thread.</summary>
internal sealed class HeldScheduler : CommandScheduler
{
    private readonly Queue<IThreadPoolWorkItem> held = new();

    public override void Schedule(IThreadPoolWorkItem item) => held.Enqueue(item);

    public void RunAll()
    {
        while (held.TryDequeue(out var item)) item.Execute();
    }
}
