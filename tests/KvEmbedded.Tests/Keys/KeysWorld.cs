using KvEmbedded.Engine;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Keys;

/// <summary>A keyspace under a clock that stands still until it is told to move, with a look behind the front.</summary>
internal sealed class KeysWorld : IAsyncDisposable, IDisposable
{
    public KeysWorld(Action<KeyspaceOptions>? configure = null)
    {
        var options = new KeyspaceOptions { TimeProvider = Clock, RandomSeed = 1 };
        configure?.Invoke(options);
        Keyspace = new Keyspace(options);
    }

    public SettableClock Clock { get; } = new();

    public Keyspace Keyspace { get; }

    public IKeys Keys => Keyspace.Keys;

    public Turn Turn => Keyspace.Store.Dispatcher.Turn;

    /// <summary>What values take, without the table, whose shape depends on its history.</summary>
    public long ValueBytes => Turn.MemoryBytes - Turn.Table.MemoryBytes;

    public void Advance(TimeSpan time) => Clock.Advance(time);

    public ValueTask<bool> SetAsync(KvKey key, KvValue value, Expiration expiration = default) =>
        Keyspace.Strings.SetAsync(key, value, expiration);

    public async ValueTask<string?> GetAsync(KvKey key) => (await Keyspace.Strings.GetAsync(key))?.ToString();

    /// <summary>Adds to the set of numbers at a key, the one data type of these tests beside the string.</summary>
    public ValueTask<bool> AddAsync(string key, int number) => AddAsync(Keyspace, key, number);

    public static ValueTask<bool> AddAsync(IKeyspace keyspace, string key, int number) =>
        DoorOf(keyspace).RunAsync(
            DoorOf(keyspace).Encode(key), number,
            static (turn, key, number) =>
            {
                turn.FindOrCreate<NumberSet>(key).Add(number);
                turn.Changed(key, KeyEventKind.SortedSetAdded);
                return true;
            },
            CancellationToken.None);

    public ValueTask<int[]?> NumbersAsync(string key) => NumbersAsync(Keyspace, key);

    public static ValueTask<int[]?> NumbersAsync(IKeyspace keyspace, string key) =>
        DoorOf(keyspace).RunAsync(
            DoorOf(keyspace).Encode(key), 0, static (turn, key, _) => turn.Find<NumberSet>(key)?.Numbers, CancellationToken.None);

    public async Task<string[]> ScanAsync(KeyScan? options = null) => await ScanAsync(Keys, options);

    public static async Task<string[]> ScanAsync(IKeys keys, KeyScan? options = null)
    {
        var found = new List<string>();
        await foreach (var key in keys.ScanAsync(options)) found.Add(key.ToString());
        return [.. found.Order(StringComparer.Ordinal)];
    }

    public static Door DoorOf(IKeyspace keyspace) => keyspace switch
    {
        Keyspace whole => ((KeyspaceView)whole.WithPrefix("")).Door,
        KeyspaceView view => view.Door,
        _ => throw new ArgumentException("Not an embedded keyspace.", nameof(keyspace)),
    };

    public ValueTask DisposeAsync() => Keyspace.DisposeAsync();

    public void Dispose() => Keyspace.Dispose();
}

/// <summary>A fake clock whose wall side can be set without a moment passing.</summary>
internal sealed class SettableClock : TimeProvider
{
    private readonly FakeTimeProvider inner = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>How far the wall clock has been set ahead, or back.</summary>
    public TimeSpan Shift { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public void Advance(TimeSpan time) => inner.Advance(time);

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Shift;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}

/// <summary>A data type that does all a data type must: it reports effects, can be copied, and may become empty.</summary>
internal sealed class NumberSet : IDataValue
{
    private SortedSet<int> numbers = [];

    public KeyType Type => KeyType.SortedSet;

    public bool IsEmpty => numbers.Count == 0;

    public long MemoryBytes => 100 + (40L * numbers.Count);

    public IEffectSink? Effects { get; set; }

    public int[] Numbers => [.. numbers];

    public void Add(int number)
    {
        if (numbers.Add(number)) Effects?.Report(new NumberAdded(number));
    }

    public IDataValue Copy() => new NumberSet { numbers = [.. numbers] };

    public void CheckInvariants()
    {
    }

    private sealed class NumberAdded(int number) : Effect
    {
        public override void Undo(IDataValue value) => ((NumberSet)value).numbers.Remove(number);
    }
}
