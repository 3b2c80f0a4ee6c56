namespace KvEmbedded.Tests.Differential;

/// <summary>Scripts on sets, on the embedded keyspace and on a real redis-server.</summary>
public sealed class SetDifferentialTests(RealRedis redis) : IClassFixture<RealRedis>
{
    [Fact]
    public void Sets_beside_all_else_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(
            Script.Of(SetCommands.All, SetCommands.All, SetCommands.All, KeyCommands.All, StringCommands.All, SortedSetCommands.All));

    [Fact]
    public void Sets_alone_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(SetCommands.All));
}
