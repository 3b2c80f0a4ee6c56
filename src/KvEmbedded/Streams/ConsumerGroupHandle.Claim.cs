using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

internal sealed partial class ConsumerGroupHandle
{
    /// <summary>So many times as many pending entries as are to be claimed are looked at in one step.</summary>
    private const int LooksPerClaim = 10;

    public ValueTask<StreamEntry[]> ClaimAsync(
        KvValue consumer, IReadOnlyCollection<StreamId> ids, TimeSpan minIdle, ClaimOptions? options, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (name, Claim: new Claiming(consumer.ToArray(), StreamHandle.Copy(ids), RequireIdle(minIdle), RequireSense(options), false)),
            static (turn, key, a) => Claim(turn, key, a.name, a.Claim), cancellationToken);

    public async ValueTask<StreamId[]> ClaimIdsAsync(
        KvValue consumer, IReadOnlyCollection<StreamId> ids, TimeSpan minIdle, ClaimOptions? options, CancellationToken cancellationToken)
    {
        var claimed = await door.RunMeasuredAsync(
            key, (name, Claim: new Claiming(consumer.ToArray(), StreamHandle.Copy(ids), RequireIdle(minIdle), RequireSense(options), true)),
            static (turn, key, a) => Claim(turn, key, a.name, a.Claim), cancellationToken).ConfigureAwait(false);
        return Array.ConvertAll(claimed, static entry => entry.Id);
    }

    public ValueTask<AutoClaim> AutoClaimAsync(
        KvValue consumer, TimeSpan minIdle, StreamId start, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return door.RunMeasuredAsync(
            key, (name, Consumer: consumer.ToArray(), Idle: RequireIdle(minIdle), start, count),
            static (turn, key, a) => AutoClaim(turn, key, a.name, new Claiming(a.Consumer, [a.start], a.Idle, null, false), a.count), cancellationToken);
    }

    public async ValueTask<AutoClaimIds> AutoClaimIdsAsync(
        KvValue consumer, TimeSpan minIdle, StreamId start, int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var claimed = await door.RunMeasuredAsync(
            key, (name, Consumer: consumer.ToArray(), Idle: RequireIdle(minIdle), start, count),
            static (turn, key, a) => AutoClaim(turn, key, a.name, new Claiming(a.Consumer, [a.start], a.Idle, null, true), a.count),
            cancellationToken).ConfigureAwait(false);
        return new AutoClaimIds(claimed.Next, Array.ConvertAll(claimed.Entries, static entry => entry.Id), claimed.RemovedIds);
    }

    private static ClaimOptions? RequireSense(ClaimOptions? options)
    {
        if (options is { Idle: not null, DeliveredAt: not null })
            throw new ArgumentException("Idle and DeliveredAt say the same thing in two ways. Set one of them.", nameof(options));
        if (options is { Idle.Ticks: < 0 } or { DeliveryCount: < 0 })
            throw new ArgumentOutOfRangeException(nameof(options), options, "Neither an idle time nor a count of deliveries may be negative.");
        return options;
    }

    /// <summary>Takes over pending entries (XCLAIM).</summary>
    private static StreamEntry[] Claim(Turn turn, EncodedKey key, byte[] name, Claiming claim)
    {
        var group = FindToChange(turn, key, name, out var log);
        var claimant = GroupReads.Join(turn, key, log, group, claim.Consumer);
        if (claim.Options?.LastDeliveredId is { } last && last > group.State.LastId) log.MoveGroup(group, group.State with { LastId = last });
        var deliveredAt = DeliveredAt(turn, claim.Options);
        var entries = new List<StreamEntry>(claim.Ids.Length);
        foreach (var id in claim.Ids)
        {
            if (!log.Contains(id))
            {
                log.Settle(group, id);
                continue;
            }

            PendingRecord record;
            if (group.Pending.TryFind(id, out var place))
            {
                record = group.Pending[place];
                if (!IsIdle(turn, record, claim.MinIdle)) continue;
            }
            else
            {
                if (claim.Options?.Force != true) continue;
                record = new PendingRecord(id, 0, 1, PendingRecord.Nobody);
            }

            var count = claim.Options?.DeliveryCount ?? CountAfter(record, claim.IsIdsAlone);
            entries.Add(Take(log, group, claimant, claim, record with { DeliveredAt = deliveredAt, DeliveryCount = count }));
        }

        log.SetTimes(group, claimant, new ConsumerTimes(turn.Now, entries.Count > 0 ? turn.Now : claimant.Times.Active));
        return [.. entries];
    }

    /// <summary>Takes over what has been pending for long, from an id on (XAUTOCLAIM).</summary>
    private static AutoClaim AutoClaim(Turn turn, EncodedKey key, byte[] name, Claiming claim, int count)
    {
        var group = FindToChange(turn, key, name, out var log);
        var claimant = GroupReads.Join(turn, key, log, group, claim.Consumer);
        var (entries, removed) = (new List<StreamEntry>(), new List<StreamId>());
        var looks = (long)count * LooksPerClaim;
        var place = group.Pending.Find(claim.Ids[0]);
        for (; looks > 0 && count > 0 && !group.Pending.IsEnd(place); looks--)
        {
            var record = group.Pending[place];
            if (!log.Contains(record.Id))
            {
                log.Settle(group, record.Id);
                removed.Add(record.Id);
                place = group.Pending.Find(record.Id);
                count--;
                continue;
            }

            place = group.Pending.Next(place);
            if (!IsIdle(turn, record, claim.MinIdle)) continue;
            entries.Add(Take(log, group, claimant, claim, record with { DeliveredAt = turn.Now, DeliveryCount = CountAfter(record, claim.IsIdsAlone) }));
            count--;
        }

        log.SetTimes(group, claimant, new ConsumerTimes(turn.Now, entries.Count > 0 ? turn.Now : claimant.Times.Active));
        return new AutoClaim(group.Pending.IsEnd(place) ? default : group.Pending[place].Id, [.. entries], [.. removed]);
    }

    private static StreamEntry Take(StreamLog log, StreamGroup group, StreamConsumer claimant, Claiming claim, PendingRecord record)
    {
        log.SetPending(group, record with { Consumer = claimant.Number });
        return claim.IsIdsAlone ? new StreamEntry(record.Id, []) : StreamReads.Get(log, record.Id)!.Value;
    }

    private static bool IsIdle(Turn turn, PendingRecord record, TimeSpan minIdle) =>
        record.IsReleased || minIdle == TimeSpan.Zero || record.DeliveredAt <= Clock.Add(turn.Now, -minIdle);

    private static long CountAfter(PendingRecord record, bool isIdsAlone) =>
        isIdsAlone || record.DeliveryCount == long.MaxValue ? record.DeliveryCount : record.DeliveryCount + 1;

    private static long DeliveredAt(Turn turn, ClaimOptions? options)
    {
        var moment = options switch
        {
            { Idle: { } idle } => Clock.Add(turn.Now, -idle),
            { DeliveredAt: { } time } => turn.Clock.ToMoment(time),
            _ => turn.Now,
        };
        return Math.Min(moment, turn.Now);
    }

    private sealed record Claiming(byte[] Consumer, StreamId[] Ids, TimeSpan MinIdle, ClaimOptions? Options, bool IsIdsAlone);
}
