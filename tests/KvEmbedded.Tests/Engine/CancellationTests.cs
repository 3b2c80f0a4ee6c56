using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.EngineWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>Cancellation at every point of a queued and of a waiting command.</summary>
public sealed class CancellationTests
{
    [Fact]
    public void The_count_of_registrations_counts()
    {
        using var source = new CancellationTokenSource();
        Assert.Equal(0, Registrations.CountOf(source));
        using (source.Token.Register(static () => { }))
        using (source.Token.Register(static () => { }))
            Assert.Equal(2, Registrations.CountOf(source));
        Assert.Equal(0, Registrations.CountOf(source));
    }

    [Fact]
    public async Task A_command_that_a_full_inbox_refuses_leaves_no_registration()
    {
        using var world = new EngineWorld(options => options.InboxCapacity = 1);
        using var source = new CancellationTokenSource();
        using (world.Hold())
        {
            _ = world.Door.PushAsync("a", 1).AsTask();
            await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PushAsync("a", 2, source.Token).AsTask());
            await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PopAsync("a", ForEver, source.Token).AsTask());
            await Assert.ThrowsAsync<KeyspaceOverloadedException>(
                () => world.Keyspace.TransactAsync(static _ => new ValueTask<int>(1), source.Token).AsTask());
            Assert.Throws<KeyspaceOverloadedException>(() => world.Keyspace.Transact(static _ => 1, source.Token));
            Assert.True(world.SynchronousDoor.PopAsync("a", ForEver, source.Token).IsFaulted);
        }

        Assert.Equal(0, Registrations.CountOf(source));
    }

    [Fact]
    public async Task A_waiter_that_is_refused_leaves_no_registration()
    {
        using var world = new EngineWorld(options => options.WaitersMax = 1);
        using var source = new CancellationTokenSource();
        _ = world.Door.PopAsync("a", ForEver).AsTask();

        await Assert.ThrowsAsync<KeyspaceOverloadedException>(() => world.Door.PopAsync("a", ForEver, source.Token).AsTask());
        Assert.True(world.SynchronousDoor.PopAsync("a", ForEver, source.Token).IsFaulted);

        Assert.Equal(0, Registrations.CountOf(source));
    }

    [Fact]
    public async Task A_waiter_served_before_its_caller_has_its_task_leaves_no_registration()
    {
        // The clock is read while the waiter is being parked: there somebody else leaves a push in the inbox, which is run
        // when the loop is let go, before the call has returned.
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        using var source = new CancellationTokenSource();
        time.OnRead = () =>
        {
            time.OnRead = null;
            _ = world.Door.PushAsync("a", 1).AsTask();
        };

        var pop = world.Door.PopAsync("a", TimeSpan.FromSeconds(1), source.Token).AsTask();

        Assert.Equal(new Taken("a", 1), await pop);
        Assert.Equal(0, Registrations.CountOf(source));
    }
}
