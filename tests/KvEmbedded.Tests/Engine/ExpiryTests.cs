using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

/// <summary>Times to live, as the engine keeps them.</summary>
public sealed class ExpiryTests
{
    [Fact]
    public async Task A_key_that_has_expired_but_is_not_yet_removed_can_be_set()
    {
        var time = new ManualTime();
        using var world = new EngineWorld(options => options.TimeProvider = time);
        await world.Keyspace.Strings.SetAsync("k", "old", TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(2));

        await world.Keyspace.Strings.SetAsync("k", "new");

        Assert.Equal("new", (await world.Keyspace.Strings.GetAsync("k")).ToString());
        world.Turn.Table.CheckInvariants();
    }

    [Fact]
    public async Task A_record_that_lost_its_time_to_live_and_got_a_new_one_in_place_expires()
    {
        using var world = new EngineWorld();
        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.FromSeconds(1));
        await world.Keyspace.Strings.SetAsync("k", "v");
        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.FromSeconds(1));

        world.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(0, world.Turn.Table.Count);
        Assert.Equal(1, world.Turn.ExpiredKeys);
    }

    [Fact]
    public async Task The_longest_time_to_live_is_a_time_to_live()
    {
        using var world = new EngineWorld();

        await world.Keyspace.Strings.SetAsync("k", "v", TimeSpan.MaxValue);
        world.Time.Advance(TimeSpan.FromDays(365));

        Assert.Equal("v", (await world.Keyspace.Strings.GetAsync("k")).ToString());
    }
}
