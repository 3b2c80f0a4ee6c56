using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class ConsumerGroupHandle
{
    /// <summary>Who waits for entries to become idle looks again after this time at the earliest.</summary>
    private static readonly TimeSpan LookAgainMin = TimeSpan.FromMilliseconds(1);

    /// <summary>The same while nothing is pending: a commit wakes who waits, unless it has made something pending at once.</summary>
    private static readonly TimeSpan LookForPendingMin = TimeSpan.FromMilliseconds(100);

    public ValueTask<StreamEntry[]> ReadAsync(
        KvValue consumer, int count, TimeSpan waitingTime, Acknowledge acknowledge, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return door.RunBlockingAsync(
            OwnKey, (name, Consumer: consumer.ToMemory(), count, Require.Named(acknowledge)),
            static (Turn turn, EncodedKey[] keys, (byte[] Name, ReadOnlyMemory<byte> Consumer, int Count, Acknowledge Acknowledge) a, out StreamEntry[] result) =>
                (result = ReadNew(turn, keys[0], a.Name, a.Consumer.Span, a.Count, a.Acknowledge)).Length > 0,
            [], Require.WaitingTime(waitingTime), cancellationToken, untilKeyGoes: true);
    }

    public async IAsyncEnumerable<StreamEntry> FollowAsync(
        KvValue consumer, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        while (true)
        {
            var page = await ReadAsync(consumer, pageSize, Timeout.InfiniteTimeSpan, Acknowledge.Later, cancellationToken).ConfigureAwait(false);
            if (page.Length == 0) yield break;
            foreach (var entry in page) yield return entry;
        }
    }

    public ValueTask<StreamEntry[]> ReadPendingAsync(KvValue consumer, StreamId after, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return door.RunMeasuredAsync(
            key, (name, Consumer: consumer.ToMemory(), after, count),
            static (turn, key, a) => ReadPending(turn, key, a.name, a.Consumer.Span, a.after, a.count), cancellationToken);
    }

    public ValueTask<StreamDelivery[]> ReadOrClaimAsync(
        KvValue consumer, TimeSpan minIdle, int count, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        RequireIdle(minIdle);
        Require.WaitingTime(waitingTime);
        return ReadOrClaimAsync(new ClaimingRead(name, consumer.ToArray(), minIdle, count), waitingTime, cancellationToken);
    }

    /// <summary>
    /// A commit wakes who waits, but time that passes does not: so the wait is cut where the next entry will have been idle
    /// for long enough; of what is not pending yet that is never earlier than the idle time from now.
    /// </summary>
    private async ValueTask<StreamDelivery[]> ReadOrClaimAsync(ClaimingRead read, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        var step = await TryAsync().ConfigureAwait(false);
        var end = waitingTime == Timeout.InfiniteTimeSpan ? Clock.Never : Clock.Add(step.Now, waitingTime);
        while (step.Deliveries.Length == 0 && step.Now < end && !door.IsTransaction)
        {
            var again = Math.Min(end, Math.Min(step.NextAt, Clock.Add(step.Now, read.MinIdle)));
            var pauseMin = step.NextAt == Clock.Never ? LookForPendingMin : LookAgainMin;
            var pause = TimeSpan.FromTicks(Math.Max(again - step.Now, Math.Min(pauseMin.Ticks, end - step.Now)));
            var deliveries = await door.RunBlockingAsync(
                OwnKey, read,
                static (Turn turn, EncodedKey[] keys, ClaimingRead read, out StreamDelivery[] result) =>
                    (result = ReadOrClaim(turn, keys[0], read).Deliveries).Length > 0,
                [], pause, cancellationToken, untilKeyGoes: true).ConfigureAwait(false);
            if (deliveries.Length > 0) return deliveries;
            step = await TryAsync().ConfigureAwait(false);
        }

        return step.Deliveries;

        ValueTask<ClaimStep> TryAsync() =>
            door.RunMeasuredAsync(key, read, static (turn, key, read) => ReadOrClaim(turn, key, read), cancellationToken, nameof(ReadOrClaimAsync));
    }

    private static StreamEntry[] ReadNew(
        Turn turn, EncodedKey key, byte[] name, ReadOnlySpan<byte> consumer, int count, Acknowledge acknowledge)
    {
        var group = FindToChange(turn, key, name, out var log);
        return GroupReads.ReadNew(turn, key, log, group, consumer, count, acknowledge);
    }

    private static StreamEntry[] ReadPending(Turn turn, EncodedKey key, byte[] name, ReadOnlySpan<byte> consumer, StreamId after, int count)
    {
        var group = FindToChange(turn, key, name, out var log);
        return GroupReads.ReadPending(turn, log, group, GroupReads.Join(turn, key, log, group, consumer), after, count);
    }

    private static ClaimStep ReadOrClaim(Turn turn, EncodedKey key, ClaimingRead read)
    {
        var group = FindToChange(turn, key, read.Group, out var log);
        var deliveries = GroupReads.ReadOrClaim(turn, key, log, group, read.Consumer, read.MinIdle, read.Count, out var nextAt);
        return new ClaimStep(deliveries, turn.Now, nextAt);
    }

    private sealed record ClaimingRead(byte[] Group, byte[] Consumer, TimeSpan MinIdle, int Count);

    /// <summary>What one attempt has found, when it was made, and when the next entry will be idle for long enough.</summary>
    private readonly record struct ClaimStep(StreamDelivery[] Deliveries, long Now, long NextAt);
}
