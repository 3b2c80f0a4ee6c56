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
    public void A_member_popped_twice_is_caught_and_one_that_was_never_there_too()
    {
        Call<KeyOp> add = new(1, 2, new KeyOp(KeyOpKind.AddMember, 'x', "True"));
        Call<KeyOp> other = new(1, 2, new KeyOp(KeyOpKind.AddMember, 'y', "True"));
        Call<KeyOp> pop = new(3, 6, new KeyOp(KeyOpKind.PopAny, 0, "y"));
        Assert.True(Holds(add, other, pop, At(4, KeyOpKind.PopAny, "x"), At(7, KeyOpKind.Members, "")));
        Assert.True(Holds(add, other, pop, new Call<KeyOp>(4, 5, new KeyOp(KeyOpKind.RemoveMember, 'y', "False"))));
        Assert.False(Holds(add, other, pop, At(4, KeyOpKind.PopAny, "y")));
        Assert.False(Holds(add, other, pop, At(4, KeyOpKind.PopAny, "z")));
        Assert.False(Holds(add, other, pop, At(4, KeyOpKind.PopAny, null)));
        Assert.False(Holds(add, other, pop, new Call<KeyOp>(7, 8, new KeyOp(KeyOpKind.RemoveMember, 'y', "True"))));
        Assert.False(Holds(add, other, pop, At(7, KeyOpKind.Members, "xy")));

        static Call<KeyOp> At(long began, KeyOpKind kind, string? answer) => new(began, began + 1, new KeyOp(kind, 0, answer));

        static bool Holds(params Call<KeyOp>[] history) => Linearizability.Holds(history, SequentialModels.Nothing, SequentialModels.Set);
    }

    [Fact]
    public void A_lost_update_of_a_field_is_caught_and_a_torn_reading_of_several_too()
    {
        Call<KeyOp> set = new(1, 2, new KeyOp(KeyOpKind.SetField, 'a', "True", 5));
        Call<KeyOp> add = new(3, 6, new KeyOp(KeyOpKind.AddToField, 'a', "6", 1));
        Assert.True(Holds(set, add, At(4, KeyOpKind.AddToField, 'a', "8", 2)));
        Assert.False(Holds(set, add, At(4, KeyOpKind.AddToField, 'a', "7", 2)));
        Assert.True(Holds(set, At(3, KeyOpKind.SetField, 'b', "True", 1), At(5, KeyOpKind.Fields, 0, "a=5 b=1")));
        Assert.False(Holds(set, At(3, KeyOpKind.SetField, 'b', "True", 1), At(5, KeyOpKind.Fields, 0, "b=1")));
        Assert.False(Holds(set, At(3, KeyOpKind.RemoveField, 'a', "True"), At(5, KeyOpKind.RemoveField, 'a', "True")));
        Assert.False(Holds(set, At(3, KeyOpKind.RemoveField, 'a', "True"), At(5, KeyOpKind.ReadField, 'a', "5")));
        Assert.False(Holds(set, At(3, KeyOpKind.SetField, 'a', "True", 7)));

        static Call<KeyOp> At(long began, KeyOpKind kind, int field, string? answer, int number = 0) =>
            new(began, began + 1, new KeyOp(kind, field, answer, number));

        static bool Holds(params Call<KeyOp>[] history) => Linearizability.Holds(history, SequentialModels.Nothing, SequentialModels.Hash);
    }

    [Fact]
    public void An_entry_delivered_twice_is_caught_one_passed_over_and_one_acknowledged_twice_too()
    {
        Call<KeyOp>[] added = [At(1, KeyOpKind.AddEntry, 0, "A"), At(3, KeyOpKind.AddEntry, 0, "B")];
        Call<KeyOp> read = new(5, 9, new KeyOp(KeyOpKind.ReadNew, 1, "A", 1));
        Assert.True(Holds(read, At(6, KeyOpKind.ReadNew, 2, "B", 2), At(10, KeyOpKind.Pending, 0, "A1B2")));
        Assert.False(Holds(read, At(6, KeyOpKind.ReadNew, 2, "A", 1)));
        Assert.False(Holds(read, At(6, KeyOpKind.ReadNew, 2, "AB", 2)));
        Assert.False(Holds(At(6, KeyOpKind.ReadNew, 2, "B", 1)));
        Assert.False(Holds(read, At(10, KeyOpKind.ReadNew, 2, "", 1)));
        Assert.True(Holds(read, At(7, KeyOpKind.Claim, 'A', "True", 2), At(10, KeyOpKind.Pending, 0, "A2"), At(12, KeyOpKind.Acknowledge, 'A', "True")));
        Assert.False(Holds(read, At(7, KeyOpKind.Claim, 'A', "True", 2), At(10, KeyOpKind.Pending, 0, "A1")));
        Assert.False(Holds(read, At(7, KeyOpKind.Acknowledge, 'A', "True"), At(10, KeyOpKind.Acknowledge, 'A', "True")));
        Assert.False(Holds(read, At(7, KeyOpKind.Acknowledge, 'A', "True"), At(10, KeyOpKind.Claim, 'A', "True", 2)));

        static Call<KeyOp> At(long began, KeyOpKind kind, int value, string? answer, int expected = 0) =>
            new(began, began + 1, new KeyOp(kind, value, answer, expected));

        bool Holds(params Call<KeyOp>[] history) =>
            Linearizability.Holds([.. added, .. history], SequentialModels.Nothing, SequentialModels.StreamGroup);
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
