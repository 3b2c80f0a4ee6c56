using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Streams;

/// <summary>Something that stands at the place of an id.</summary>
internal interface IAtId
{
    StreamId Id { get; }
}

/// <summary>Bytes that a structure of several parts holds; each part adds what it takes.</summary>
internal sealed class Weight
{
    public long Bytes;
}

/// <summary>
/// Items in the order of their ids, in chunks behind one another: found, put in and taken out in O(log n) plus the moving of
/// at most one chunk; at either end without even that. It never copies more than one chunk, or the list of chunks.
/// </summary>
/// <remarks>Invariant: ids rise strictly; no chunk is empty. References to items are good until the next mutation.</remarks>
internal sealed class IdOrdered<T>(int chunkLength, Weight weight) where T : IAtId
{
    private const int FirstLength = 4;

    /// <summary>Room for so many chunks is kept when there is none left.</summary>
    private const int RoomKept = 16;

    private Chunk[] chunks = [];
    private int start;
    private int end;

    // One chunk that has become empty: a list that goes from one item to none and back makes no garbage.
    private T[]? spare;

    public int Count { get; private set; }

    /// <summary>Bytes that the list's arrays take.</summary>
    public long MemoryBytes { get; private set; }

    /// <summary>The item at a place that <see cref="Find"/> or <see cref="Next"/> gave.</summary>
    public ref T this[Place place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref chunks[place.Chunk].Items[place.Index];
    }

    public ref T First => ref chunks[start].Items[0];

    public ref T Last => ref chunks[end - 1].Items[chunks[end - 1].Count - 1];

    public Place Start => new(start, 0);

    public bool IsEnd(Place place) => place.Chunk >= end;

    public Place Next(Place place) =>
        place.Index + 1 < chunks[place.Chunk].Count ? place with { Index = place.Index + 1 } : new Place(place.Chunk + 1, 0);

    /// <summary>The first item whose id is not less; the end if there is none. O(log n).</summary>
    public Place Find(StreamId id)
    {
        if (start == end || Last.Id < id) return new Place(end, 0);

        // The last chunk whose first id is not greater holds the place, or the one behind it begins with it.
        var (low, high) = (start, end - 1);
        while (low < high)
        {
            var middle = (low + high + 1) >>> 1;
            if (chunks[middle].Items[0].Id <= id) low = middle;
            else high = middle - 1;
        }

        ref var chunk = ref chunks[low];
        var (from, to) = (0, chunk.Count);
        while (from < to)
        {
            var middle = (from + to) >>> 1;
            if (chunk.Items[middle].Id < id) from = middle + 1;
            else to = middle;
        }

        return from < chunk.Count ? new Place(low, from) : new Place(low + 1, 0);
    }

    /// <summary>The last item whose id is not greater; false if there is none. O(log n).</summary>
    public bool TryFindAtMost(StreamId id, out Place place)
    {
        place = Find(id);
        if (!IsEnd(place) && this[place].Id == id) return true;
        if (place == Start || Count == 0) return false;
        place = place.Index > 0 ? place with { Index = place.Index - 1 } : new Place(place.Chunk - 1, chunks[place.Chunk - 1].Count - 1);
        return true;
    }

    /// <summary>The item of exactly this id.</summary>
    public bool TryFind(StreamId id, out Place place)
    {
        place = Find(id);
        return !IsEnd(place) && this[place].Id == id;
    }

    /// <summary>Puts in an item whose id is not there yet.</summary>
    public void Add(T item)
    {
        Count++;
        if (start == end || Last.Id < item.Id)
        {
            Append(item);
            return;
        }

        var place = Find(item.Id);
        if (chunks[place.Chunk].Count == chunkLength) place = Split(place);
        ref var chunk = ref chunks[place.Chunk];
        if (chunk.Count == chunk.Items.Length) Grow(ref chunk);
        Array.Copy(chunk.Items, place.Index, chunk.Items, place.Index + 1, chunk.Count - place.Index);
        chunk.Items[place.Index] = item;
        chunk.Count++;
    }

    public void RemoveAt(Place place)
    {
        Count--;
        ref var chunk = ref chunks[place.Chunk];
        chunk.Count--;
        Array.Copy(chunk.Items, place.Index + 1, chunk.Items, place.Index, chunk.Count - place.Index);
        chunk.Items[chunk.Count] = default!;
        if (chunk.Count == 0) RemoveChunk(place.Chunk);
        else if (chunk.Count < chunkLength / 4) MergeWithNext(place.Chunk);
    }

    /// <summary>A list of the same items in the same order; each item goes through <paramref name="copy"/>.</summary>
    public IdOrdered<T> Copy(Weight target, Func<T, T> copy)
    {
        var result = new IdOrdered<T>(chunkLength, target);
        for (var place = Start; !IsEnd(place); place = Next(place)) result.Add(copy(this[place]));
        return result;
    }

