namespace KvEmbedded.Streams;

/// <summary>
/// How far a group is behind, as Redis 7.0 computes it (facts after its source, t_stream.c: the logical counter of a group,
/// and its estimate from a stream's first, last and greatest removed id).
/// </summary>
internal sealed partial class StreamLog
{
    /// <summary>How many entries are new to a group; null if that cannot be known.</summary>
    public long? LagOf(StreamGroup group)
    {
        if (Header.EntriesAdded == 0) return 0;
        if (group.State.EntriesRead != StreamGroup.Unknown && !HasRemovedFrom(group.State.LastId))
            return Header.EntriesAdded - group.State.EntriesRead;

        var read = EstimateEntriesUpTo(group.State.LastId);
        return read == StreamGroup.Unknown ? null : Header.EntriesAdded - read;
    }

    /// <summary>The state of a group that has read one more entry.</summary>
    public GroupState AfterReading(GroupState state, StreamId id)
    {
        if (id <= state.LastId) return state;
        var read = state.EntriesRead != StreamGroup.Unknown && !HasRemovedFrom(id)
            ? state.EntriesRead + 1
            : Header.EntriesAdded > 0 ? EstimateEntriesUpTo(id) : state.EntriesRead;
        return new GroupState(id, read);
    }

    /// <summary>How many of all entries ever added are not greater than an id; unknown if removed ones may be among those that are left.</summary>
    private long EstimateEntriesUpTo(StreamId id)
    {
        if (Header.EntriesAdded == 0) return 0;
        if (Count == 0 && id <= LastId) return Header.EntriesAdded;
        if (id == LastId) return Header.EntriesAdded;
        if (id > LastId) return StreamGroup.Unknown;
        if (Header.MaxRemovedId != StreamId.MinValue && Header.MaxRemovedId >= FirstId) return StreamGroup.Unknown;
        return id < FirstId ? Header.EntriesAdded - Count
            : id == FirstId ? Header.EntriesAdded - Count + 1
            : StreamGroup.Unknown;
    }

    /// <summary>True if an entry from an id up may have been removed out of those that are there.</summary>
    private bool HasRemovedFrom(StreamId id) =>
        Count > 0 && Header.MaxRemovedId != StreamId.MinValue && FirstId <= Header.MaxRemovedId && id <= Header.MaxRemovedId;
}
