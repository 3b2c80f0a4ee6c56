namespace KvEmbedded.Engine;

internal sealed partial class TimerWheel
{
    /// <summary>A portion of a closed bucket is moved this long before the next one has to be, in units of 100 ns.</summary>
    private const int DrainGapBits = 14;
    private const int DrainPortionBits = 10;

    /// <summary>Delivered nodes, linked by their <c>Next</c>, until the next advance frees them.</summary>
    private int delivered;

    /// <summary>A pass over the slot of the cursor that ran out of moves goes on here; 0 if there is none.</summary>
    private int passNext;
    private long passEarliest;

    /// <summary>
    /// Delivers timers whose deadline has come, and does a portion of the work ahead. A call delivers at most
    /// <paramref name="maxDue"/> and moves or looks at no more than <see cref="MovesPerAdvance"/> others, whatever has
    /// happened to the clock.
    /// </summary>
    /// <param name="now">The moment; an earlier one than before is harmless.</param>
    /// <param name="maxDue">At least 1.</param>
    /// <param name="due">
    /// Receives what is due, in the order of ticks of 6.55 ms. Within a tick: in the order of arming among timers of the
    /// same distance; one armed within 1.6 s of its deadline may come before one that was armed long ago.
    /// </param>
    /// <param name="more">True if there is more to do at this moment already: call again, when others had their turn.</param>
    /// <returns>How many were delivered. They are no longer armed.</returns>
    public int Advance(long now, int maxDue, List<DueTimer> due, out bool more)
    {
        if (delivered != 0) FreeDelivered();
        if (now < nextDue)
        {
            // Nothing lies between, so time may pass in one step.
            cursor = Math.Max(cursor, now >> TickBits);
            more = false;
            return 0;
        }

        var before = due.Count;
        var moves = movesPerAdvance;
        var target = Math.Max(cursor, now >> TickBits);
        bool finished;
        while ((finished = DeliverCurrent(now, maxDue - (due.Count - before), due, ref moves)) && cursor < target)
        {
            if (!Step(target, ref moves)) break;
        }

        if (finished && cursor == target) DrainAhead(now, ref moves);
        Moves += movesPerAdvance - moves + due.Count - before;
        nextDue = FindNextDue();
        more = nextDue <= now;
        return due.Count - before;
    }

    /// <summary>Delivers what is due in the slot of the cursor. False if the call's portion did not reach.</summary>
    private bool DeliverCurrent(long now, int room, List<DueTimer> due, ref int moves)
    {
        if (levels[0] is not { } home) return true;
        ref var slot = ref home.Slots[(int)cursor & SlotMask];
        while (slot.Earliest <= now)
        {
            if (passNext == 0) (passNext, passEarliest) = (slot.Head, long.MaxValue);
            while (passNext != 0)
            {
                var id = passNext;
                ref var node = ref nodes[id];
                var isHere = node.Deadline >> TickBits <= cursor; // else a later deadline was stored meanwhile
                var isDue = isHere && node.Deadline <= now;
                if ((isDue ? room-- : moves--) <= 0)
                {
                    moves = Math.Max(moves, 0);
                    return false;
                }

                if (isDue) Deliver(id, ref node, due);
                else if (!isHere) Relink(id, ref node);
                else (passEarliest, passNext) = (Math.Min(passEarliest, node.Deadline), node.Next);
            }

            if (slot.Count != 0) slot.Earliest = passEarliest;
        }

        return true;
    }

    /// <summary>
    /// Moves the cursor to the next tick with timers, or empties the next bucket that it would enter, or moves it to the
    /// target. False if the call's portion did not reach.
    /// </summary>
    private bool Step(long target, ref int moves)
    {
        var next = NextOccupied(0);
        if (next < 0 || next > target) next = target;
        var level = 0;
        for (var above = 1; above < LevelCount; above++)
        {
            var bucket = NextOccupied(above);
            if (bucket < 0 || bucket << (above * LevelBits) > next) continue;
            level = above;
            next = bucket << (above * LevelBits);
        }

        if (level == 0)
        {
            cursor = next;
            return true;
        }

        cursor = next - 1;
        return Drain(level, next >> (level * LevelBits), ref moves);
    }

    /// <summary>Moves the timers of a bucket to where they belong now, in order. False if the portion did not reach.</summary>
    private bool Drain(int level, long bucket, ref int moves)
    {
        ref var slot = ref levels[level]!.Slots[(int)bucket & SlotMask];
        for (; slot.Head != 0 && moves > 0; moves--) Relink(slot.Head, ref nodes[slot.Head]);
        return slot.Head == 0;
    }

    /// <summary>Empties, in portions, the closed buckets that the cursor will enter next.</summary>
    private void DrainAhead(long now, ref int moves)
    {
        for (var level = 1; level < LevelCount && moves > 0; level++)
        {
            var bucket = NextOccupied(level);
            if (bucket == (cursor >> (level * LevelBits)) + 1 && DrainDue(level, bucket) <= now)
                Drain(level, bucket, ref moves);
        }
    }

    /// <summary>
    /// When the next portion of a bucket should be moved: so that the rest, one portion in 1.6 ms, ends before the cursor
    /// is there, but not before the bucket is closed.
    /// </summary>
    private static long DrainDue(int level, long bucket, int count)
    {
        var width = TickBits + (level * LevelBits);
        var ahead = ((count >> DrainPortionBits) + 2L) << DrainGapBits;
        return Math.Max((bucket << width) - ahead, (bucket - 1) << width);
    }

    private long DrainDue(int level, long bucket) =>
        DrainDue(level, bucket, levels[level]!.Slots[(int)bucket & SlotMask].Count);

    private long FindNextDue()
    {
        if (Count == 0) return long.MaxValue;
        var found = NextOccupied(0) is >= 0 and var tick
            ? levels[0]!.Slots[(int)tick & SlotMask].Earliest
            : long.MaxValue;
        for (var level = 1; level < LevelCount; level++)
        {
            if (NextOccupied(level) is >= 0 and var bucket) found = Math.Min(found, DrainDue(level, bucket));
        }

        return found;
    }

    private void Relink(int id, ref TimerNode node)
    {
        Unlink(id, ref node);
        Link(id, ref node);
    }

    private void Deliver(int id, ref TimerNode node, List<DueTimer> due)
    {
        Unlink(id, ref node);
        Count--;
        due.Add(new DueTimer(node.Owner!, id, node.Deadline));
        node.Owner = null;
        node.Place = TimerNode.Delivered;
        node.Next = delivered;
        delivered = id;
    }

    /// <summary>Until now a late cancel of a delivered timer found its own node, and not somebody else's.</summary>
    private void FreeDelivered()
    {
        while (delivered != 0)
        {
            var id = delivered;
            delivered = nodes[id].Next;
            nodes.Return(id);
        }
    }
}
