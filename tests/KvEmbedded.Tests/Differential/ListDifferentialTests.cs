namespace KvEmbedded.Tests.Differential;

/// <summary>Lists on the embedded keyspace and on a real redis-server.</summary>
public sealed class ListDifferentialTests(RealRedis redis) : IClassFixture<RealRedis>
{
    [Fact]
    public void Lists_beside_keys_and_strings_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(
            Script.Of(ListCommands.All, ListCommands.All, ListCommands.All, KeyCommands.All, StringCommands.All));

    [Fact]
    public void Lists_alone_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(ListCommands.All));
}
