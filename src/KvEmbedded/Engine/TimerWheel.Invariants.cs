namespace KvEmbedded.Engine;

internal sealed partial class TimerWheel
{
    /// <summary>Asserts every invariant; O(n). Debug builds and tests call it.</summary>
    /// <exception cref="InvalidOperationException">One does not hold.</exception>
    public void CheckInvariants()
    {
        var count = 0;
        for (var level = 0; level < LevelCount; level++)
        {
            if (levels[level] is null) continue;
            for (var index = 0; index < SlotCount; index++) count += CheckSlot(level, index);
        }

        Require(count == Count, "the lists hold as many timers as are counted");
        for (var id = delivered; id != 0; id = nodes[id].Next)
        {
            Require(nodes[id] is { Place: TimerNode.Delivered, Owner: null }, "a delivered timer has no owner");
            count++;
        }

        Require(nodes.Used == count, "every node in use is armed or was just delivered");
        Require(nextDue <= FindNextDue(), "the next due moment is a lower bound");
    }

    private int CheckSlot(int level, int index)
    {
        var home = levels[level]!;
        ref var slot = ref home.Slots[index];
        var place = PlaceOf(level, index);
        var start = StartOf(place);
        var isCurrent = start >> (level * LevelBits) == cursor >> (level * LevelBits);
        var (count, previous) = (0, 0);
        for (var id = slot.Head; id != 0; (previous, id) = (id, nodes[id].Next), count++)
        {
            ref var node = ref nodes[id];
            Require(node.Place == place && node.Prev == previous, "a timer stands where it says");
            Require(node.Owner is not null, "an armed timer has an owner");
            Require((level == 0 && isCurrent) || node.Deadline >> TickBits >= start, "no timer stands after its deadline");
            Require(level != 0 || slot.Earliest <= node.Deadline, "the earliest deadline of a slot is a lower bound");
        }

        Require(slot.Tail == previous && slot.Count == count, "a list ends at its tail");
        Require((home.Occupied[index >> 6] >> (index & 63) & 1) == (count == 0 ? 0UL : 1UL), "a bit for each list");
        Require(count == 0 || level == 0 || !isCurrent, "above level 0 the bucket of the cursor is empty");
        return count;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds) throw new InvalidOperationException($"Timer wheel: it does not hold that {what}.");
    }
}
