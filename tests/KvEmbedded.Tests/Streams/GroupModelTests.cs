using FsCheck.Xunit;
using KvEmbedded.Streams;

namespace KvEmbedded.Tests.Streams;

/// <summary>Consumers of a group as time goes by, against plain dictionaries; and every mutation of groups taken back.</summary>
public sealed class GroupModelTests
{
    private const int Entries = 12;

    private static readonly string[] Names = ["alice", "bob", "carol"];

    [Property(MaxTest = 300, EndSize = 200)]
    public void Deliveries_claims_and_acknowledgements_are_those_of_a_plain_model((byte Kind, byte Who, byte Which, byte Seconds)[] steps) =>
        RunAsync(steps).GetAwaiter().GetResult();

    [Property(MaxTest = 300, EndSize = 100)]
    public void Undoing_all_effects_in_reverse_restores_groups_exactly((byte Kind, byte Who, byte Which)[] before, (byte Kind, byte Who, byte Which)[] steps)
    {
        var log = new StreamLog(new StreamShape(3, 4096, 4));
        for (var i = 1; i <= 20; i++) log.Append(new StreamId((ulong)i), $"n={i}");
        foreach (var (kind, who, which) in before) Apply(log, kind, who, which);
        log.CheckInvariants();
        var (old, bytes) = (Text(log), log.MemoryBytes);
        var effects = new EffectLog();
        log.Effects = effects;
        foreach (var (kind, who, which) in steps) Apply(log, kind, who, which);
        log.CheckInvariants();
        Assert.Equal(Text(log), Text((StreamLog)log.Copy()));

        effects.UndoOn(log);
        log.CheckInvariants();
        Assert.Equal(old, Text(log));

        // Arrays that have grown stay; those of a group that was built anew may be shorter than they were.
        Assert.InRange(log.MemoryBytes, 0, bytes + 20_000);
    }

    private static async Task RunAsync((byte Kind, byte Who, byte Which, byte Seconds)[] steps)
    {
        await using var world = new StreamWorld();
        var group = await world.GroupAsync("a", Entries);
        var (pending, next) = (new SortedDictionary<int, (string Who, DateTimeOffset At, int Count)>(), 1);
        foreach (var (kind, who, which, seconds) in steps)
        {
            world.Time.Advance(TimeSpan.FromSeconds(seconds));
            var (name, number, now, idle) = (Names[who % 3], 1 + (which % Entries), world.Time.GetUtcNow(), TimeSpan.FromSeconds(which % 64));
            var id = new StreamId((ulong)number);
            switch (kind % 7)
            {
                case 0 or 1:
                    foreach (var entry in await group.ReadAsync(name, 2)) Deliver(entry, name, 1);
                    break;
                case 2:
                    Assert.Equal(pending.Remove(number), await group.AcknowledgeAsync(id));
                    break;
                case 3:
                    var isIdle = pending.TryGetValue(number, out var old) && now - old.At >= idle;
                    Assert.Equal(isIdle ? 1 : 0, (await group.ClaimAsync(name, [id], idle)).Length);
                    if (isIdle) pending[number] = (name, now, old.Count + 1);
                    break;
                case 4:
                    var claimed = await group.AutoClaimAsync(name, idle, count: 3);
                    Assert.Equal(pending.Where(pair => now - pair.Value.At >= idle).Take(3).Select(static pair => new StreamId((ulong)pair.Key)), claimed.Entries.Select(static entry => entry.Id));
                    foreach (var entry in claimed.Entries) Deliver(entry, name, pending[(int)entry.Id.Milliseconds].Count + 1);
                    break;
                case 5:
                    foreach (var entry in await group.ReadPendingAsync(name)) Deliver(entry, name, pending[(int)entry.Id.Milliseconds].Count + 1);
                    break;
                default:
                    var mine = pending.Where(pair => pair.Value.Who == name).Select(static pair => pair.Key).ToList();
                    Assert.Equal(mine.Count, await group.DeleteConsumerAsync(name));
                    mine.ForEach(key => pending.Remove(key));
                    break;
            }

            Assert.Equal(
                string.Join(' ', pending.Select(pair => $"{pair.Key}-0:{pair.Value.Who}:{(now - pair.Value.At).TotalSeconds}:{pair.Value.Count}")),
                await StreamWorld.PendingAsync(group));

            void Deliver(StreamEntry entry, string consumer, int count)
            {
                if (count == 1 && !pending.ContainsKey((int)entry.Id.Milliseconds)) Assert.Equal(next++, (int)entry.Id.Milliseconds);
                pending[(int)entry.Id.Milliseconds] = (consumer, now, count);
            }
        }
    }

    private static void Apply(StreamLog log, byte kind, byte who, byte which)
    {
        var name = System.Text.Encoding.UTF8.GetBytes(Names[who % 3]);
        var groupName = who % 2 == 0 ? "g"u8 : "h"u8;
        if (log.FindGroup(groupName) is not { } group)
        {
            log.AddGroup(groupName, new GroupState(new StreamId(which), which));
            return;
        }

        var consumer = group.Find(name) ?? log.AddConsumer(group, name, which);
        var id = new StreamId(1 + (ulong)(which % 24));
        switch (kind % 8)
        {
            case 0 or 1 or 2:
                log.SetPending(group, new PendingRecord(id, which, kind, consumer.Number));
                break;
            case 3:
                log.SetPending(group, new PendingRecord(id, which, kind, PendingRecord.Nobody));
                break;
            case 4:
                log.Settle(group, id);
                break;
            case 5:
                log.MoveGroup(group, new GroupState(id, which));
                break;
            case 6 when which % 4 == 0:
                log.RemoveGroup(group);
                break;
            case 7:
                log.RemoveConsumer(group, consumer);
                break;
            default:
                log.SetTimes(group, consumer, new ConsumerTimes(which, kind));
                break;
        }
    }

    private static string Text(StreamLog log) => LogText.Of(log) + string.Join('|', log.Groups.Select(static group =>
    {
        var pending = new List<string>();
        for (var place = group.Pending.Start; !group.Pending.IsEnd(place); place = group.Pending.Next(place)) pending.Add(group.Pending[place].ToString());
        return $"{Convert.ToHexString(group.Name)} {group.State} {string.Join(',', pending)} " +
            string.Join(',', group.Consumers.Select(static consumer => $"{Convert.ToHexString(consumer.Name)} {consumer.Number} {consumer.Times} {consumer.Pending.Count}"));
    }));
}
