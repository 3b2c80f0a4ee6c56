using KvEmbedded.Engine;
using KvEmbedded.Lists;
using KvEmbedded.Tests.Strings;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Lists;

/// <summary>A keyspace with a clock that stands still, and lists written as text: <c>a b c</c>.</summary>
internal sealed class ListWorld : IAsyncDisposable
{
    public static readonly TimeSpan ForEver = Timeout.InfiniteTimeSpan;

    public ListWorld(Action<KeyspaceOptions>? configure = null)
    {
        var options = new KeyspaceOptions { TimeProvider = Time, RandomSeed = 1 };
        configure?.Invoke(options);
        Keyspace = new Keyspace(options);
    }

    public FakeTimeProvider Time { get; } = new();

    public Keyspace Keyspace { get; }

    /// <summary>For looks at the store while nothing runs.</summary>
    public Turn Turn => Keyspace.Store.Dispatcher.Turn;

    public int Waiting => Turn.Waiters.Count;

    public IKvList this[KvKey key] => Keyspace.List(key);

    public async Task<IKvList> FilledAsync(KvKey key, params KvValue[] elements)
    {
        await this[key].PushAsync(elements);
        return this[key];
    }

    /// <summary>What a key holds, in order.</summary>
    public async Task<string> TextAsync(KvKey key) => Text(await this[key].GetRangeAsync(..));

    public static string Text(IEnumerable<KvValue> elements) => string.Join(' ', elements);

    public StringWorld.EventNotes Note() => new(Keyspace);

    public async ValueTask DisposeAsync()
    {
        Turn.Table.CheckInvariants();
        await Keyspace.DisposeAsync();
    }

    public void CheckInvariants(string key) => Turn.Find<ListDeque>(new EncodedKey(((KvKey)key).ToArray()))?.CheckInvariants();
}
