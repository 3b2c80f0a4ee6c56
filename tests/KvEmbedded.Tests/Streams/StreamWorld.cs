using KvEmbedded.Engine;
using KvEmbedded.Streams;
using KvEmbedded.Tests.Strings;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Streams;

/// <summary>A keyspace with a clock that the test moves, and streams as text.</summary>
internal sealed class StreamWorld : IAsyncDisposable
{
    public StreamWorld(Action<KeyspaceOptions>? configure = null)
    {
        var options = new KeyspaceOptions { TimeProvider = Time, RandomSeed = 1 };
        configure?.Invoke(options);
        Keyspace = new Keyspace(options);
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public Keyspace Keyspace { get; }

    /// <summary>For looks at the store while nothing runs.</summary>
    public Turn Turn => Keyspace.Store.Dispatcher.Turn;

    public int Waiting => Turn.Waiters.Count;

    public IStream this[KvKey key] => Keyspace.Stream(key);

    /// <summary>Entries 1-0 to n-0, each with a field n=its number.</summary>
    public async Task<IStream> FilledAsync(KvKey key, int count)
    {
        for (var i = 1; i <= count; i++) await this[key].AddAsync([new("n", i)], new StreamAddOptions { Id = new StreamId((ulong)i) });
        return this[key];
    }

    /// <summary>A group that has all entries of such a stream before it.</summary>
    public async Task<IConsumerGroup> GroupAsync(KvKey key, int count)
    {
        var group = (await FilledAsync(key, count)).Group("g");
        await group.CreateAsync(StreamPosition.Beginning);
        return group;
    }

    public StringWorld.EventNotes Note() => new(Keyspace);

    public static string Text(IEnumerable<StreamEntry> entries) => string.Join(' ', entries.Select(static entry => entry.Id.ToString()));

    public static async Task<string> PendingAsync(IConsumerGroup group) => string.Join(
        ' ', (await group.GetPendingAsync(new PendingQuery { Count = int.MaxValue }))
            .Select(static entry => $"{entry.Id}:{entry.Consumer}:{entry.Idle?.TotalSeconds}:{entry.DeliveryCount}"));

    public async ValueTask DisposeAsync()
    {
        Turn.Table.CheckInvariants();
        foreach (var key in (string[])["a", "b"])
        {
            if (await Keyspace.Keys.GetTypeAsync(key) == KeyType.Stream) Turn.Find<StreamLog>(new EncodedKey(((KvKey)key).ToArray()))!.CheckInvariants();
        }

        await Keyspace.DisposeAsync();
    }
}
