namespace KvEmbedded.Redis.Events;

/// <summary>What the server calls the events of keys. A new kind is a line here; what has none is not told.</summary>
internal static class EventNames
{
    private static readonly Dictionary<string, KeyEventKind> Kinds = new(StringComparer.Ordinal)
    {
        ["del"] = KeyEventKind.Deleted,
        ["expired"] = KeyEventKind.Expired,
        ["evicted"] = KeyEventKind.Evicted,
        ["expire"] = KeyEventKind.ExpirationSet,
        ["persist"] = KeyEventKind.Persisted,
        ["rename_from"] = KeyEventKind.RenamedFrom,
        ["rename_to"] = KeyEventKind.RenamedTo,
        ["copy_to"] = KeyEventKind.CopiedTo,
        ["set"] = KeyEventKind.StringSet,
        ["append"] = KeyEventKind.StringAppended,
        ["setrange"] = KeyEventKind.StringRangeSet,
        ["incrby"] = KeyEventKind.CounterAdded,
        ["decrby"] = KeyEventKind.CounterAdded,
        ["incrbyfloat"] = KeyEventKind.CounterFloatAdded,
        ["zadd"] = KeyEventKind.SortedSetAdded,
        ["zincr"] = KeyEventKind.SortedSetIncremented,
        ["zrem"] = KeyEventKind.SortedSetRemoved,
        ["zremrangebyrank"] = KeyEventKind.SortedSetRemoved,
        ["zremrangebyscore"] = KeyEventKind.SortedSetRemoved,
        ["zremrangebylex"] = KeyEventKind.SortedSetRemoved,
        ["zpopmin"] = KeyEventKind.SortedSetPoppedMin,
        ["zpopmax"] = KeyEventKind.SortedSetPoppedMax,
        ["zrangestore"] = KeyEventKind.SortedSetStored,
        ["zunionstore"] = KeyEventKind.SortedSetStored,
        ["zinterstore"] = KeyEventKind.SortedSetStored,
        ["zdiffstore"] = KeyEventKind.SortedSetStored,
        ["geosearchstore"] = KeyEventKind.SortedSetStored,
        ["sadd"] = KeyEventKind.SetAdded,
        ["srem"] = KeyEventKind.SetRemoved,
        ["spop"] = KeyEventKind.SetPopped,
        ["sunionstore"] = KeyEventKind.SetStored,
        ["sinterstore"] = KeyEventKind.SetStored,
        ["sdiffstore"] = KeyEventKind.SetStored,
    };

    public static KeyEventKind? KindOf(string name) => Kinds.TryGetValue(name, out var kind) ? kind : null;
}
