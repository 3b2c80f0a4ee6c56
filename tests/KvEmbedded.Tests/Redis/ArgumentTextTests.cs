using KvEmbedded.Tests.Conformance;

namespace KvEmbedded.Tests.Redis;

/// <summary>What is wrong with arguments is told with the same words by an embedded keyspace and by one on a server.</summary>
public sealed class ArgumentTextTests : IAsyncDisposable
{
    private readonly Keyspace embedded = new();
    private readonly ScriptedServer server = new();

    public static TheoryData<string, Func<IKeyspace, Task>> Calls { get; } = new()
    {
        { "At least one member is needed. (Parameter 'members')", async k => await k.Set("a").AddAsync((KvValue[])[]) },
        { "At least one member is needed. (Parameter 'members')", async k => await k.SortedSet("a").RemoveAsync((KvValue[])[]) },
        { "At least one member is needed. (Parameter 'members')", async k => await k.GeoIndex("a").GetPositionsAsync([]) },
        { "At least one entry is needed. (Parameter 'entries')", async k => await k.SortedSet("a").AddAsync([]) },
        { "At least one entry is needed. (Parameter 'entries')", async k => await k.Hash("a").SetAsync([]) },
        { "At least one entry is needed. (Parameter 'entries')", async k => await k.GeoIndex("a").AddAsync([]) },
        { "At least one field is needed. (Parameter 'fields')", async k => await k.Hash("a").GetAsync((KvValue[])[]) },
        { "At least one field is needed. (Parameter 'fields')", async k => await k.Stream("a").AddAsync([]) },
        { "At least one element is needed. (Parameter 'elements')", async k => await k.List("a").PushAsync([]) },
        { "At least one element is needed. (Parameter 'elements')", async k => await k.List("a").PushAndTrimAsync([], 3) },
        { "At least one key is needed. (Parameter 'keys')", async k => await k.Keys.DeleteAsync((KvKey[])[]) },
        { "At least one key with its value is needed. (Parameter 'pairs')", async k => await k.Strings.SetAsync([]) },
        { "At least one id is needed. (Parameter 'ids')", async k => await k.Stream("a").RemoveAsync((StreamId[])[]) },
        { "At least one item is needed. (Parameter 'items')", async k => await k.BloomFilter("a").AddAsync((KvValue[])[]) },
        { "At least one item is needed. (Parameter 'items')", async k => await k.CuckooFilter("a").InsertAsync([], null) },
        { "At least one item is needed. (Parameter 'items')", async k => await k.CountMinSketch("a").CountAsync((KvValue[])[]) },
        { "At least one item is needed. (Parameter 'items')", async k => await k.TopK("a").AddAsync((KvValue[])[]) },
        { "At least one increment is needed. (Parameter 'increments')", async k => await k.CountMinSketch("a").IncrementAsync([]) },
        { "At least one increment is needed. (Parameter 'increments')", async k => await k.TopK("a").IncrementAsync([]) },
        { "At least one value is needed. (Parameter 'values')", async k => await k.TDigest("a").AddAsync((double[])[]) },
        { "Only a finite number can be added. (Parameter 'by')\nActual value was NaN.", async k => await k.Counter("a").IncrementFloatAsync(double.NaN) },
        { "Only a finite number can be added. (Parameter 'by')\nActual value was NaN.", async k => await k.Hash("a").IncrementFloatAsync("f", double.NaN) },
        {
            $"The least 64-bit integer has no positive counterpart. Take it in two steps. (Parameter 'by')\nActual value was {long.MinValue}.",
            async k => await k.Counter("a").DecrementAsync(long.MinValue)
        },
        { "Key 'a' cannot be copied onto itself. Give another destination. (Parameter 'destination')", async k => await k.Keys.CopyAsync("a", "a") },
        {
            "No key that exists has the type None. Leave KeyScan.Type null for all types. (Parameter 'options')",
            async k => await k.Keys.ScanPageAsync(0, new KeyScan { Type = KeyType.None })
        },
        {
            "A stream can be followed from one place only. (Parameter 'places')",
            async k => await k.Streams.FollowAsync([new("a", default(StreamId)), new("a", default(StreamId))]).GetAsyncEnumerator().MoveNextAsync()
        },
        {
            "There is no such ExpireWhen. Use a named one. (Parameter 'when')\nActual value was 99.",
            async k => await k.Keys.ExpireAsync("a", TimeSpan.FromSeconds(1), (ExpireWhen)99)
        },
        { "There is no such SetWhen. Use a named one. (Parameter 'when')\nActual value was 99.", async k => await k.Strings.SetAsync("a", "x", when: (SetWhen)99) },
        {
            "The capacity of a subscription is 1 to 16777216 events. (Parameter 'capacity')\nActual value was 0.",
            async k => await k.PubSub.SubscribeAsync("a", capacity: 0)
        },
    };

    public ValueTask DisposeAsync() => embedded.DisposeAsync();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Both_say_the_same(string text, Func<IKeyspace, Task> call)
    {
        var here = await Record.ExceptionAsync(() => call(embedded));
        var there = await Record.ExceptionAsync(() => call(server.Keyspace));

        Assert.Equal(text, here?.Message);
        Assert.Equal(text, there?.Message);
        Assert.Equal(here!.GetType(), there!.GetType());
    }
}
