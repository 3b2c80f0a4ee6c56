using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Differential;

/// <summary>Runs scripts on an empty keyspace and on an empty Redis; their answers, and all they hold afterwards, must be the same.</summary>
internal sealed class Comparison(RespConnection redis)
{
    /// <summary>Scripts per test; <c>KVEMBEDDED_DIFFERENTIAL_SCRIPTS</c> says another number.</summary>
    public static int ScriptCount =>
        int.TryParse(Environment.GetEnvironmentVariable("KVEMBEDDED_DIFFERENTIAL_SCRIPTS"), out var count) ? count : 1_000;

    /// <summary>Throws, with the shortest script found and both answers, if any script makes a difference.</summary>
    public void Hold(Arbitrary<Script> scripts, int? count = null) =>
        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(count ?? ScriptCount),
            Prop.ForAll(scripts, script => RunAsync(script).GetAwaiter().GetResult()));

    private async Task RunAsync(Script script)
    {
        ScriptCommand[] all = [.. script.Commands, .. Everything()];
        redis.Add("FLUSHDB");
        foreach (var command in all) redis.Add(command.Words);
        var replies = redis.Send();

        await using var keyspace = new Keyspace(new KeyspaceOptions { TimeProvider = new FakeTimeProvider(DateTimeOffset.UtcNow), RandomSeed = 1 });
        for (var i = 0; i < all.Length; i++)
        {
            var ours = await all[i].RunAsync(keyspace);
            var theirs = Answer.Of(replies[i + 1], all[i].Read);
            if (!all[i].Accepts(ours, theirs)) throw new DifferenceException(i, i >= script.Commands.Length, all[i], ours, theirs);
        }

        keyspace.Store.Table.CheckInvariants();
    }

    private static IEnumerable<ScriptCommand> Everything()
    {
        yield return KeyCommands.CountAll();
        foreach (var key in Draw.Keys)
        {
            yield return KeyCommands.TypeOf(key);
            yield return KeyCommands.LifetimeOf(key);
            yield return ScriptCommand.Of(keyspace => keyspace.String(key).GetAsync(), Answer.Plain, "GET", Draw.Word(key));
            yield return SortedSetCommands.AllOf(key);
            yield return SetCommands.AllOf(key);
        }
    }

    private sealed class DifferenceException(int at, bool isAfterwards, ScriptCommand command, string ours, string theirs) : Exception(
        $"""
         {(isAfterwards ? "Afterwards, asked for" : $"Command {at + 1} of the script,")} {command}
           embedded: {ScriptCommand.Shortened(ours, 2_000)}
           Redis:    {ScriptCommand.Shortened(theirs, 2_000)}
         """);
}
