using KvEmbedded.Engine;

namespace KvEmbedded.Records;

internal sealed partial class RecordPages<TRecord>
{
    /// <summary>A deep copy in which every handle names the same record. O(bytes).</summary>
    public RecordPages<TRecord> Copy()
    {
        var copy = new RecordPages<TRecord>(shape)
        {
            pages = (Page[])pages.Clone(),
            pageCount = pageCount,
            current = current,
            evacuation = evacuation?.Copy(),
            LiveBytes = LiveBytes,
        };
        foreach (ref var page in copy.pages.AsSpan())
            page.Bytes = (byte[]?)page.Bytes?.Clone();

        copy.MemoryBytes = copy.SumMemory();
        return copy;
    }

    private long SumMemory() =>
        ObjectBytes + ArrayBytes.Of(pages) + pages.Sum(static page => ArrayBytes.Of(page.Bytes)) + (evacuation?.MemoryBytes ?? 0);

    /// <summary>Asserts that these are exactly the living records, and that all sums are right.</summary>
    public void CheckInvariants(IReadOnlySet<uint> handles)
    {
        var live = new int[pageCount];
        foreach (var handle in handles)
        {
            Invariant.Holds(!TRecord.IsDead(ref At(handle)), "a record in use is alive");
            live[handle >> pageBits] += TRecord.Bytes(ref At(handle));
        }

        for (var number = 0; number < pageCount; number++)
        {
            ref var page = ref pages[number];
            Invariant.Holds(page.Live == live[number], "a page's living bytes are those of its living records");
            Invariant.Holds(page.Bytes is not null || page.Live == 0, "living records have bytes");
            Invariant.Holds(page.Bytes is null || page.Live <= page.Used - UnitBytes, "no more is alive than written");
            Invariant.Holds(page.Bytes is null || page.Used <= page.Bytes.Length, "records end before their page");
            if (page.Bytes is not null) CheckRecords((uint)number, handles);
            if (page.Bytes is not null && page.IsSparse && number != current)
                Invariant.Holds(evacuation is not null && evacuation.WillEmpty(number), "a sparse page is queued");
        }

        Invariant.Holds(LiveBytes == live.Sum(static page => (long)page), "living bytes are summed");
        Invariant.Holds(MemoryBytes == SumMemory(), "memory is accounted");
    }

    private void CheckRecords(uint number, IReadOnlySet<uint> handles)
    {
        for (var at = UnitBytes; at < pages[number].Used;)
        {
            var handle = (number << pageBits) | (uint)(at / UnitBytes);
            Invariant.Holds(TRecord.IsDead(ref At(handle)) != handles.Contains(handle), "a record is dead or in use");
            at += TRecord.Bytes(ref At(handle));
            Invariant.Holds(at <= pages[number].Used, "records lie one behind the other");
        }
    }

    private sealed partial class Evacuation
    {
        public long MemoryBytes =>
            EmptyBytes - (3 * ArrayBytes.Of<int>(0)) + ArrayBytes.Of<int>(Queue.Capacity)
            + ArrayBytes.Of<int>(FreeNumbers.Capacity) + ArrayBytes.Of<byte[]>(Spare.Capacity)
            + Spare.Sum(static bytes => ArrayBytes.Of(bytes));

        public Evacuation Copy()
        {
            var copy = new Evacuation { Page = Page, Offset = Offset };
            Refill(copy.Queue, Queue);
            Refill(copy.FreeNumbers, FreeNumbers);
            return copy;
        }

        public bool WillEmpty(int number) => Page == number || Queue.Contains(number);

        private static void Refill(Stack<int> into, Stack<int> from)
        {
            into.EnsureCapacity(from.Capacity);
            foreach (var number in from.Reverse()) into.Push(number);
        }
    }
}
