using System.Numerics;
using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

internal sealed partial class TimerWheel
{
    /// <summary>The lowest level on which the tick is less than 512 slots ahead.</summary>
    private int LevelOf(long tick)
    {
        var level = 0;
        for (var shift = 0; (tick >> shift) - (cursor >> shift) >= SlotCount; shift += LevelBits) level++;
        return level;
    }

    /// <summary>Puts a node at the end of the list of its slot, and keeps <c>nextDue</c> before it.</summary>
    private void Link(int id, ref TimerNode node)
    {
        var tick = Math.Max(node.Deadline >> TickBits, cursor);
        var level = LevelOf(tick);
        var bucket = tick >> (level * LevelBits);
        var index = (int)bucket & SlotMask;
        var home = levels[level] ?? AddLevel(level);
        ref var slot = ref home.Slots[index];
        node.Place = PlaceOf(level, index);
        node.Next = 0;
        node.Prev = slot.Tail;
        if (slot.Tail != 0)
        {
            nodes[slot.Tail].Next = id;
        }
        else
        {
            slot.Head = id;
            home.Occupied[index >> 6] |= 1UL << (index & 63);
        }

        slot.Tail = id;
        slot.Count++;
        if (level == 0)
            Lower(ref slot, node.Deadline);
        else
            nextDue = Math.Min(nextDue, DrainDue(level, bucket, slot.Count));
    }

    /// <summary>Takes a node out of its slot. Its place stays written in it.</summary>
    private void Unlink(int id, ref TimerNode node)
    {
        var home = levels[(node.Place - 1) >> SlotBits]!;
        var index = (node.Place - 1) & SlotMask;
        ref var slot = ref home.Slots[index];
        if (node.Prev != 0) nodes[node.Prev].Next = node.Next;
        else slot.Head = node.Next;
        if (node.Next != 0) nodes[node.Next].Prev = node.Prev;
        else slot.Tail = node.Prev;

        if (--slot.Count == 0)
        {
            slot.Earliest = long.MaxValue;
            home.Occupied[index >> 6] &= ~(1UL << (index & 63));
        }

        if (id == passNext) passNext = node.Next;
    }

    /// <summary>A deadline has come into a slot of level 0.</summary>
    private void Lower(ref Slot slot, long deadline)
    {
        slot.Earliest = Math.Min(slot.Earliest, deadline);
        passEarliest = Math.Min(passEarliest, deadline); // too low if the slot is another one, which costs one look
        nextDue = Math.Min(nextDue, deadline);
    }

    /// <summary>The first tick of the slot that a place names.</summary>
    private long StartOf(int place)
    {
        var shift = ((place - 1) >> SlotBits) * LevelBits;
        var first = cursor >> shift;
        return (first + ((place - 1 - first) & SlotMask)) << shift;
    }

    private static int PlaceOf(int level, int index) => ((level << SlotBits) | index) + 1;

    /// <summary>The number of the first bucket with timers, from the one of the cursor on; -1 if there is none.</summary>
    private long NextOccupied(int level)
    {
        if (levels[level] is not { } home) return -1;
        var first = cursor >> (level * LevelBits);
        var from = (int)first & SlotMask;
        var word = from >> 6;
        var bits = home.Occupied[word] & (ulong.MaxValue << (from & 63));
        for (var step = 0; step <= Level.Words; step++)
        {
            if (bits != 0)
            {
                var index = (((word + step) & (Level.Words - 1)) << 6) + BitOperations.TrailingZeroCount(bits);
                return first + ((index - from) & SlotMask);
            }

            bits = home.Occupied[(word + step + 1) & (Level.Words - 1)];
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Level AddLevel(int level)
    {
        levelBytes += Level.Bytes;
        return levels[level] = new Level();
    }

    /// <summary>A list of timers. <c>Earliest</c> is kept on level 0 alone: no deadline in the slot is before it.</summary>
    private struct Slot
    {
        public long Earliest;
        public int Head, Tail, Count;
    }

    /// <summary>The slots of one level, and one bit for each that has timers.</summary>
    private sealed class Level
    {
        public const int Words = SlotCount / 64, Bytes = (SlotCount * 24) + (Words * 8) + 80;
        public readonly Slot[] Slots = new Slot[SlotCount];
        public readonly ulong[] Occupied = new ulong[Words];

        public Level()
        {
            foreach (ref var slot in Slots.AsSpan()) slot.Earliest = long.MaxValue;
        }
    }
}
