using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>An entry was added.</summary>
internal sealed class StreamAppended(StreamId id, int fieldCount, byte[] fields, StreamHeader before) : Effect
{
    public StreamId Id => id;

    public int FieldCount => fieldCount;

    /// <summary>The fields, as <see cref="FieldBytes"/> writes them.</summary>
    public ReadOnlyMemory<byte> Fields => fields;

    public override void Undo(IDataValue value) => ((StreamLog)value).RemoveAppended(before);
}

/// <summary>An entry was removed. Its page stays as it is for as long as this effect may be taken back.</summary>
internal sealed class StreamRemoved(StreamPage page, int offset, StreamId id, StreamHeader before) : Effect
{
    public StreamId Id => id;

    public override void Undo(IDataValue value) => ((StreamLog)value).Revive(page, offset, before);
}

/// <summary>The oldest entries were trimmed off, a whole page of them.</summary>
internal sealed class StreamPageRemoved(StreamPage page) : Effect
{
    /// <summary>The last of them.</summary>
    public StreamId Last => page.Last;

    public override void Undo(IDataValue value) => ((StreamLog)value).RevivePage(page);
}

/// <summary>What a stream remembers of entries that may be gone was set.</summary>
internal sealed class StreamHeaderSet(StreamHeader before, StreamHeader after) : Effect
{
    public StreamHeader After => after;

    public override void Undo(IDataValue value) => ((StreamLog)value).SetHeader(before);
}

/// <summary>What happened to a group or a consumer.</summary>
internal enum GroupChange
{
    /// <summary>It was added.</summary>
    Added,

    /// <summary>It was removed.</summary>
    Removed,

    /// <summary>Its position, or its times, were set.</summary>
    Moved,
}

/// <summary>A group was added, removed or moved.</summary>
internal sealed class StreamGroupSet(StreamGroup group, GroupChange change, GroupState before) : Effect
{
    public StreamGroup Group => group;

    public GroupChange Change => change;

    public override void Undo(IDataValue value)
    {
        var log = (StreamLog)value;
        if (change == GroupChange.Added) log.TakeGroup(group);
        else if (change == GroupChange.Removed) log.PutGroup(group);
        else group.State = before;
        group.Place = default;
    }
}

/// <summary>A consumer was added or removed, or did something.</summary>
internal sealed class StreamConsumerSet(StreamGroup group, StreamConsumer consumer, GroupChange change, ConsumerTimes before) : Effect
{
    public StreamGroup Group => group;

    public StreamConsumer Consumer => consumer;

    public GroupChange Change => change;

    public override void Undo(IDataValue value)
    {
        var log = (StreamLog)value;
        if (change == GroupChange.Added) log.TakeConsumer(group, consumer);
        else if (change == GroupChange.Removed) log.PutConsumer(group, consumer);
        else consumer.Times = before;
    }
}

/// <summary>An entry has become pending, is pending with another, or is pending no more.</summary>
internal sealed class StreamPendingSet(StreamGroup group, StreamId id, PendingRecord? before, PendingRecord? after) : Effect
{
    public StreamGroup Group => group;

    public StreamId Id => id;

    public PendingRecord? After => after;

    public override void Undo(IDataValue value)
    {
        var log = (StreamLog)value;
        if (before is { } record) log.SetPending(group, record);
        else log.Settle(group, id);
    }
}
