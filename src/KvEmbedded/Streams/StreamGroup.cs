using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>
/// A consumer group: up to where it has read, its consumers in the order of their names, and what is pending in the order of
/// ids, for the whole group and again for each consumer. The <see cref="StreamLog"/> alone changes it.
/// </summary>
/// <remarks>Invariant: an id is pending with exactly the consumer that its record names, or with none if it was released.</remarks>
internal sealed class StreamGroup(byte[] name, IdOrdered<PendingRecord> pending)
{
    /// <summary>Not known how many entries the group has read.</summary>
    public const long Unknown = -1;

    // With the objects of its lists.
    private const int ObjectBytes = 232;

    // By number; null where a consumer has gone.
    private readonly List<StreamConsumer?> numbered = [];

    /// <summary>What a group of a name takes before it has read anything.</summary>
    public static long BytesOf(ReadOnlySpan<byte> name) => ObjectBytes + ArrayBytes.Of<byte>(name.Length);

    /// <summary>The array of a list.</summary>
    public static long ListBytes<T>(List<T> list) => list.Capacity == 0 ? 0 : ArrayBytes.Of<T>(list.Capacity);

    public ReadOnlySpan<byte> Name => name;

    public byte[] NameBytes => name;

    public GroupState State { get; set; }

    /// <summary>The place behind the last id that was read, for the next read to go on from; none once the group was moved.</summary>
    public ReadPlace Place { get; set; }

    public IdOrdered<PendingRecord> Pending => pending;

    /// <summary>In the order of their names.</summary>
    public List<StreamConsumer> Consumers { get; } = [];

    /// <summary>What it weighs with its consumers. O(consumers).</summary>
    public long MemoryBytes => BytesOf(name) + RoomBytes + pending.MemoryBytes + Consumers.Sum(static consumer => consumer.MemoryBytes);

    /// <summary>The room for its consumers' places, which stays when they go.</summary>
    public long RoomBytes => ListBytes(Consumers) + ListBytes(numbered);

    /// <summary>The consumer of a number; null for the number of nobody.</summary>
    public StreamConsumer? this[int number] => number == PendingRecord.Nobody ? null : numbered[number];

    public StreamConsumer? Find(ReadOnlySpan<byte> consumer)
    {
        var at = PlaceOf(consumer);
        return at >= 0 ? Consumers[at] : null;
    }

    public int FreeNumber()
    {
        var number = numbered.IndexOf(null);
        return number < 0 ? numbered.Count : number;
    }

    public void Add(StreamConsumer consumer)
    {
        Consumers.Insert(~PlaceOf(consumer.Name), consumer);
        while (numbered.Count <= consumer.Number) numbered.Add(null);
        numbered[consumer.Number] = consumer;
    }

    public void Remove(StreamConsumer consumer)
    {
        Consumers.RemoveAt(PlaceOf(consumer.Name));
        numbered[consumer.Number] = null;
    }

    public void CheckInvariants()
    {
        pending.CheckInvariants();
        var owned = 0L;
        for (var i = 0; i < Consumers.Count; i++)
        {
            var consumer = Consumers[i];
            consumer.Pending.CheckInvariants();
            Invariant.Holds(i == 0 || Consumers[i - 1].Name.SequenceCompareTo(consumer.Name) < 0, "consumers are in the order of their names");
            Invariant.Holds(this[consumer.Number] == consumer, "a consumer has its number");
            owned += consumer.Pending.Count;
            for (var place = consumer.Pending.Start; !consumer.Pending.IsEnd(place); place = consumer.Pending.Next(place))
            {
                Invariant.Holds(
                    pending.TryFind(consumer.Pending[place].Id, out var found) && pending[found].Consumer == consumer.Number,
                    "what is pending with a consumer is pending in the group");
            }
        }

        for (var place = pending.Start; !pending.IsEnd(place); place = pending.Next(place))
        {
            if (pending[place].Consumer == PendingRecord.Nobody) owned++;
        }

        Invariant.Holds(owned == pending.Count, "what is pending is pending with one consumer, or was released");
    }

    private int PlaceOf(ReadOnlySpan<byte> consumer)
    {
        var (low, high) = (0, Consumers.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = Consumers[middle].Name.SequenceCompareTo(consumer);
            if (order == 0) return middle;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}

/// <summary>Up to where a group has read.</summary>
/// <param name="LastId">The greatest id delivered.</param>
/// <param name="EntriesRead">How many entries of all ever added are not greater; <see cref="StreamGroup.Unknown"/> if that is not known.</param>
internal readonly record struct GroupState(StreamId LastId, long EntriesRead);

/// <summary>One who reads in a group.</summary>
/// <param name="name">Its name.</param>
/// <param name="number">By which pending records name it.</param>
/// <param name="pending">The ids that are pending with it.</param>
internal sealed class StreamConsumer(byte[] name, int number, IdOrdered<PendingId> pending)
{
    // With the object of its list.
    private const int ObjectBytes = 120;

    public long MemoryBytes => BytesOf(name) + pending.MemoryBytes;

    /// <summary>What a consumer of a name takes before it has read anything.</summary>
    public static long BytesOf(ReadOnlySpan<byte> name) => ObjectBytes + ArrayBytes.Of<byte>(name.Length);

    public ReadOnlySpan<byte> Name => name;

    public byte[] NameBytes => name;

    public int Number => number;

    public IdOrdered<PendingId> Pending => pending;

    public ConsumerTimes Times { get; set; }
}

/// <summary>When a consumer did something, as moments.</summary>
/// <param name="Seen">When it last tried.</param>
/// <param name="Active">When it last got an entry; <see cref="Never"/> if it has not.</param>
internal readonly record struct ConsumerTimes(long Seen, long Active)
{
    public const long Never = long.MinValue;
}

/// <summary>That an entry was delivered and not acknowledged.</summary>
internal readonly record struct PendingRecord(StreamId Id, long DeliveredAt, long DeliveryCount, int Consumer) : IAtId
{
    /// <summary>The consumer of an entry that was released.</summary>
    public const int Nobody = -1;

    public bool IsReleased => Consumer == Nobody;
}

/// <summary>The id of an entry that is pending with one consumer.</summary>
internal readonly record struct PendingId(StreamId Id) : IAtId;
