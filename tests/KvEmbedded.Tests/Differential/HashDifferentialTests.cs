namespace KvEmbedded.Tests.Differential;

/// <summary>Hashes on the embedded keyspace and on a real redis-server.</summary>
public sealed class HashDifferentialTests(RealRedis redis) : IClassFixture<RealRedis>
{
    [Fact]
    public void Hashes_beside_all_else_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(
            Script.Of(HashCommands.All, HashCommands.All, HashCommands.All, KeyCommands.All, StringCommands.All, SortedSetCommands.All));

    [Fact]
    public void Hashes_alone_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(HashCommands.All));
}
