using Gate = System.Threading.SemaphoreSlim;

namespace KvEmbedded.Schedules;

/// <summary>
/// Runs flows on threads of their own, but only one at a time, and changes from one to another only at the points of
/// Points.cs, by lot: the same seed makes the same schedule. A flow that waits can be chosen when what it waits for is there.
/// </summary>
internal sealed class Explorer
{
    private const int PointsMax = 20_000;

    [ThreadStatic]
    private static Flow? current;

    private readonly List<Flow> flows = [];
    private readonly Gate ended = new(0);
    private Random random = new(0);
    private int stay, points;
    private bool isLooking;
    private string? failure;

    public Explorer(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var flow = new Flow(this);
            flows.Add(flow);
            new Thread(flow.Serve) { IsBackground = true }.Start();
        }
    }

    /// <summary>Somebody else may go on now.</summary>
    public static void Point()
    {
        if (current is { } flow) flow.Explorer.Change(flow);
    }

    /// <summary>The flow goes on when <paramref name="condition"/> holds, which is looked at by whoever runs.</summary>
    public static void WaitUntil(Func<bool> condition)
    {
        var flow = current ?? throw new InvalidOperationException("Nobody waits outside a schedule.");
        flow.Condition = condition;
        flow.Explorer.Change(flow);
    }

    /// <summary>Runs one flow each to the end of all.</summary>
    /// <param name="seed">Draws the schedule.</param>
    /// <param name="programs">At most as many as the explorer has flows.</param>
    /// <returns>How many points there were.</returns>
    public int Run(int seed, params Action[] programs)
    {
        random = new Random(seed);

        // Some schedules change at nearly every point, some hardly ever.
        stay = random.Next(4) switch { 0 => 30, 1 => 60, 2 => 85, _ => 95 };
        (points, failure) = (0, null);
        for (var i = 0; i < flows.Count; i++) flows[i].Begin(i < programs.Length ? programs[i] : null);
        Choose(null)!.Go.Release();
        ended.Wait();
        if (failure is not null) throw new InvalidOperationException($"Seed {seed}: {failure}");
        return points;
    }

    private void Change(Flow flow)
    {
        if (isLooking) return;
        if (failure is null && ++points > PointsMax) failure = "It does not end.";
        if (failure is null)
        {
            var next = Choose(flow);
            if (next == flow) return;
            if (next is null) failure = "Nobody can go on.";
            else Hand(flow, next);
        }

        if (failure is not null) throw new ScheduleFailedException(failure);
    }

    private static void Hand(Flow from, Flow to)
    {
        to.Go.Release();
        from.Go.Wait();
    }

    /// <summary>Who goes on: often the one that runs, else any that can.</summary>
    private Flow? Choose(Flow? running)
    {
        isLooking = true;
        try
        {
            if (running is not null && running.CanGoOn && random.Next(100) < stay) return Chosen(running);
            var able = flows.FindAll(static flow => flow.CanGoOn);
            return able.Count == 0 ? null : Chosen(able[random.Next(able.Count)]);
        }
        finally
        {
            isLooking = false;
        }
    }

    private static Flow Chosen(Flow flow)
    {
        flow.Condition = null;
        return flow;
    }

    private void End(Flow flow, Exception? error)
    {
        if (error is not null and not ScheduleFailedException) failure ??= error.ToString();
        flow.Program = null;
        var left = flows.Find(static other => other.Program is not null);
        if (left is null)
        {
            ended.Release();
            return;
        }

        // After a failure each of the others is let run into it.
        var next = failure is null ? Choose(null) : left;
        if (next is null) failure = $"Nobody can go on; {flows.Count(static other => other.Program is not null)} wait.";
        (next ?? left).Go.Release();
    }

    private sealed class Flow(Explorer explorer)
    {
        public Gate Go { get; } = new(0);

        public Explorer Explorer => explorer;

        public Action? Program { get; set; }

        public Func<bool>? Condition { get; set; }

        public bool CanGoOn => Program is not null && Condition?.Invoke() != false;

        public void Begin(Action? program) => (Program, Condition) = (program, null);

        public void Serve()
        {
            current = this;
            while (true)
            {
                Go.Wait();
                Exception? error = null;
                try
                {
                    if (explorer.failure is null) Program!();
                }
                catch (Exception exception)
                {
                    error = exception;
                }

                explorer.End(this, error);
            }
        }
    }
}

/// <summary>Ends the flows of a schedule that has failed.</summary>
internal sealed class ScheduleFailedException(string reason) : Exception(reason);
