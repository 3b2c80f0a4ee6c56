namespace KvEmbedded.Tests.Differential;

/// <summary>Whether the small world is large enough: scripts that only meet errors or empty keys would compare nothing.</summary>
public sealed class ScriptTests
{
    private const int Seeds = 200;

    /// <summary>For each type, what its scripts are mixed of, and all errors that come up in them.</summary>
    private static readonly Dictionary<string, (Func<Draw, ScriptCommand>[][][] Mixes, string Errors)> Types = new()
    {
        ["strings, keys and counters"] = ([[StringCommands.All, KeyCommands.All, CounterCommands.All], [StringCommands.All, SortedSetCommands.All]], "argument, not a number, overflow, too long, wrong type"),
        ["sorted sets"] = ([[SortedSetCommands.All, SortedSetsCommands.All], [SortedSetCommands.All, StringCommands.All, CounterCommands.All]], "not a number, overflow, too long, wrong type"),
        ["ranges of members"] = ([[MemberRangeCommands.All], [MemberRangeCommands.All, StringCommands.All]], "too long, wrong type"),
        ["hashes"] = ([[HashCommands.All], [HashCommands.All, StringCommands.All]], "not a number, overflow, too long, wrong type"),
        ["lists"] = ([[ListCommands.All], [ListCommands.All, StringCommands.All]], "too long, wrong type"),
        ["sets"] = ([[SetCommands.All], [SetCommands.All, StringCommands.All]], "too long, wrong type"),
        ["streams"] = ([[StreamCommands.All], [StreamCommands.All, StringCommands.All]], "counter, id exhausted, id not greater, too long, wrong type"),
        ["groups"] = ([[StreamCommands.All, GroupCommands.All], [StreamCommands.All, GroupCommands.All, StringCommands.All]],
            "counter, group exists, id exhausted, id not greater, missing, too long, wrong type"),
        ["bitmaps"] = ([[BitmapCommands.All], [BitmapCommands.All, ListCommands.All]], "wrong type"),
        ["HyperLogLogs"] = ([[HyperLogLogCommands.All], [HyperLogLogCommands.All, ListCommands.All]], "no HyperLogLog, wrong type"),
        ["places"] = ([[GeoCommands.All], [GeoCommands.All, StringCommands.All]], "too long, wrong type"),
    };

    /// <summary>Commands that have one good answer by their nature.</summary>
    private static readonly string[] AlwaysDone =
    [
        "FLUSHDB Flush", "MSET SetMany", "HSET Set", "SPOP PopNone", "PFMERGE Merge", "XGROUP Create", "XGROUP TryCreate", "XGROUP SetPosition",
    ];

    public static TheoryData<string> Names => [.. Types.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_command_has_more_than_one_answer_and_every_error_comes_up(string type)
    {
        var answers = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var families in Types[type].Mixes)
        {
            for (var seed = 0; seed < Seeds; seed++)
            {
                await using var keyspace = new Keyspace();
                foreach (var command in Script.From(seed, families).Commands)
                {
                    var name = $"{command.Words[0]} {command.Name}";
                    if (!answers.TryGetValue(name, out var seen)) answers[name] = seen = new HashSet<string>(StringComparer.Ordinal);
                    seen.Add(await command.RunAsync(keyspace));
                }
            }
        }

        Assert.All(answers, pair => Assert.True(
            AlwaysDone.Contains(pair.Key) || Good(pair.Value) >= 2, $"{pair.Key} was only answered {string.Join(", ", pair.Value)}."));
        Assert.Equal(
            Types[type].Errors,
            string.Join(", ", answers.Values.SelectMany(seen => seen).Where(IsError).Select(error => error[2..]).Distinct().Order(StringComparer.Ordinal)));

        static int Good(HashSet<string> seen) => seen.Count(answer => !IsError(answer) && answer != Answer.Nil);

        static bool IsError(string answer) => answer.StartsWith("! ", StringComparison.Ordinal);
    }

    [Fact]
    public void Scripts_are_fifty_commands_long() => Assert.Equal(50, Script.From(1, StringCommands.All).Commands.Length);
}
