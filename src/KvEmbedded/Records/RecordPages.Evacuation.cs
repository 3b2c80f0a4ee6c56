using System.Runtime.InteropServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Records;

internal sealed partial class RecordPages<TRecord>
{
    private Evacuation Evacuations
    {
        get
        {
            if (evacuation is not null) return evacuation;
            MemoryBytes += Evacuation.EmptyBytes;
            return evacuation = new Evacuation();
        }
    }

    /// <summary>Finds a living record in a page that is being emptied; drops pages that have none left.</summary>
    public bool TryNextToMove(out uint handle)
    {
        handle = 0;
        if (evacuation is null) return false;

        while (evacuation.Page >= 0 || evacuation.TryStartNext())
        {
            var number = evacuation.Page;
            ref var page = ref pages[number];
            while (page.Live > 0)
            {
                handle = ((uint)number << pageBits) | (uint)(evacuation.Offset / UnitBytes);
                ref var record = ref At(handle);
                evacuation.Offset += TRecord.Bytes(ref record);
                if (!TRecord.IsDead(ref record)) return true;
            }

            evacuation.Page = -1;
            ReleasePage(number);
        }

        return false;
    }

    /// <summary>Moves a record that <see cref="TryNextToMove"/> named to the current page; returns its new handle.</summary>
    /// <remarks>The old record's bytes stay readable until the next mutation.</remarks>
    public uint Move(uint handle)
    {
        ref var record = ref At(handle);
        var bytes = TRecord.Bytes(ref record);
        MemoryMarshal.CreateReadOnlySpan(ref record, bytes).CopyTo(Allocate(bytes, out var moved));
        TRecord.Kill(ref record);
        pages[handle >> pageBits].Live -= bytes;
        LiveBytes -= bytes;
        return moved;
    }

    /// <summary>Gives up a page; one of full size may be kept, so that records that come and go make no garbage.</summary>
    private void ReleasePage(int number)
    {
        var bytes = pages[number].Bytes!;
        pages[number] = default;
        Push(Evacuations.FreeNumbers, number);

        if (bytes.Length != PageBytes) MemoryBytes -= ArrayBytes.Of(bytes);
        else Push(evacuation!.Spare, bytes);
        for (var spareMax = LiveBytes / PageBytes / 16; evacuation!.Spare.Count > spareMax;)
            MemoryBytes -= ArrayBytes.Of(evacuation.Spare.Pop());
    }

    private void Push<T>(Stack<T> stack, T item)
    {
        MemoryBytes -= ArrayBytes.Of<T>(stack.Capacity);
        stack.Push(item);
        MemoryBytes += ArrayBytes.Of<T>(stack.Capacity);
    }

    /// <summary>
    /// Pages that wait to be emptied, the one that is being emptied and how far, and numbers and full pages free for reuse.
    /// </summary>
    /// <remarks>A queued page that dies altogether keeps its number until it is taken from the queue.</remarks>
    private sealed partial class Evacuation
    {
        /// <summary>This object, its stacks and the headers of their arrays.</summary>
        public const int EmptyBytes = 48 + (3 * (32 + 24));

        public Stack<int> Queue { get; } = new();

        public Stack<int> FreeNumbers { get; } = new();

        public Stack<byte[]> Spare { get; } = new();

        public int Page { get; set; } = -1;

        public int Offset { get; set; }

        public bool TryStartNext()
        {
            if (!Queue.TryPop(out var number)) return false;
            Page = number;
            Offset = UnitBytes;
            return true;
        }
    }
}
