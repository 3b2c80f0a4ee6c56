using System.Diagnostics;

namespace KvEmbedded.Tests.Diagnostics;

// No other class listens to activities: they are seen by the whole process.
public sealed class ActivityTests
{
    [Fact]
    public async Task Nobody_listens_and_nothing_is_made()
    {
        await using var keyspace = new Keyspace();
        Activity? seen = null;

        keyspace.Transact(_ => seen = Activity.Current);

        Assert.Null(seen);
    }

    [Fact]
    public async Task A_measured_command_and_a_transaction_are_traced_under_the_callers_activity()
    {
        await using var keyspace = new Keyspace(new KeyspaceOptions { Name = "traced" });
        var ended = new List<Activity>();
        using var listener = Listen(ended);
        using var caller = new Activity("caller").Start();
        Activity? inside = null;

        await keyspace.Measured("Union", "board", () => { });
        await keyspace.TransactAsync(_ =>
        {
            inside = Activity.Current;
            return ValueTask.CompletedTask;
        });
        keyspace.Transact(_ => { });
        await keyspace.Strings.SetAsync("light", "v");

        Assert.Equal(["Union", "Transact", "Transact"], ended.Select(activity => activity.OperationName));
        Assert.All(ended, activity => Assert.Equal(caller.SpanId, activity.ParentSpanId));
        Assert.All(ended, activity => Assert.Equal("traced", activity.GetTagItem("kvembedded.keyspace")));
        Assert.Equal(["board", null, null], ended.Select(activity => activity.GetTagItem("kvembedded.key")));
        Assert.Same(ended[1], inside);
        Assert.Same(caller, Activity.Current);
    }

    [Fact]
    public async Task A_command_that_had_to_wait_is_traced_under_its_own_callers_activity()
    {
        await using var keyspace = new Keyspace(new KeyspaceOptions { Name = "traced" });
        var ended = new List<Activity>();
        using var listener = Listen(ended);
        using var caller = new Activity("caller").Start();
        ValueTask<bool> command;
        using (new HeldLoop(keyspace)) command = keyspace.Measured("Union", "board", () => { });
        await command;

        var union = Assert.Single(ended, activity => activity.OperationName == "Union");
        Assert.Equal(caller.SpanId, union.ParentSpanId);
    }

    [Fact]
    public async Task A_failure_is_the_activitys_status()
    {
        await using var keyspace = new Keyspace(new KeyspaceOptions { Name = "traced" });
        var ended = new List<Activity>();
        using var listener = Listen(ended);

        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await keyspace.Measured("Union", "board", () => throw new InvalidOperationException("Too many.")));
        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(_ => throw new InvalidOperationException("Too few.")));

        Assert.Equal(
            [(ActivityStatusCode.Error, "Too many."), (ActivityStatusCode.Error, "Too few.")],
            ended.Select(activity => (activity.Status, activity.StatusDescription)));
        Assert.All(ended, activity => Assert.Equal("System.InvalidOperationException", activity.GetTagItem("error.type")));
    }

    [Fact]
    public async Task A_synchronous_caller_still_gets_a_completed_task()
    {
        await using var keyspace = new Keyspace(new KeyspaceOptions { Name = "traced" });
        using var listener = Listen([]);

        Assert.True(keyspace.TransactAsync(_ => ValueTask.CompletedTask).IsCompletedSuccessfully);
        Assert.True(keyspace.Measured("Union", "board", () => { }).IsCompletedSuccessfully);
    }

    private static ActivityListener Listen(List<Activity> ended)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "KvEmbedded",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if ((string?)activity.GetTagItem("kvembedded.keyspace") != "traced") return;
                lock (ended) ended.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
