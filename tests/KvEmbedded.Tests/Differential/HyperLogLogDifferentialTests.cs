namespace KvEmbedded.Tests.Differential;

/// <summary>HyperLogLogs beside a real redis-server: the stored strings, last estimates included, are compared byte by byte.</summary>
public sealed class HyperLogLogDifferentialTests(RealRedis redis) : IClassFixture<RealRedis>
{
    /// <summary>Without those that write into a string: what they leave of a HyperLogLog is another matter (see KnownDifferences).</summary>
    private static readonly Func<Draw, ScriptCommand>[] WholeStrings =
        [.. StringCommands.All.Where(static draw => draw.Method.Name is not ("Append" or "SetRange"))];

    [Fact]
    public void HyperLogLogs_beside_all_else_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(
            Script.Of(HyperLogLogCommands.All, HyperLogLogCommands.All, HyperLogLogCommands.All, KeyCommands.All, WholeStrings));

    [Fact]
    public void HyperLogLogs_alone_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(HyperLogLogCommands.All));
}
