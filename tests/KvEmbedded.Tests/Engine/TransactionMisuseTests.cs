using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>What a body may not do is refused with a clear error, and the loop lives.</summary>
public sealed class TransactionMisuseTests
{
    [Fact]
    public async Task A_callback_of_another_flow_may_send_from_the_bodys_thread_but_not_wait_there()
    {
        using var world = new EngineWorld();
        using var source = new CancellationTokenSource();
        Exception? refusal = null;
        Task<int>? sent = null;
        using var sends = source.Token.Register(() => sent = world.Door.PushAsync("a", 2).AsTask());
        using var waits = source.Token.Register(
            () => refusal = Record.Exception(() => world.SynchronousDoor.PushAsync("a", 1).Answer()));

        world.Keyspace.Transact(_ => source.Cancel());

        Assert.Equal(TransactionFault.Reentry, Assert.IsType<TransactionException>(refusal).Fault);
        Assert.Equal(1, await sent!);
        Assert.Equal([2], await world.Door.ItemsAsync("a"));
    }
}
