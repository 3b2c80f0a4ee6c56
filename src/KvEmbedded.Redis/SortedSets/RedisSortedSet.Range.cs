using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.SortedSets;

internal sealed partial class RedisSortedSet
{
    /// <summary>ARGV: the words of ZRANGE from the ends on. BYLEX answers no scores, so they are looked up in the same step.</summary>
    private static readonly Script RangeOfMembers = new("range of members (script)",
        """
        local members = redis.call('ZRANGE', KEYS[1], unpack(ARGV))
        local entries = {}
        for first = 1, #members, 1000 do
          local last = math.min(first + 999, #members)
          local scores = redis.call('ZMSCORE', KEYS[1], unpack(members, first, last))
          for i = first, last do
            entries[#entries + 1] = members[i]
            entries[#entries + 1] = scores[i - first + 1]
          end
        end
        return entries
        """);

    public ValueTask<SortedSetEntry[]> GetRangeAsync(Range ranks, Order order, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("ZRANGE", KeyType.SortedSet) { key, WordsOf(ranks, order), "WITHSCORES" }, EntryReply.All, cancellationToken);

    public ValueTask<SortedSetEntry[]> GetRangeAsync(
        ScoreRange scores, Order order, long skip, long take, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("ZRANGE", KeyType.SortedSet) { key, WordsOf(scores, order, skip, take), "WITHSCORES" }, EntryReply.All,
            cancellationToken);

    public ValueTask<SortedSetEntry[]> GetRangeAsync(
        MemberRange members, Order order, long skip, long take, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command(RangeOfMembers, KeyType.SortedSet, key) { WordsOf(members, order, skip, take) }, EntryReply.All, cancellationToken);

    public ValueTask<long> StoreRangeAsync(KvKey destination, Range ranks, Order order, CancellationToken cancellationToken) =>
        StoreAsync(destination, WordsOf(ranks, order), cancellationToken);

    public ValueTask<long> StoreRangeAsync(
        KvKey destination, ScoreRange scores, RangePart? part, CancellationToken cancellationToken)
    {
        part ??= new RangePart();
        return StoreAsync(destination, WordsOf(scores, part.Order, part.Skip, part.Take), cancellationToken);
    }

    public ValueTask<long> StoreRangeAsync(
        KvKey destination, MemberRange members, RangePart? part, CancellationToken cancellationToken)
    {
        part ??= new RangePart();
        return StoreAsync(destination, WordsOf(members, part.Order, part.Skip, part.Take), cancellationToken);
    }

    public ValueTask<long> RemoveRangeAsync(Range ranks, CancellationToken cancellationToken)
    {
        var inclusive = Inclusive.Of(ranks);
        return CountAsync(
            new Command("ZREMRANGEBYRANK", KeyType.SortedSet) { key, inclusive.Start, inclusive.Stop }, cancellationToken);
    }

    public ValueTask<long> RemoveRangeAsync(ScoreRange scores, CancellationToken cancellationToken) =>
        CountAsync(new Command("ZREMRANGEBYSCORE", KeyType.SortedSet) { key, RangeWords.Of(scores) }, cancellationToken);

    public ValueTask<long> RemoveRangeAsync(MemberRange members, CancellationToken cancellationToken) =>
        CountAsync(new Command("ZREMRANGEBYLEX", KeyType.SortedSet) { key, RangeWords.Of(members) }, cancellationToken);

    private ValueTask<long> StoreAsync(KvKey destination, Command words, CancellationToken cancellationToken)
    {
        var command = new Command("ZRANGESTORE", KeyType.SortedSet);
        command.AddDestination(door.Encode(destination));
        command.Add(key);
        command.Add(words);
        return CountAsync(command, cancellationToken);
    }

    private static Command WordsOf(Range ranks, Order order)
    {
        var inclusive = Inclusive.Of(ranks);
        return new Command("") { inclusive.Start, inclusive.Stop, RangeWords.Rest(order, 0, long.MaxValue) };
    }

    private static Command WordsOf(ScoreRange scores, Order order, long skip, long take) =>
        new("") { RangeWords.Of(scores, order), "BYSCORE", RangeWords.Rest(order, skip, take) };

    private static Command WordsOf(MemberRange members, Order order, long skip, long take) =>
        new("") { RangeWords.Of(members, order), "BYLEX", RangeWords.Rest(order, skip, take) };
}