    public void CheckInvariants()
    {
        var count = 0;
        StreamId? last = null;
        for (var i = start; i < end; i++)
        {
            Invariant.Holds(chunks[i].Count > 0 && chunks[i].Count <= chunkLength, "a chunk has one item and at most its length");
            count += chunks[i].Count;
        }

        for (var place = Start; !IsEnd(place); place = Next(place))
        {
            Invariant.Holds(last is not { } before || before < this[place].Id, "ids rise");
            last = this[place].Id;
        }

        Invariant.Holds(count == Count, "chunks hold as many items as are counted");
    }

    private void Append(T item)
    {
        if (start == end || chunks[end - 1].Count == chunkLength) AddChunk(end);
        ref var chunk = ref chunks[end - 1];
        if (chunk.Count == chunk.Items.Length) Grow(ref chunk);
        chunk.Items[chunk.Count++] = item;
    }

    private Place Split(Place place)
    {
        var added = AddChunk(place.Chunk + 1);
        ref var left = ref chunks[added - 1];
        ref var right = ref chunks[added];
        var kept = left.Count / 2;
        while (right.Items.Length < left.Count - kept) Grow(ref right);
        right.Count = left.Count - kept;
        Array.Copy(left.Items, kept, right.Items, 0, right.Count);
        Array.Clear(left.Items, kept, right.Count);
        left.Count = kept;
        return place.Index <= kept ? new Place(added - 1, place.Index) : new Place(added, place.Index - kept);
    }

    private void MergeWithNext(int at)
    {
        if (at + 1 == end)
        {
            if (at == start) return;
            at--;
        }

        ref var chunk = ref chunks[at];
        ref var next = ref chunks[at + 1];
        if (chunk.Count + next.Count > chunkLength / 2) return;
        while (chunk.Items.Length < chunk.Count + next.Count) Grow(ref chunk);
        Array.Copy(next.Items, 0, chunk.Items, chunk.Count, next.Count);
        chunk.Count += next.Count;
        RemoveChunk(at + 1);
    }

    /// <summary>Puts in an empty chunk; returns where it is, for the list of chunks may have slid.</summary>
    private int AddChunk(int at)
    {
        if (end == chunks.Length)
        {
            var room = chunks;
            if (start <= chunks.Length / 2)
            {
                room = new Chunk[Math.Max(1, (end - start) * 2)];
                Weigh(RoomBytes(room.Length) - RoomBytes(chunks.Length));
            }

            Array.Copy(chunks, start, room, 0, end - start);
            if (ReferenceEquals(room, chunks)) Array.Clear(chunks, end - start, start);
            (at, end, start) = (at - start, end - start, 0);
            chunks = room;
        }

        Array.Copy(chunks, at, chunks, at + 1, end - at);
        end++;
        chunks[at] = new Chunk { Items = NewItems() };
        return at;
    }

    private void RemoveChunk(int at)
    {
        Weigh(-ArrayBytes.Of(chunks[at].Items));
        if (spare is null || spare.Length < chunks[at].Items.Length) KeepSpare(chunks[at].Items);
        if (at == start)
        {
            chunks[start++] = default;
        }
        else
        {
            Array.Copy(chunks, at + 1, chunks, at, end - at - 1);
            chunks[--end] = default;
        }

        if (start != end) return;
        (start, end) = (0, 0);
        if (chunks.Length <= RoomKept) return;
        Weigh(-RoomBytes(chunks.Length));
        chunks = [];
    }

    private void KeepSpare(T[] items)
    {
        Weigh(ArrayBytes.Of(items) - ArrayBytes.Of(spare));
        Array.Clear(items);
        spare = items;
    }

    private T[] NewItems()
    {
        if (spare is { } items)
        {
            spare = null;
            return items;
        }

        // The first chunk grows with its list. It is among the chunks already.
        items = new T[end - start == 1 ? Math.Min(FirstLength, chunkLength) : chunkLength];
        Weigh(ArrayBytes.Of(items));
        return items;
    }

    private void Grow(ref Chunk chunk)
    {
        var before = ArrayBytes.Of(chunk.Items);
        Array.Resize(ref chunk.Items, Math.Min(chunkLength, chunk.Items.Length * 2));
        Weigh(ArrayBytes.Of(chunk.Items) - before);
    }

    private void Weigh(long bytes)
    {
        MemoryBytes += bytes;
        weight.Bytes += bytes;
    }

    private static long RoomBytes(int length) => length == 0 ? 0 : ArrayBytes.Of<Chunk>(length);

    /// <summary>Where an item stands: until the next mutation.</summary>
    internal readonly record struct Place(int Chunk, int Index);

    private struct Chunk
    {
        public T[] Items;
        public int Count;
    }
}
