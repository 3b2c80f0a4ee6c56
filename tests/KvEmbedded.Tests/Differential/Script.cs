using FsCheck;
using FsCheck.Fluent;

namespace KvEmbedded.Tests.Differential;

/// <summary>Commands to be run one after the other on both sides.</summary>
internal sealed record Script(ScriptCommand[] Commands)
{
    /// <summary>Commands of every script; one that fails is cut down from there.</summary>
    public const int Length = 50;

    /// <summary>Scripts of commands of these kinds. One that fails is cut down, in ever smaller pieces.</summary>
    public static Arbitrary<Script> Of(params Func<Draw, ScriptCommand>[][] families) =>
        Arb.From(Gen.Choose(0, int.MaxValue - 1).Select(seed => From(seed, families)), Shrink);

    public override string ToString() =>
        $"{Commands.Length} commands:\n{string.Join('\n', Commands.Select(command => $"    {command}"))}\n";

    // First a family, then one of its commands: a large family does not crowd out a small one.
    public static Script From(int seed, params Func<Draw, ScriptCommand>[][] families)
    {
        var draw = new Draw(seed);
        return new Script(draw.Many(Length, Length, () =>
        {
            var next = draw.Of(draw.Of(families).AsSpan());
            return next(draw) with { Name = next.Method.Name };
        }));
    }

    private static IEnumerable<Script> Shrink(Script script)
    {
        var commands = script.Commands;
        for (var piece = (commands.Length + 1) / 2; piece > 0; piece = piece == 1 ? 0 : (piece + 1) / 2)
        {
            for (var at = 0; at < commands.Length; at += piece)
                yield return new Script([.. commands.Take(at), .. commands.Skip(at + piece)]);
        }
    }
}
