namespace KvEmbedded.Tests.Differential;

/// <summary>Bitmaps beside a real redis-server.</summary>
public sealed class BitmapDifferentialTests(RealRedis redis) : IClassFixture<RealRedis>
{
    [Fact]
    public void Bitmaps_beside_all_else_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(
            Script.Of(BitmapCommands.All, BitmapCommands.All, KeyCommands.All, StringCommands.All, CounterCommands.All));

    [Fact]
    public void Bitmaps_alone_answer_and_hold_what_they_do_in_Redis() =>
        new Comparison(redis.Connect()).Hold(Script.Of(BitmapCommands.All));
}
