namespace KvEmbedded.Tests.Differential;

/// <summary>The same scripts on the embedded keyspace and on a real redis-server.</summary>
public sealed class DifferentialTests(RealRedis redis) : IClassFixture<RealRedis>
{
    [Fact]
    public void Strings_keys_and_counters_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(StringCommands.All, KeyCommands.All, CounterCommands.All));

    [Fact]
    public void Counters_alone_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(CounterCommands.All));

    [Fact]
    public void Sorted_sets_beside_all_else_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(
            Script.Of(
                SortedSetCommands.All, SortedSetCommands.All, SortedSetCommands.All, SortedSetsCommands.All, KeyCommands.All, StringCommands.All,
                CounterCommands.All));

    [Fact]
    public void Sorted_sets_alone_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(SortedSetCommands.All, SortedSetCommands.All, SortedSetsCommands.All));

    [Fact]
    public void Ranges_of_members_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(MemberRangeCommands.All));

    [Fact]
    public void A_command_that_does_the_wrong_thing_is_found_and_shown_in_the_fewest_steps()
    {
        var comparison = new Comparison(redis.Connect());
        var error = Assert.ThrowsAny<Exception>(() => comparison.Hold(Script.Of(StringCommands.All, [AppendWithoutTheLastByte]), 500));

        Assert.Contains("1 commands:", error.Message);
        Assert.Contains($"{nameof(AppendWithoutTheLastByte)}: 'APPEND'", error.Message);
        Assert.Contains("embedded:", error.ToString());
        Assert.Contains("Redis:", error.ToString());
    }

    private static ScriptCommand AppendWithoutTheLastByte(Draw draw)
    {
        var (key, value) = (draw.Key(), draw.Value());
        return ScriptCommand.Of(
            keyspace => keyspace.String(key).AppendAsync(value.ToArray()[..Math.Max(0, value.Length - 1)]), Answer.Plain,
            "APPEND", Draw.Word(key), value);
    }
}
