using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Simulation;

/// <summary>
/// Runs what the pool would run, on the one thread that asks it to, in an order drawn from a seed: the same seed makes the
/// same order.
/// </summary>
internal sealed class SeededScheduler(int seed) : CommandScheduler
{
    private readonly List<IThreadPoolWorkItem> items = [];

    public Random Random { get; } = new(seed);

    /// <summary>Things that could run now.</summary>
    public int Count => items.Count;

    public override void Schedule(IThreadPoolWorkItem item) => items.Add(item);

    /// <summary>Runs one thing by lot. False if there is nothing.</summary>
    public bool RunOne()
    {
        if (items.Count == 0) return false;
        var at = Random.Next(items.Count);
        var item = items[at];
        items[at] = items[^1];
        items.RemoveAt(items.Count - 1);
        item.Execute();
        return true;
    }

    /// <summary>Runs until nothing is left, what is scheduled meanwhile included.</summary>
    public void RunAll()
    {
        while (RunOne())
        {
        }
    }
}
