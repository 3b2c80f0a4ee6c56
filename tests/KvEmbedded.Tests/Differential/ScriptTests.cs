namespace KvEmbedded.Tests.Differential;

/// <summary>Whether the small world is large enough: scripts that only meet errors or empty keys would compare nothing.</summary>
public sealed class ScriptTests
{
    private const int Seeds = 500;

    private static readonly string[] AlwaysDone = ["FLUSHDB Flush", "MSET SetMany"];

    [Fact]
    public async Task Every_command_has_more_than_one_answer_and_every_error_comes_up()
    {
        var answers = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        Func<Draw, ScriptCommand>[][][] mixes =
        [
            [StringCommands.All, KeyCommands.All, CounterCommands.All],
            [SortedSetCommands.All, SortedSetsCommands.All],
            [SortedSetCommands.All, StringCommands.All, CounterCommands.All],
            [MemberRangeCommands.All],
        ];
        foreach (var families in mixes)
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
            ["! argument", "! not a number", "! overflow", "! too long", "! wrong type"],
            answers.Values.SelectMany(seen => seen).Where(IsError).Distinct().Order(StringComparer.Ordinal));

        static int Good(HashSet<string> seen) => seen.Count(answer => !IsError(answer) && answer != Answer.Nil);

        static bool IsError(string answer) => answer.StartsWith('!');
    }
}
