using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.SortedSets;

internal sealed partial class RedisSortedSet
{
    public ValueTask<bool> AddAsync(KvValue member, double score, AddWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("ZADD", KeyType.SortedSet) { key, WordsOf(when), Require.Number(score), member }, Reply.Flag, cancellationToken);

    public ValueTask<long> AddAsync(
        IReadOnlyCollection<SortedSetEntry> entries, AddWhen when, AddCount count, CancellationToken cancellationToken)
    {
        Require.Some(entries, "entry");
        string[] changed = Require.Named(count) == AddCount.Changed ? ["CH"] : [];
        var command = new Command("ZADD", KeyType.SortedSet) { key, WordsOf(when), changed };
        foreach (var (member, score) in entries)
        {
            command.Add(Require.Number(score, nameof(entries)));
            command.Add(member);
        }

        return door.RunAsync(command, Reply.Integer, cancellationToken);
    }

    public ValueTask<double> IncrementAsync(KvValue member, double by, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("ZINCRBY", KeyType.SortedSet) { key, Require.Number(by, nameof(by)), member }, Reply.Number, cancellationToken);

    public ValueTask<double?> TryIncrementAsync(KvValue member, double by, AddWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("ZADD", KeyType.SortedSet) { key, WordsOf(when), "INCR", Require.Number(by, nameof(by)), member },
            Reply.NumberOrNull, cancellationToken);

    private static string[] WordsOf(AddWhen when) => Require.Named(when) switch
    {
        AddWhen.Missing => ["NX"],
        AddWhen.Present => ["XX"],
        AddWhen.Greater => ["GT"],
        AddWhen.Less => ["LT"],
        AddWhen.PresentAndGreater => ["XX", "GT"],
        AddWhen.PresentAndLess => ["XX", "LT"],
        _ => [],
    };
}
