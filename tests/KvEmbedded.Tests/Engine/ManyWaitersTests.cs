using System.Runtime.CompilerServices;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>Alone: what others allocate would count.</summary>
[CollectionDefinition("A million", DisableParallelization = true)]
public sealed class AMillion;

/// <summary>A million callers parked at once: little memory each, all served in order or all cancelled, and the memory back.</summary>
/// <remarks>Memory is measured outside the methods that hold the million tasks: their locals may live until they return.</remarks>
[Collection("A million")]
public sealed class ManyWaitersTests
{
    private const int Count = 1_000_000;
    private const long Left = 16L << 20;

    [Fact]
    public void A_million_waiters_at_one_key_are_served_in_order()
    {
        using var world = new EngineWorld();
        var before = Heap.Bytes();
        ParkAndServe(world, before);
        Assert.Equal((0, 0), (world.Waiting, world.Turn.Table.Count));
        Assert.InRange(Heap.Bytes() - before, long.MinValue, Left);
    }

    [Fact]
    public void A_million_waiters_at_keys_of_their_own_are_cancelled_and_leave_nothing_behind()
    {
        using var world = new EngineWorld();
        var before = Heap.Bytes();
        ParkAndCancel(world, before);
        Assert.Equal(0, world.Waiting);
        Assert.InRange(Heap.Bytes() - before, long.MinValue, Left);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ParkAndServe(EngineWorld world, long before)
    {
        var pops = new ValueTask<Taken?>[Count];
        for (var i = 0; i < Count; i++) pops[i] = world.Door.PopAsync("a", TimeSpan.FromHours(1));
        AssertParked(world, before);

        var portion = new byte[1_000];
        for (var i = 0; i < Count;)
        {
            for (var j = 0; j < portion.Length; j++) portion[j] = (byte)(i++ % 251);
            world.Door.PushAsync("a", portion).Answer();
        }

        for (var i = 0; i < Count; i++) Assert.True(pops[i].Answer()!.Value.Item == i % 251, "Not in the order they came.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ParkAndCancel(EngineWorld world, long before)
    {
        using var source = new CancellationTokenSource();
        var pops = new ValueTask<Taken?>[Count];
        for (var i = 0; i < Count; i++) pops[i] = world.Door.PopAsync(i, TimeSpan.FromHours(1), source.Token);
        AssertParked(world, before);

        source.Cancel();
        Threads.SpinUntil(() => world.Waiting == 0);
        Assert.DoesNotContain(pops, static pop => !pop.IsCanceled);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AssertParked(EngineWorld world, long before)
    {
        Assert.Equal(Count, world.Waiting);
        Assert.InRange((Heap.Bytes() - before) / Count, 0, 1024);
    }
}
