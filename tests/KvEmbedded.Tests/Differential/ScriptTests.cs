namespace KvEmbedded.Tests.Differential;

/// <summary>Whether the small world is large enough: scripts that only meet errors or empty keys would compare nothing.</summary>
public sealed class ScriptTests
{
    private const int Seeds = 200;

    /// <summary>The families of each test beside redis-server, and all errors that come up in them.</summary>
    private static readonly Dictionary<string, (Func<Draw, ScriptCommand>[][] Families, string Errors)> Mixes = new()
    {
        ["strings, keys and counters"] = ([StringCommands.All, KeyCommands.All, CounterCommands.All], "argument, not a number, overflow, too long"),
        ["sorted sets"] = ([SortedSetCommands.All, SortedSetsCommands.All], "overflow"),
        ["sorted sets beside others"] = ([SortedSetCommands.All, StringCommands.All, CounterCommands.All], "not a number, overflow, too long, wrong type"),
        ["ranges of members"] = ([MemberRangeCommands.All], ""),
        ["hashes"] = ([HashCommands.All], "not a number, overflow"),
        ["hashes beside others"] = ([HashCommands.All, StringCommands.All, SortedSetCommands.All], "not a number, overflow, too long, wrong type"),
        ["lists"] = ([ListCommands.All], ""),
        ["lists beside others"] = ([ListCommands.All, StringCommands.All], "too long, wrong type"),
        ["sets"] = ([SetCommands.All], ""),
        ["sets beside others"] = ([SetCommands.All, StringCommands.All, SortedSetCommands.All], "overflow, too long, wrong type"),
        ["streams"] = ([StreamCommands.All], "counter, id exhausted, id not greater"),
        ["streams with groups"] = ([StreamCommands.All, GroupCommands.All], "counter, group exists, id exhausted, id not greater, missing"),
        ["streams with groups beside others"] = ([StreamCommands.All, GroupCommands.All, StringCommands.All], "counter, group exists, id exhausted, id not greater, missing, too long, wrong type"),
        ["bitmaps"] = ([BitmapCommands.All], ""),
        ["bitmaps beside others"] = ([BitmapCommands.All, StringCommands.All, SortedSetCommands.All], "wrong type"),
        ["HyperLogLogs"] = ([HyperLogLogCommands.All], "corrupt, no HyperLogLog"),
        ["HyperLogLogs beside others"] = ([HyperLogLogCommands.All, StringCommands.All, SortedSetCommands.All], "wrong type"),
        ["places"] = ([GeoCommands.All], ""),
        ["places beside others"] = ([GeoCommands.All, StringCommands.All], "wrong type"),
    };

    /// <summary>Commands that have one good answer by their nature.</summary>
    private static readonly string[] AlwaysDone = ["FLUSHDB Flush", "MSET SetMany"];

    public static TheoryData<string> Names => [.. Mixes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_command_has_more_than_one_answer_and_every_error_comes_up(string mix)
    {
        var answers = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        for (var seed = 0; seed < Seeds; seed++)
        {
            await using var keyspace = new Keyspace();
            foreach (var command in Script.From(seed, Mixes[mix].Families).Commands)
            {
                var name = $"{command.Words[0]} {command.Name}";
                if (!answers.TryGetValue(name, out var seen)) answers[name] = seen = new HashSet<string>(StringComparer.Ordinal);
                seen.Add(await command.RunAsync(keyspace));
            }
        }

        Assert.All(answers, pair => Assert.True(
            AlwaysDone.Contains(pair.Key) || Good(pair.Value) >= 2, $"{pair.Key} was only answered {string.Join(", ", pair.Value)}."));
        Assert.Equal(
            Mixes[mix].Errors,
            string.Join(", ", answers.Values.SelectMany(seen => seen).Where(IsError).Select(error => error[2..]).Distinct().Order(StringComparer.Ordinal)));

        static int Good(HashSet<string> seen) => seen.Count(answer => !IsError(answer) && answer != Answer.Nil);

        static bool IsError(string answer) => answer.StartsWith("! ", StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_are_fifty_commands_long() => Assert.Equal(50, Script.From(1, StringCommands.All).Commands.Length);
}
