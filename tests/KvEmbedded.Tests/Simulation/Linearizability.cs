namespace KvEmbedded.Tests.Simulation;

/// <summary>One call of a history: when it began, when its answer was there, what was asked and answered.</summary>
internal readonly record struct Call<TOp>(long Began, long Ended, TOp Op);

/// <summary>
/// Is there an order of the calls, in which each takes effect at one moment between its beginning and its end, that a
/// plain sequential model would answer in the same way? (M. Herlihy and J. Wing, 1990; the search is J. Wing and C. Gong's,
/// 1993, with G. Lowe's memory of what was tried, 2017.)
/// </summary>
internal static class Linearizability
{
    /// <summary>Most calls of one history: they are a set of bits.</summary>
    public const int CallsMax = 64;

    /// <param name="history">Calls that have ended, in any order. Calls without an answer must have had no effect.</param>
    /// <param name="initial">The model's state before the first call.</param>
    /// <param name="step">The model: the state after a call, or null if it would have answered otherwise.</param>
    public static bool Holds<TOp, TState>(
        IReadOnlyList<Call<TOp>> history, TState initial, Func<TState, TOp, TState?> step)
        where TState : class, IEquatable<TState>
    {
        if (history.Count > CallsMax) throw new ArgumentException($"At most {CallsMax} calls.", nameof(history));
        var all = history.Count == CallsMax ? ulong.MaxValue : (1UL << history.Count) - 1;
        var failed = new HashSet<(ulong Done, TState State)>();
        return Search(0, initial);

        bool Search(ulong done, TState state)
        {
            if (done == all) return true;
            if (failed.Contains((done, state))) return false;

            // Only a call that began before every other one ended can be next.
            var earliestEnd = long.MaxValue;
            for (var i = 0; i < history.Count; i++)
            {
                if ((done & (1UL << i)) == 0) earliestEnd = Math.Min(earliestEnd, history[i].Ended);
            }

            for (var i = 0; i < history.Count; i++)
            {
                if ((done & (1UL << i)) != 0 || history[i].Began > earliestEnd) continue;
                if (step(state, history[i].Op) is { } next && Search(done | (1UL << i), next)) return true;
            }

            failed.Add((done, state));
            return false;
        }
    }
}

/// <summary>Notes the calls of parallel flows, each under a moment of one counter.</summary>
internal sealed class Recorder<TOp>
{
    private readonly List<Call<TOp>> calls = [];
    private long clock;

    /// <summary>What was noted since the last time it was taken.</summary>
    public List<Call<TOp>> Take()
    {
        lock (calls)
        {
            List<Call<TOp>> taken = [.. calls];
            calls.Clear();
            return taken;
        }
    }

    public long Moment() => Interlocked.Increment(ref clock);

    public void Note(long began, TOp op)
    {
        var ended = Moment();
        lock (calls) calls.Add(new Call<TOp>(began, ended, op));
    }
}
