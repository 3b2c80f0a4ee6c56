using KvEmbedded.Engine;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Strings;

/// <summary>A keyspace with a clock that stands still, and a way to put what is no string.</summary>
internal sealed class StringWorld : IAsyncDisposable
{
    public StringWorld(Action<KeyspaceOptions>? configure = null)
    {
        var options = new KeyspaceOptions { TimeProvider = Time, RandomSeed = 1 };
        configure?.Invoke(options);
        Keyspace = new Keyspace(options);
    }

    public FakeTimeProvider Time { get; } = new();

    public Keyspace Keyspace { get; }

    public IKvString this[KvKey key] => Keyspace.String(key);

    /// <summary>What a key holds, as text; null if it is missing.</summary>
    public async Task<string?> TextAsync(KvKey key) => (await Keyspace.Strings.GetAsync(key))?.ToString();

    public ValueTask<bool> PutOtherTypeAsync(KvKey key) =>
        Keyspace.Store.Dispatcher.RunAsync(
            new EncodedKey(key.ToArray()), 0,
            static (turn, key, _) =>
            {
                turn.Put(key, new OtherValue());
                return true;
            },
            null, CancellationToken.None);

    public ValueTask<KeyType> GetTypeAsync(KvKey key) =>
        Keyspace.Store.Dispatcher.RunAsync(
            new EncodedKey(key.ToArray()), 0,
            static (turn, key, _) => turn.TryFind(key, out var location) ? Turn.TypeOf(location) : KeyType.None, null,
            CancellationToken.None);

    /// <summary>How long a key has left; null if it never expires or is missing.</summary>
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(KvKey key) =>
        Keyspace.Store.Dispatcher.RunAsync(
            new EncodedKey(key.ToArray()), 0,
            static (turn, key, _) => turn.TryFind(key, out var location) && location.Deadline != Expiry.NoDeadline
                ? new TimeSpan(location.Deadline - turn.Now)
                : (TimeSpan?)null,
            null, CancellationToken.None);

    /// <summary>Begins to note events.</summary>
    public EventNotes Note() => new(Keyspace);

    public async ValueTask DisposeAsync()
    {
        Keyspace.Store.Table.CheckInvariants();
        await Keyspace.DisposeAsync();
    }

    /// <summary>What happens to keys, in words.</summary>
    internal sealed class EventNotes(Keyspace keyspace) : IAsyncDisposable
    {
        private static readonly KvKey Mark = "mark";

        private readonly IAsyncEnumerator<KeyEvent> events = keyspace.SubscribeToEvents().GetAsyncEnumerator();

        /// <summary>What has happened since the last call.</summary>
        public async Task<string> TakeAsync()
        {
            await keyspace.Strings.SetAsync(Mark, "");
            var seen = new List<string>();
            while (await events.MoveNextAsync() && events.Current.Key != Mark) seen.Add($"{events.Current.Kind} {events.Current.Key}");
            return string.Join(", ", seen);
        }

        public ValueTask DisposeAsync() => events.DisposeAsync();
    }

    /// <summary>Something at a key that is no string.</summary>
    private sealed class OtherValue : IDataValue
    {
        public KeyType Type => KeyType.SortedSet;

        public bool IsEmpty => false;

        public long MemoryBytes => 24;

        public IEffectSink? Effects { get; set; }

        public IDataValue Copy() => new OtherValue();

        public void CheckInvariants()
        {
        }
    }
}
