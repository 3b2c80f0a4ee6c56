using System.Globalization;

namespace KvEmbedded.Tests.Differential;

/// <summary>The texts of what streams answer, from our side and from Redis's replies.</summary>
internal static class StreamText
{
    public static string Of(StreamEntry entry) =>
        entry.IsRemoved ? $"{entry.Id} removed" : $"{entry.Id} [{string.Join(", ", entry.Fields.SelectMany(field => new[] { Quoted(field.Name), Quoted(field.Value) }))}]";

    public static string Of(StreamEntry? entry) => entry is { } some ? Of(some) : Answer.Nil;

    public static string Of(IEnumerable<StreamEntry> entries) => $"[{string.Join("; ", entries.Select(entry => Of(entry)))}]";

    public static string Of(IEnumerable<StreamId> ids) => $"[{string.Join("; ", ids)}]";

    public static string Of(IEnumerable<StreamRead> reads) => string.Join(" | ", reads.Select(read => $"{Quoted(read.Key.ToArray())} {Of(read.Entries)}"));

    public static string Of(StreamInfo? info) => info is null
        ? Answer.No
        : $"{info.Count} last {info.LastId} removed {info.MaxRemovedId} added {info.EntriesAdded} groups {info.GroupCount} {Of(info.FirstEntry)} … {Of(info.LastEntry)}";

    public static string Of(ConsumerGroupInfo group) =>
        $"{Quoted(group.Name)} consumers {group.ConsumerCount} pending {group.PendingCount} at {group.LastDeliveredId} read {group.EntriesRead?.ToString(CultureInfo.InvariantCulture) ?? Answer.Nil} lag {group.Lag?.ToString(CultureInfo.InvariantCulture) ?? Answer.Nil}";

    public static string Of(ConsumerInfo consumer) => $"{Quoted(consumer.Name)} {consumer.PendingCount}";

    public static string Of(PendingSummary summary) =>
        $"{summary.Count} {summary.FirstId?.ToString() ?? Answer.Nil} {summary.LastId?.ToString() ?? Answer.Nil} {string.Join(", ", summary.Consumers.Select(consumer => $"{Quoted(consumer.Name)} {consumer.Count}"))}";

    public static string Of(PendingEntry entry) =>
        $"{entry.Id} {(entry.Consumer is { } name ? Quoted(name) : "''")} {Coarse(entry.Idle!.Value.TotalMilliseconds)} {entry.DeliveryCount}";

    public static string Of(AutoClaim claim) => $"{claim.Next} {Of(claim.Entries)} {Of(claim.RemovedIds)}";

    public static string Of(AutoClaimIds claim) => $"{claim.Next} {Of(claim.Ids)} {Of(claim.RemovedIds)}";

    public static string Id(Reply reply) => reply.IsNil ? Answer.Nil : reply.Text;

    public static string Ids(Reply reply) => $"[{string.Join("; ", reply.Items!.Select(Id))}]";

    public static string Entry(Reply reply) => reply.IsNil ? Answer.Nil
        : reply.Items![1].IsNil ? $"{Id(reply.Items[0])} removed"
        : $"{Id(reply.Items[0])} [{string.Join(", ", reply.Items[1].Items!.Select(Answer.Plain))}]";

    public static string Entries(Reply reply) => reply.IsNil ? "[]" : $"[{string.Join("; ", reply.Items!.Select(Entry))}]";

    public static string FirstEntry(Reply reply) => reply.Items!.Length == 0 ? Answer.Nil : Entry(reply.Items[0]);

    public static string Reads(Reply reply) =>
        reply.IsNil ? "" : string.Join(" | ", reply.Items!.Select(item => $"{Answer.Plain(item.Items![0])} {Entries(item.Items[1])}"));

    /// <summary>Of one stream; Redis names it though it has nothing pending.</summary>
    public static string OneRead(Reply reply) => reply.IsNil ? "[]" : Entries(reply.Items![0].Items![1]);

    public static string Info(Reply reply)
    {
        var facts = Facts(reply);
        return $"{facts["length"].Line} last {Id(facts["last-generated-id"])} removed {Id(facts["max-deleted-entry-id"])} added {facts["entries-added"].Line} groups {facts["groups"].Line} {Entry(facts["first-entry"])} … {Entry(facts["last-entry"])}";
    }

    public static string Groups(Reply reply) => $"[{string.Join("; ", reply.Items!.Select(Group))}]";

    public static string Consumers(Reply reply) => $"[{string.Join("; ", reply.Items!.Select(Consumer))}]";

    public static string Summary(Reply reply) =>
        $"{reply.Items![0].Line} {Id(reply.Items[1])} {Id(reply.Items[2])} {string.Join(", ", (reply.Items[3].Items ?? []).Select(item => $"{Answer.Plain(item.Items![0])} {item.Items[1].Text}"))}";

    public static string Pending(Reply reply) => $"[{string.Join("; ", reply.Items!.Select(item =>
        $"{Id(item.Items![0])} {Answer.Plain(item.Items[1])} {Coarse(item.Items[2].Number)} {item.Items[3].Line}"))}]";

    public static string Claimed(Reply reply) => $"{Id(reply.Items![0])} {Entries(reply.Items[1])} {Ids(reply.Items[2])}";

    public static string ClaimedIds(Reply reply) => $"{Id(reply.Items![0])} {Ids(reply.Items[1])} {Ids(reply.Items[2])}";

    private static string Group(Reply reply)
    {
        var facts = Facts(reply);
        return $"{Answer.Plain(facts["name"])} consumers {facts["consumers"].Line} pending {facts["pending"].Line} at {Id(facts["last-delivered-id"])} read {Number(facts["entries-read"])} lag {Number(facts["lag"])}";
    }

    private static string Consumer(Reply reply)
    {
        var facts = Facts(reply);
        return $"{Answer.Plain(facts["name"])} {facts["pending"].Line}";
    }

    private static string Number(Reply reply) => reply.IsNil ? Answer.Nil : reply.Line;

    private static Dictionary<string, Reply> Facts(Reply reply) =>
        reply.Items!.Chunk(2).ToDictionary(pair => pair[0].Text, pair => pair[1]);

    private static string Quoted(KvValue value) => Answer.Quoted(value.ToArray());

    // Redis's clock goes on while a script runs.
    private static string Coarse(double milliseconds) => milliseconds < TimeSpan.FromMinutes(10).TotalMilliseconds ? "just now" : "long ago";
}
