namespace KvEmbedded.Tests.Engine;

/// <summary>Real threads, joined, their failures told.</summary>
internal static class Threads
{
    /// <summary>Runs <paramref name="work"/> on so many threads at once, which begin together.</summary>
    public static void Run(int count, Action<int> work)
    {
        var errors = new List<Exception>();
        using var start = new Barrier(count);
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() =>
        {
            try
            {
                start.SignalAndWait();
                work(i);
            }
            catch (Exception exception)
            {
                lock (errors) errors.Add(exception);
            }
        }) { IsBackground = true }).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (errors.Count > 0) throw new AggregateException(errors);
    }

    /// <summary>What a task that has completed came to; an error if it has not.</summary>
    public static T Answer<T>(this ValueTask<T> task)
    {
        Assert.True(task.IsCompleted, "The command has not ended.");
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Until <paramref name="condition"/> holds, without a bound on time: a test that hangs here has failed.</summary>
    public static void SpinUntil(Func<bool> condition)
    {
        var spin = default(SpinWait);
        while (!condition()) spin.SpinOnce();
    }
}
