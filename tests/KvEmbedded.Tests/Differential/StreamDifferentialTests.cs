namespace KvEmbedded.Tests.Differential;

/// <summary>Scripts of stream commands on the embedded keyspace and on a real redis-server; ids are given, as automatic ones go by the clock.</summary>
public sealed class StreamDifferentialTests(RealRedis redis) : IClassFixture<RealRedis>
{
    [Fact]
    public void Streams_without_groups_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(StreamCommands.All));

    [Fact]
    public void Streams_with_groups_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(StreamCommands.All, GroupCommands.All));

    [Fact]
    public void Streams_beside_all_else_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(
            Script.Of(StreamCommands.All, StreamCommands.All, GroupCommands.All, GroupCommands.All, KeyCommands.All, StringCommands.All));
}
