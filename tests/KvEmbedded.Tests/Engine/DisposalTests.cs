using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>The end of a keyspace: everything outstanding ends, nothing is left.</summary>
public sealed class DisposalTests
{
    private const string Text =
        "The keyspace has been disposed. Make commands before, and keep it as long as it is used.\nObject name: 'Keyspace'.";

    [Fact]
    public async Task A_thousand_waiting_callers_end_each_with_an_error_of_its_own()
    {
        using var world = new EngineWorld();
        var pops = Enumerable.Range(0, 1000).Select(i => world.Door.PopAsync($"basket {i % 10}", ForEver).AsTask()).ToArray();

        await world.Keyspace.DisposeAsync();

        var errors = new HashSet<Exception>(ReferenceEqualityComparer.Instance);
        foreach (var pop in pops)
        {
            var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => pop);
            Assert.Equal(Text, error.Message);
            Assert.True(errors.Add(error), "Two callers throw one exception: their stack traces mix.");
        }

        Assert.Equal(0, world.Waiting);
    }
}
