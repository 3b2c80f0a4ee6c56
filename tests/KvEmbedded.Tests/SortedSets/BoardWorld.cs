using System.Globalization;
using KvEmbedded.Engine;
using KvEmbedded.SortedSets;
using KvEmbedded.Tests.Strings;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.SortedSets;

/// <summary>A keyspace with a clock that stands still, and sorted sets written as text: <c>a=1 b=2</c>.</summary>
internal sealed class BoardWorld : IAsyncDisposable
{
    public BoardWorld(Action<KeyspaceOptions>? configure = null)
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

    public ISortedSet this[KvKey key] => Keyspace.SortedSet(key);

    /// <summary>A set with members a, b, c, … and these scores.</summary>
    public async Task<ISortedSet> FilledAsync(KvKey key, params double[] scores)
    {
        await this[key].AddAsync(Entries(scores));
        return this[key];
    }

    public static SortedSetEntry[] Entries(params double[] scores) =>
        [.. scores.Select(static (score, i) => new SortedSetEntry(((char)('a' + i)).ToString(), score))];

    /// <summary>What a key holds, in order.</summary>
    public async Task<string> TextAsync(KvKey key) => Text(await this[key].GetRangeAsync(Range.All));

    public StringWorld.EventNotes Note() => new(Keyspace);

    public static string Text(IEnumerable<SortedSetEntry> entries) => string.Join(' ', entries.Select(static entry => Text(entry)));

    public static string Text(SortedSetEntry? entry) =>
        entry is { } some ? $"{some.Member}={some.Score.ToString("R", CultureInfo.InvariantCulture)}" : "none";

    public async ValueTask DisposeAsync()
    {
        CheckInvariants();
        await Keyspace.DisposeAsync();
    }

    public void CheckInvariants(params string[] keys)
    {
        Turn.Table.CheckInvariants();
        foreach (var key in keys) Turn.Find<SortedSetTree>(new EncodedKey(((KvKey)key).ToArray()))?.CheckInvariants();
    }
}
