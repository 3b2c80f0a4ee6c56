namespace KvEmbedded.Conformance;

/// <summary>The order in which those who wait are served: for backends that know all who do.</summary>
public abstract class WaitingOrderContract<TBackend> : Contract<TBackend> where TBackend : Backend, new()
{
    [Fact]
    public Task Those_who_wait_are_served_in_the_order_in_which_they_came() => RunAsync(async keyspace =>
    {
        var set = keyspace.SortedSet("a");
        var pops = Enumerable.Range(0, 5).Select(_ => set.PopAsync(waitingTime: Timeout.InfiniteTimeSpan).AsTask()).ToArray();
        for (var i = 0; i < pops.Length; i++)
        {
            await set.AddAsync(i, i);
            Assert.Equal(i, (await pops[i])!.Value.Score);
        }
    });
}
