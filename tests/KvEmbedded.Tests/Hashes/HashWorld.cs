using KvEmbedded.Engine;
using KvEmbedded.Hashes;
using KvEmbedded.Tests.Strings;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Hashes;

/// <summary>A keyspace with a clock in the test's hand, and hashes written as text: <c>a=1 b=2</c>.</summary>
internal sealed class HashWorld : IAsyncDisposable
{
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public HashWorld(Action<KeyspaceOptions>? configure = null)
    {
        var options = new KeyspaceOptions { TimeProvider = Time, RandomSeed = 1 };
        configure?.Invoke(options);
        Keyspace = new Keyspace(options);
    }

    public FakeTimeProvider Time { get; } = new();

    public Keyspace Keyspace { get; }

    /// <summary>For looks at the store while nothing runs.</summary>
    public Turn Turn => Keyspace.Store.Dispatcher.Turn;

    public IHash this[KvKey key] => Keyspace.Hash(key);

    /// <summary>A hash with such fields.</summary>
    public async Task<IHash> FilledAsync(KvKey key, string text)
    {
        await this[key].SetAsync([.. text.Split(' ').Select(static entry => new HashEntry(entry.Split('=')[0], entry.Split('=')[1]))]);
        return this[key];
    }

    /// <summary>What a key holds.</summary>
    public async Task<string> TextAsync(KvKey key) => Text(await this[key].GetAllAsync());

    public StringWorld.EventNotes Note() => new(Keyspace);

    public static string Text(IEnumerable<HashEntry> entries) =>
        string.Join(' ', entries.Select(static entry => $"{entry.Field}={entry.Value}").Order(StringComparer.Ordinal));

    public static string Text(IEnumerable<KvValue?> values) => string.Join(' ', values.Select(static value => value?.ToString() ?? "none"));

    public async ValueTask DisposeAsync()
    {
        CheckInvariants();
        await Keyspace.DisposeAsync();
    }

    public void CheckInvariants(params string[] keys)
    {
        Turn.Table.CheckInvariants();
        foreach (var key in keys) Turn.Find<HashFields>(new EncodedKey(((KvKey)key).ToArray()))?.CheckInvariants();
    }
}
