namespace KvEmbedded.Tests.Engine;

/// <summary>What waits in the data types ends in exactly one way, and who gives up has taken nothing, in ten thousand orders each.</summary>
public sealed class WaitingRaceTests
{
    private const int Orders = 10_000;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public void A_pop_of_a_list() =>
        new Race
        {
            Wait = static async (world, keys, token) => keys.Length == 1
                ? await world.Keyspace.List(keys[0]).PopAsync(waitingTime: Second, cancellationToken: token).ConfigureAwait(false) is not null
                : await world.Keyspace.Lists.PopAsync(keys, 1, waitingTime: Second, cancellationToken: token).ConfigureAwait(false) is not null,
            Bring = static (world, key) => world.Keyspace.List(key).PushAsync("element").AsTask(),
            Left = static (world, key) => world.Keyspace.List(key).CountAsync().Answer(),
        }.Run(Orders);

    [Fact]
    public void A_pop_of_a_sorted_set() =>
        new Race
        {
            Wait = static async (world, keys, token) => keys.Length == 1
                ? await world.Keyspace.SortedSet(keys[0]).PopAsync(waitingTime: Second, cancellationToken: token).ConfigureAwait(false) is not null
                : await world.Keyspace.SortedSets.PopAsync(keys, waitingTime: Second, cancellationToken: token).ConfigureAwait(false) is not null,
            Bring = static (world, key) => world.Keyspace.SortedSet(key).AddAsync("member", 1).AsTask(),
            Left = static (world, key) => world.Keyspace.SortedSet(key).CountAsync().Answer(),
        }.Run(Orders);

    [Fact]
    public void A_read_of_a_group() =>
        new Race
        {
            Prepare = static world => MakeGroups(world.Keyspace),
            Wait = static async (world, keys, token) => keys.Length == 1
                ? (await GroupOf(world, keys[0]).ReadAsync("ann", 1, Second, cancellationToken: token).ConfigureAwait(false)).Length > 0
                : (await world.Keyspace.Streams.ReadGroupAsync(keys, "group", "ann", new GroupReadOptions { Count = 1, WaitingTime = Second }, token)
                    .ConfigureAwait(false)).Length > 0,
            Bring = static (world, key) => world.Keyspace.Stream(key).AddAsync("name", "value").AsTask(),
            Left = static (world, key) => LeftIn(GroupOf(world, key)),
        }.Run(Orders);

    private static void MakeGroups(Keyspace keyspace)
    {
        foreach (var key in (KvKey[])["a", "other"]) keyspace.Stream(key).Group("group").CreateAsync(StreamPosition.Beginning).AsTask().GetAwaiter().GetResult();
    }

    private static IConsumerGroup GroupOf(EngineWorld world, KvKey key) => world.Keyspace.Stream(key).Group("group");

    /// <summary>What was not delivered. Delivered or not, in the end it is pending to the one who has it, once.</summary>
    private static long LeftIn(IConsumerGroup group)
    {
        var left = group.ReadAsync("ben", 10).Answer().Length;
        var owner = Assert.Single(group.GetPendingSummaryAsync().Answer().Consumers);
        Assert.Equal((left == 0 ? "ann" : "ben", 1L), (owner.Name.ToString(), owner.Count));
        return left;
    }
}
