using System.Runtime.CompilerServices;
using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Streams;

// Waiting: see ServerDoor.PollAsync.
internal sealed partial class RedisStream
{
    public ValueTask<StreamEntry[]> GetRangeAsync(StreamRange range, Order order, long take, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        var (first, last) = StreamWords.Of(range);
        var command = Require.Named(order) == Order.Ascending
            ? new Command("XRANGE", KeyType.Stream) { key, first, last }
            : new Command("XREVRANGE", KeyType.Stream) { key, last, first };
        if (take != long.MaxValue) command.Add(["COUNT", StreamWords.Text(take)]);
        return door.RunAsync(command, StreamReply.Entries, cancellationToken);
    }

    public async IAsyncEnumerable<StreamEntry> ScanAsync(
        StreamRange range, Order order, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int PageSizeMax = 10_000;
        if (pageSize is < 1 or > PageSizeMax)
            throw new ArgumentOutOfRangeException(nameof(pageSize), pageSize, $"A page must have 1 to {PageSizeMax} entries. Choose a size in this range.");
        while (true)
        {
            var page = await GetRangeAsync(range, order, pageSize, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page) yield return entry;
            if (page.Length < pageSize || !range.TryGetEnds(out var first, out var last)) yield break;
            range = order == Order.Ascending ? StreamRange.Above(page[^1].Id).AndUpTo(last) : StreamRange.From(first).AndBelow(page[^1].Id);
        }
    }

    public async ValueTask<StreamEntry?> GetAsync(StreamId id, CancellationToken cancellationToken) =>
        await GetRangeAsync(StreamRange.Exactly(id), Order.Ascending, 1, cancellationToken).ConfigureAwait(false) is [var entry] ? entry : null;

    public async ValueTask<StreamEntry[]> ReadAsync(
        StreamPosition after, int count, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Require.WaitingTime(waitingTime);
        var id = await ResolveAsync(door, key, after, cancellationToken).ConfigureAwait(false);
        return await door.PollAsync(
            token => door.RunAsync(new Command("XREAD", KeyType.Stream) { "COUNT", count, "STREAMS", key, id.ToString() }, StreamReply.OneRead, token),
            static entries => entries.Length > 0, waitingTime, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<StreamEntry> FollowAsync(
        StreamPosition after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await ReadAsync(after, pageSize, Timeout.InfiniteTimeSpan, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page) yield return entry;
            after = page[^1].Id;
        }
    }

    public ValueTask<StreamInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("XINFO", KeyType.Stream) { "STREAM", key }.MissingIf("no such key"),
            static answer =>
            {
                if (answer.IsNull) return null;
                var facts = StreamReply.Facts(answer);
                return new StreamInfo
                {
                    Count = (long)facts["length"],
                    LastId = StreamReply.Id(facts["last-generated-id"]),
                    MaxRemovedId = StreamReply.Id(facts["max-deleted-entry-id"]),
                    EntriesAdded = (long)facts["entries-added"],
                    GroupCount = (int)facts["groups"],
                    FirstEntry = StreamReply.EntryOrNull(facts["first-entry"]),
                    LastEntry = StreamReply.EntryOrNull(facts["last-entry"]),
                };
            },
            cancellationToken);

    public ValueTask<ConsumerGroupInfo[]> GetGroupsAsync(CancellationToken cancellationToken) =>
        door.RunAsync(new Command("XINFO", KeyType.Stream) { "GROUPS", key }.MissingIf("no such key"), static answer => Reply.Each(answer, GroupInfo), cancellationToken);

    /// <summary>The id behind which reading begins; one that is named by what is in the stream is looked up once, before the first read.</summary>
    internal static async ValueTask<StreamId> ResolveAsync(ServerDoor door, RedisKey key, StreamPosition position, CancellationToken cancellationToken)
    {
        if (position.Kind == StreamPositionKind.After) return position.Id;
        var info = await new RedisStream(door, key).GetInfoAsync(cancellationToken).ConfigureAwait(false);
        return position.Kind == StreamPositionKind.Newest && info?.LastEntry is { } last ? last.Id.Previous : info?.LastId ?? StreamId.MinValue;
    }

    private static ConsumerGroupInfo GroupInfo(RedisResult answer)
    {
        var facts = StreamReply.Facts(answer);
        return new ConsumerGroupInfo
        {
            Name = Reply.Value(facts["name"]),
            ConsumerCount = (int)facts["consumers"],
            PendingCount = (long)facts["pending"],
            LastDeliveredId = StreamReply.Id(facts["last-delivered-id"]),
            EntriesRead = Reply.IntegerOrNull(facts["entries-read"]),
            Lag = Reply.IntegerOrNull(facts["lag"]),
        };
    }
}
