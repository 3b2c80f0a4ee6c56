using KvEmbedded.Tests.Engine;
using KvEmbedded.Tests.Simulation;

namespace KvEmbedded.Tests.Lists;

/// <summary>Nothing is lost and nothing is had twice, whatever the order and whoever gives up.</summary>
public sealed class ListBlockingTests
{
    private const int Rounds = 150;

    [Fact]
    public void Served_timed_out_and_cancelled_exclude_each_other_in_ten_thousand_random_orders()
    {
        var (served, timedOut, cancelled) = (0, 0, 0);
        for (var seed = 0; seed < 10_000; seed++)
        {
            try
            {
                var ends = SimulatedLists.Run(seed);
                (served, timedOut, cancelled) = (served + ends.Served, timedOut + ends.TimedOut, cancelled + ends.Cancelled);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}.", exception);
            }
        }

        // All three ends happen often, else nothing was shown.
        Assert.All((int[])[served, timedOut, cancelled], static ends => Assert.True(ends > 2_000));
    }

    [Fact]
    public async Task Pushed_is_popped_and_remaining_while_waiters_are_cancelled_on_other_threads()
    {
        await using var keyspace = new Keyspace();
        var list = keyspace.List("l");
        const int Pushed = 4_000;
        var popped = new HashSet<string>();
        var poppers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                lock (popped)
                {
                    if (popped.Count >= Pushed / 2) return;
                }

                using var source = new CancellationTokenSource();
                var pop = list.PopAsync(waitingTime: Timeout.InfiniteTimeSpan, cancellationToken: source.Token).AsTask();
                if (!pop.IsCompleted) await source.CancelAsync();
                try
                {
                    var element = (await pop)!.Value.ToString();
                    lock (popped) Assert.True(popped.Add(element), $"{element} was popped twice.");
                }
                catch (OperationCanceledException)
                {
                }
            }
        })).ToArray();
        for (var i = 0; i < Pushed; i++) await list.PushAsync(i);
        await Task.WhenAll(poppers);

        Assert.Equal(Pushed, popped.Count + await list.CountAsync());
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(8, 128)]
    public void What_parallel_flows_saw_of_a_list_is_one_order_of_whole_commands(int flows, int budget)
    {
        using var world = new EngineWorld(options => options.CommandsPerHoldMax = budget);
        var recorder = new Recorder<ListCall>();
        var round = 0;
        using var step = new Barrier(flows, _ =>
        {
            var history = recorder.Take();
            Assert.True(
                Linearizability.Holds(history, "", ListCall.Step),
                $"No order explains round {round}:\n{string.Join('\n', history.OrderBy(static call => call.Began))}");
            round++;
        });
        Threads.Run(flows, flow =>
        {
            var random = new Random((flows * 1_000) + flow);
            for (var i = 0; i < Rounds; i++)
            {
                for (var j = 0; j < 40 / flows; j++) Ask(world.Keyspace, $"list {i}", random, recorder);
                step.SignalAndWait();
            }
        });
        Assert.Equal(Rounds, round);
    }

    [Fact]
    public void A_double_pop_a_lost_element_and_a_wrong_end_are_caught()
    {
        Call<ListCall> push = new(1, 2, new ListCall('P', ListEnd.Tail, "xy", "2"));
        Call<ListCall> pop = new(3, 6, new ListCall('O', ListEnd.Head, "", "x"));
        Assert.True(Holds(push, pop, new Call<ListCall>(4, 5, new ListCall('O', ListEnd.Head, "", "y"))));
        Assert.False(Holds(push, pop, new Call<ListCall>(4, 5, new ListCall('O', ListEnd.Head, "", "x"))));
        Assert.False(Holds(push, pop, new Call<ListCall>(4, 5, new ListCall('O', ListEnd.Tail, "", ""))));
        Assert.False(Holds(push, new Call<ListCall>(4, 5, new ListCall('O', ListEnd.Tail, "", "x"))));

        static bool Holds(params Call<ListCall>[] history) => Linearizability.Holds(history, "", ListCall.Step);
    }

    [Fact]
    public void A_pop_that_reads_first_and_removes_then_is_caught()
    {
        // Two flows pop by reading the head and then removing it, as nobody should.
        using var keyspace = new Keyspace();
        var (list, recorder) = (keyspace.List("l"), new Recorder<ListCall>());
        Note('P', recorder.Moment(), "xy", $"{Answer(list.PushAsync(["x", "y"]))}");
        var (first, second) = (recorder.Moment(), recorder.Moment());
        var (seenByFirst, seenBySecond) = ($"{Answer(list.GetAsync(0))}", $"{Answer(list.GetAsync(0))}");
        Answer(list.TrimAsync(1..));
        Answer(list.TrimAsync(1..));
        Note('O', first, "", seenByFirst);
        Note('O', second, "", seenBySecond);

        Assert.False(Linearizability.Holds(recorder.Take(), "", ListCall.Step));

        void Note(char kind, long began, string elements, string answer) =>
            recorder.Note(began, new ListCall(kind, kind == 'P' ? ListEnd.Tail : ListEnd.Head, elements, answer));
    }

    private static void Ask(Keyspace keyspace, KvKey key, Random random, Recorder<ListCall> recorder)
    {
        var list = (random.Next(2) == 0 ? keyspace : keyspace.Synchronous).List(key);
        var (end, letter, began) = ((ListEnd)random.Next(2), (char)('a' + random.Next(26)), recorder.Moment());
        ListCall call;
        switch (random.Next(5))
        {
            case 0 or 1:
                call = new ListCall('P', end, $"{letter}", $"{Answer(list.PushAsync($"{letter}", end))}");
                break;
            case 2:
                call = new ListCall('O', end, "", $"{Answer(list.PopAsync(end))}");
                break;
            case 3:
                call = new ListCall('M', end, "", $"{Answer(list.MoveAsync(key, end, end == ListEnd.Head ? ListEnd.Tail : ListEnd.Head))}");
                break;
            default:
                call = new ListCall('R', end, "", string.Concat(Answer(list.GetRangeAsync(..))));
                break;
        }

        recorder.Note(began, call);
    }

    private static T Answer<T>(ValueTask<T> call) => call.AsTask().GetAwaiter().GetResult();

    /// <summary>A call on one list of letters and its answer.</summary>
    private readonly record struct ListCall(char Kind, ListEnd End, string Elements, string Answer)
    {
        /// <summary>What a list does when nobody else is there: the elements after a call, or null if its answer is wrong.</summary>
        public static string? Step(string list, ListCall call)
        {
            var end = list.Length == 0 ? "" : call.End == ListEnd.Head ? list[..1] : list[^1..];
            var rest = list.Length == 0 ? "" : call.End == ListEnd.Head ? list[1..] : list[..^1];
            return call.Kind switch
            {
                'P' when call.Answer == $"{list.Length + call.Elements.Length}" => call.End == ListEnd.Head ? call.Elements + list : list + call.Elements,
                'O' when call.Answer == end => rest,
                'M' when call.Answer == end => call.End == ListEnd.Head ? rest + end : end + rest,
                'R' when call.Answer == list => list,
                _ => null,
            };
        }
    }
}
