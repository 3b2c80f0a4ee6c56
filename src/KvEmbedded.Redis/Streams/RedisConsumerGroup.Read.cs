using System.Runtime.CompilerServices;
using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Streams;

// Waiting: see ServerDoor.PollAsync.
internal sealed partial class RedisConsumerGroup
{
    public ValueTask<StreamEntry[]> ReadAsync(
        KvValue consumer, int count, TimeSpan waitingTime, Acknowledge acknowledge, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        string[] words = Require.Named(acknowledge) == Acknowledge.OnRead ? ["NOACK"] : [];
        return door.PollAsync(
            token => door.RunAsync(Read(consumer, count, words, ">"), StreamReply.OneRead, token), static entries => entries.Length > 0,
            Require.WaitingTime(waitingTime), cancellationToken);
    }

    public async IAsyncEnumerable<StreamEntry> FollowAsync(
        KvValue consumer, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await ReadAsync(consumer, pageSize, Timeout.InfiniteTimeSpan, Acknowledge.Later, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page) yield return entry;
        }
    }

    public ValueTask<StreamEntry[]> ReadPendingAsync(KvValue consumer, StreamId after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        // The server takes the greatest id of all for what is new. Nothing can be pending behind the one before it but that one.
        var id = after == StreamId.MaxValue ? after.Previous : after;
        return door.RunAsync(
            Read(consumer, count, [], id.ToString()), answer => Array.FindAll(StreamReply.OneRead(answer), entry => entry.Id > after), cancellationToken);
    }

    public ValueTask<StreamDelivery[]> ReadOrClaimAsync(
        KvValue consumer, TimeSpan minIdle, int count, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        string[] words = ["CLAIM", StreamWords.Text(ServerTime.Milliseconds(RequireIdle(minIdle)))];
        return door.PollAsync(
            token => door.RunAsync(Read(consumer, count, words, ">"), StreamReply.OneDelivery, token), static deliveries => deliveries.Length > 0,
            Require.WaitingTime(waitingTime), cancellationToken);
    }

    private Command Read(KvValue consumer, int count, string[] words, string id) =>
        Failing(new Command("XREADGROUP", KeyType.Stream) { "GROUP", Name, consumer, "COUNT", count, words, "STREAMS", key, id });
}
