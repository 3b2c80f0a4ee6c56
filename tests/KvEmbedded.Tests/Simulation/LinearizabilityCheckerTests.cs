using FsCheck.Xunit;
using KvEmbedded.Tests.Engine;

namespace KvEmbedded.Tests.Simulation;

/// <summary>The checker itself: it agrees with trying every order, lets good histories pass and catches planted faults.</summary>
public sealed class LinearizabilityCheckerTests
{
    [Property(MaxTest = 2_000)]
    public void It_agrees_with_trying_every_order((byte Began, byte Lasts, byte Kind, byte Value, byte Answer)[] calls)
    {
        var history = calls.Take(6).Select((call, i) => new Call<KeyOp>(
            call.Began % 8, (call.Began % 8) + 1 + (call.Lasts % 8), Op(call.Kind, call.Value % 3, call.Answer % 3))).ToList();

        Assert.Equal(HoldsInSomeOrder(history), Linearizability.Holds(history, SequentialModels.Nothing, SequentialModels.Register));

        static KeyOp Op(int kind, int value, int answer) => (kind % 3) switch
        {
            0 => new KeyOp(KeyOpKind.Read, 0, answer == 0 ? null : $"{answer}"),
            1 => new KeyOp(KeyOpKind.Write, value, null),
            _ => new KeyOp(KeyOpKind.CompareAndSet, value, $"{answer == 0}", answer),
        };
    }

    [Property(MaxTest = 300)]
    public void A_history_made_in_some_order_passes((byte Kind, byte Value, byte Before, byte After)[] calls)
    {
        // Each takes effect at its own moment i * 100, and lasts some time on either side.
        var state = SequentialModels.Nothing;
        var history = new List<Call<KeyOp>>();
        foreach (var (call, i) in calls.Take(40).Select(static (call, i) => (call, i)))
        {
            var op = call.Kind % 3 == 0
                ? new KeyOp(KeyOpKind.Push, 'a' + (call.Value % 26), $"{state.Length + 1}")
                : call.Kind % 3 == 1 ? new KeyOp(KeyOpKind.Pop, 0, state.Length == 0 ? null : state[..1]) : new KeyOp(KeyOpKind.Read, 0, state);
            state = SequentialModels.Basket(state, op)!;
            history.Add(new Call<KeyOp>((i * 100) - (call.Before * 3), (i * 100) + 1 + (call.After * 3), op));
        }

        Assert.True(Linearizability.Holds(history, SequentialModels.Nothing, SequentialModels.Basket));
    }

    [Fact]
    public void A_lost_update_is_caught()
    {
        // Two flows add one each, by reading and then setting, as nobody should.
        using var world = new EngineWorld();
        var recorder = new Recorder<KeyOp>();
        var (first, second) = (recorder.Moment(), recorder.Moment());
        var (seenByFirst, seenBySecond) = (Get(world), Get(world));
        Set(world, seenByFirst + 1);
        Set(world, seenBySecond + 1);
        recorder.Note(first, new KeyOp(KeyOpKind.Add, 1, $"{seenByFirst + 1}"));
        recorder.Note(second, new KeyOp(KeyOpKind.Add, 1, $"{seenBySecond + 1}"));

        Assert.False(Linearizability.Holds(recorder.Take(), SequentialModels.Nothing, SequentialModels.Register));

        static int Get(EngineWorld world) => (int)((long?)world.Keyspace.Strings.GetAsync("k").Answer() ?? 0);

        static void Set(EngineWorld world, int value) => world.Keyspace.Strings.SetAsync("k", value).Answer();
    }

    [Fact]
    public void A_stale_read_is_caught_and_an_overlapping_one_is_none()
    {
        Call<KeyOp> write = new(1, 2, new KeyOp(KeyOpKind.Write, 7, null));
        Assert.False(Holds(write, new Call<KeyOp>(3, 4, new KeyOp(KeyOpKind.Read, 0, null))));
        Assert.True(Holds(write, new Call<KeyOp>(2, 4, new KeyOp(KeyOpKind.Read, 0, null))));
        Assert.True(Holds(write, new Call<KeyOp>(3, 4, new KeyOp(KeyOpKind.Read, 0, "7"))));

        // New, then old again.
        Call<KeyOp> longWrite = new(1, 9, new KeyOp(KeyOpKind.Write, 7, null));
        Assert.False(Holds(
            longWrite, new Call<KeyOp>(2, 3, new KeyOp(KeyOpKind.Read, 0, "7")), new Call<KeyOp>(4, 5, new KeyOp(KeyOpKind.Read, 0, null))));

        static bool Holds(params Call<KeyOp>[] history) =>
            Linearizability.Holds(history, SequentialModels.Nothing, SequentialModels.Register);
    }

    [Fact]
    public void A_double_pop_is_caught_and_a_lost_item_too()
    {
        Call<KeyOp> push = new(1, 2, new KeyOp(KeyOpKind.Push, 'x', "1"));
        Call<KeyOp> pop = new(3, 6, new KeyOp(KeyOpKind.Pop, 0, "x"));
        Assert.True(Holds(push, pop, new Call<KeyOp>(4, 5, new KeyOp(KeyOpKind.Pop, 0, null))));
        Assert.False(Holds(push, pop, new Call<KeyOp>(4, 5, new KeyOp(KeyOpKind.Pop, 0, "x"))));
        Assert.False(Holds(push, new Call<KeyOp>(4, 5, new KeyOp(KeyOpKind.Pop, 0, null))));

        static bool Holds(params Call<KeyOp>[] history) =>
            Linearizability.Holds(history, SequentialModels.Nothing, SequentialModels.Basket);
    }

    [Fact]
    public void One_wrong_answer_in_a_long_history_is_caught()
    {
        var state = SequentialModels.Nothing;
        var history = new List<Call<KeyOp>>();
        for (var i = 0; i < 60; i++)
        {
            var op = i % 2 == 0 ? new KeyOp(KeyOpKind.Add, 1, $"{(i / 2) + 1}") : new KeyOp(KeyOpKind.Read, 0, $"{(i / 2) + 1}");
            state = SequentialModels.Register(state, op)!;
            history.Add(new Call<KeyOp>((i * 10) - 45, (i * 10) + 45, op));
        }

        Assert.True(Linearizability.Holds(history, SequentialModels.Nothing, SequentialModels.Register));
        history[31] = history[31] with { Op = new KeyOp(KeyOpKind.Read, 0, "25") };
        Assert.False(Linearizability.Holds(history, SequentialModels.Nothing, SequentialModels.Register));
    }

    /// <summary>The definition, word for word: all orders that respect who ended before who began.</summary>
    private static bool HoldsInSomeOrder(List<Call<KeyOp>> history)
    {
        return Go(SequentialModels.Nothing, history);

        static bool Go(string state, List<Call<KeyOp>> left)
        {
            for (var i = 0; i < left.Count; i++)
            {
                var next = left[i];
                if (left.Exists(other => other.Ended < next.Began) || SequentialModels.Register(state, next.Op) is not { } after) continue;
                List<Call<KeyOp>> rest = [.. left];
                rest.RemoveAt(i);
                if (Go(after, rest)) return true;
            }

            return left.Count == 0;
        }
    }
}
