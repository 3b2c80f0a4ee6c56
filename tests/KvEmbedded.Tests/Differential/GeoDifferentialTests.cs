namespace KvEmbedded.Tests.Differential;

public sealed class GeoDifferentialTests(RealRedis server) : IClassFixture<RealRedis>
{
    [Fact]
    public void Places_answer_as_Redis_does() =>
        new Comparison(server.Connect()).Hold(Script.Of(GeoCommands.All, GeoCommands.All, GeoCommands.All, KeyCommands.All, StringCommands.All));
}
