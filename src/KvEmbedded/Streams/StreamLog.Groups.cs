namespace KvEmbedded.Streams;

internal sealed partial class StreamLog
{
    // In the order of their names.
    private readonly List<StreamGroup> groups = [];

    public IReadOnlyList<StreamGroup> Groups => groups;

    public StreamGroup? FindGroup(ReadOnlySpan<byte> name)
    {
        // One group is the most usual number.
        if (groups.Count == 1) return groups[0].Name.SequenceEqual(name) ? groups[0] : null;
        var at = PlaceOf(name);
        return at >= 0 ? groups[at] : null;
    }

    /// <summary>Adds a group whose name is not there yet.</summary>
    public StreamGroup AddGroup(ReadOnlySpan<byte> name, GroupState state)
    {
        var group = new StreamGroup(name.ToArray(), new IdOrdered<PendingRecord>(shape.ChunkLength, weight)) { State = state };
        PutGroup(group);
        Effects?.Report(new StreamGroupSet(group, GroupChange.Added, state));
        return group;
    }

    /// <summary>Removes a group with its consumers and all that is pending in it.</summary>
    public void RemoveGroup(StreamGroup group)
    {
        TakeGroup(group);
        Effects?.Report(new StreamGroupSet(group, GroupChange.Removed, group.State));
    }

    /// <summary>Sets up to where a group has read.</summary>
    public void MoveGroup(StreamGroup group, GroupState state)
    {
        if (group.State == state) return;
        var before = group.State;
        group.State = state;

        // A page may hold removed entries of greater ids than the next one begins with: a place behind one id is none behind another.
        group.Place = default;
        Effects?.Report(new StreamGroupSet(group, GroupChange.Moved, before));
    }

    /// <summary>Adds a consumer whose name is not there yet.</summary>
    public StreamConsumer AddConsumer(StreamGroup group, ReadOnlySpan<byte> name, long now)
    {
        var consumer = new StreamConsumer(name.ToArray(), group.FreeNumber(), new IdOrdered<PendingId>(shape.ChunkLength, weight))
        {
            Times = new ConsumerTimes(now, ConsumerTimes.Never),
        };
        PutConsumer(group, consumer);
        Effects?.Report(new StreamConsumerSet(group, consumer, GroupChange.Added, consumer.Times));
        return consumer;
    }

    /// <summary>Removes a consumer; what was pending with it is pending no more.</summary>
    /// <returns>How many entries that were.</returns>
    public int RemoveConsumer(StreamGroup group, StreamConsumer consumer)
    {
        var count = consumer.Pending.Count;
        while (consumer.Pending.Count > 0) Settle(group, consumer.Pending.Last.Id);
        TakeConsumer(group, consumer);
        Effects?.Report(new StreamConsumerSet(group, consumer, GroupChange.Removed, consumer.Times));
        return count;
    }

    /// <summary>Notes when a consumer did something.</summary>
    public void SetTimes(StreamGroup group, StreamConsumer consumer, ConsumerTimes times)
    {
        var before = consumer.Times;
        consumer.Times = times;
        Effects?.Report(new StreamConsumerSet(group, consumer, GroupChange.Moved, before));
    }

    /// <summary>Makes an entry pending, or sets with whom, since when and after how many deliveries it is. O(log pending).</summary>
    public void SetPending(StreamGroup group, PendingRecord record)
    {
        PendingRecord? before = null;
        if (group.Pending.Count > 0 && group.Pending.Last.Id >= record.Id && group.Pending.TryFind(record.Id, out var place))
        {
            before = group.Pending[place];
            group.Pending[place] = record;
        }
        else
        {
            group.Pending.Add(record);
        }

        if (before is not { } old || old.Consumer != record.Consumer)
        {
            if (before is { } moved) Disown(group, moved);
            group[record.Consumer]?.Pending.Add(new PendingId(record.Id));
        }

        Effects?.Report(new StreamPendingSet(group, record.Id, before, record));
    }

    /// <summary>Ends that an entry is pending. O(log pending). False if it was not.</summary>
    public bool Settle(StreamGroup group, StreamId id)
    {
        if (!group.Pending.TryFind(id, out var place)) return false;
        var record = group.Pending[place];
        group.Pending.RemoveAt(place);
        Disown(group, record);
        Effects?.Report(new StreamPendingSet(group, id, record, null));
        return true;
    }

    /// <summary>True if an entry is pending in a group, or new to one; without a group it always is.</summary>
    public bool IsReferenced(StreamId id)
    {
        foreach (var group in groups)
        {
            if (group.State.LastId < id || group.Pending.TryFind(id, out _)) return true;
        }

        return groups.Count == 0;
    }

    /// <summary>Ends that an entry is pending, in every group.</summary>
    public void SettleEverywhere(StreamId id)
    {
        foreach (var group in groups) Settle(group, id);
    }

    internal void PutGroup(StreamGroup group)
    {
        var room = StreamGroup.ListBytes(groups);
        groups.Insert(~PlaceOf(group.Name), group);
        weight.Bytes += group.MemoryBytes + StreamGroup.ListBytes(groups) - room;
    }

    internal void TakeGroup(StreamGroup group)
    {
        groups.Remove(group);
        weight.Bytes -= group.MemoryBytes;
    }

    internal void PutConsumer(StreamGroup group, StreamConsumer consumer)
    {
        var room = group.RoomBytes;
        group.Add(consumer);
        weight.Bytes += consumer.MemoryBytes + group.RoomBytes - room;
    }

    internal void TakeConsumer(StreamGroup group, StreamConsumer consumer)
    {
        group.Remove(consumer);
        weight.Bytes -= consumer.MemoryBytes;
    }

    private static void Disown(StreamGroup group, PendingRecord record)
    {
        if (group[record.Consumer] is not { } owner) return;
        owner.Pending.TryFind(record.Id, out var place);
        owner.Pending.RemoveAt(place);
    }

    private void AddCopy(StreamGroup source)
    {
        // The lists of a group that is put in weigh with it: so they are not to weigh by themselves.
        var before = weight.Bytes;
        var group = new StreamGroup(source.NameBytes, source.Pending.Copy(weight, static record => record)) { State = source.State };
        foreach (var consumer in source.Consumers)
        {
            group.Add(new StreamConsumer(consumer.NameBytes, consumer.Number, consumer.Pending.Copy(weight, static id => id))
            {
                Times = consumer.Times,
            });
        }

        weight.Bytes = before;
        PutGroup(group);
    }

    private int PlaceOf(ReadOnlySpan<byte> name)
    {
        var (low, high) = (0, groups.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = groups[middle].Name.SequenceCompareTo(name);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
