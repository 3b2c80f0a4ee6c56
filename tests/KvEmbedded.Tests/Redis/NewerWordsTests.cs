using KvEmbedded.Conformance;
using static KvEmbedded.Tests.Redis.ScriptedServer;

namespace KvEmbedded.Tests.Redis;

/// <summary>What is sent for commands that came after Redis 7.0, and what the documented answers mean.</summary>
public sealed class NewerWordsTests
{
    private readonly ScriptedServer server = new();

    [Fact]
    public async Task Entries_and_their_references()
    {
        StreamId[] ids = [new(1, 1), new(2, 2), new(3, 3)];
        Assert.Equal(
            [StreamRemoval.Removed, StreamRemoval.StillReferenced, StreamRemoval.NotFound],
            await server.SendsAsync("XDELEX s ACKED IDS 3 1-1 2-2 3-3", k => k.Stream("s").RemoveAsync(ids, StreamReferences.OnlyAcknowledged), List(1, 2, -1)));
        Assert.Equal(
            [StreamRemoval.Removed],
            await server.SendsAsync("XDELEX s DELREF IDS 1 1-1", k => k.Stream("s").RemoveAsync(ids[..1], StreamReferences.Remove), List(1)));
        Assert.Equal(
            [StreamRemoval.StillReferenced],
            await server.SendsAsync("XACKDEL s g ACKED IDS 1 1-1", k => k.Stream("s").Group("g").AcknowledgeAndRemoveAsync(ids[..1], StreamReferences.OnlyAcknowledged), List(2)));
    }

    [Fact]
    public async Task Entries_that_are_given_back()
    {
        StreamId[] ids = [new(1, 1)];
        Assert.Equal(1, await server.SendsAsync("XNACK s g FAIL IDS 1 1-1", k => k.Stream("s").Group("g").ReleaseAsync(ids), 1));
        Assert.Equal(1, await server.SendsAsync("XNACK s g SILENT IDS 1 1-1", k => k.Stream("s").Group("g").ReleaseAsync(ids, ReleaseReason.NotTried), 1));
        Assert.Equal(0, await server.SendsAsync("XNACK s g FATAL IDS 1 1-1 RETRYCOUNT 7", k => k.Stream("s").Group("g").ReleaseAsync(ids, ReleaseReason.Hopeless, 7), 0));
    }

    [Fact]
    public async Task Entries_that_are_taken_over_while_reading()
    {
        var deliveries = await server.SendsAsync(
            "XREADGROUP GROUP g c COUNT 5 CLAIM 1000 STREAMS s >", static k => k.Stream("s").Group("g").ReadOrClaimAsync("c", TimeSpan.FromSeconds(1), 5),
            List(List("s", List(List("1-1", List("n", "x"), 1500, 2), List("2-2", List("n", "y"), 0, 0)))));

        Assert.Equal([new StreamId(1, 1), new StreamId(2, 2)], deliveries.Select(static delivery => delivery.Entry.Id));
        Assert.Equal((TimeSpan.FromMilliseconds(1500), 2), (deliveries[0].Idle, deliveries[0].DeliveryCount));
    }

    [Theory]
    [InlineData(BitOperation.Difference, "DIFF")]
    [InlineData(BitOperation.OthersWithoutFirst, "DIFF1")]
    [InlineData(BitOperation.FirstAndAnyOther, "ANDOR")]
    [InlineData(BitOperation.ExactlyOne, "ONE")]
    public async Task Strings_whose_first_has_a_part_of_its_own(BitOperation operation, string word) =>
        Assert.Equal(3, await server.SendsAsync($"BITOP {word} to a b", k => k.Bitmaps.CombineAsync(operation, "to", ["a", "b"]), 3));
}
