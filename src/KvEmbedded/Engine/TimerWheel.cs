using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>A timer that has come due.</summary>
/// <param name="Owner">As given when it was armed, or by <see cref="TimerWheel.SetOwner"/>.</param>
/// <param name="Id">The id it had. It is not given out again before the next call of <see cref="TimerWheel.Advance"/>.</param>
/// <param name="Deadline">The deadline it was waiting for.</param>
internal readonly record struct DueTimer(object Owner, int Id, long Deadline);

/// <summary>
/// Many timers, told in small portions: a hierarchical timing wheel (G. Varghese and T. Lauck, 1987). Knows no clock:
/// moments come in, in units of 100 ns on any clock that does not go back.
/// </summary>
/// <remarks>
/// <para>
/// A tick is 2^16 units, 6.55 ms. Level 0 has slots of one tick; a bucket of level n is 256 times as wide as one of
/// level n - 1, six levels reach the end of time. Every level has 512 slots, twice what the classic wheel has: a timer goes to
/// the lowest level where it is less than 512 slots ahead, so that it never enters the bucket that follows the
/// one of the cursor. That bucket is therefore closed, and is emptied into the levels below in portions, while the cursor
/// is still in the bucket before: a million timers with one deadline make no long advance.
/// </para>
/// <para>
/// Invariants: ticks before <c>cursor</c> have no timers; on levels above 0 the bucket of the cursor is empty; a timer stands
/// in a slot that starts at or before its deadline (not after, so that it is never missed; before, where a later deadline
/// was only stored), except that what is overdue stands in the slot of the cursor; <c>nextDue</c> is at or before
/// everything there is to do.
/// </para>
/// <para>Not safe for concurrent use: the loop owns it.</para>
/// </remarks>
/// <param name="movesPerAdvance">At least 1. Fewer than the default make shorter advances, and more of them.</param>
internal sealed partial class TimerWheel(int movesPerAdvance = TimerWheel.MovesPerAdvance)
{
    /// <summary>The width of the finest slot, in units of 100 ns.</summary>
    public const long Tick = 1L << TickBits;

    /// <summary>Most timers that one advance moves or looks at besides those that it delivers, unless told otherwise.</summary>
    public const int MovesPerAdvance = 1024;

    private const int TickBits = 16, LevelBits = 8, LevelCount = 6;
    private const int SlotBits = LevelBits + 1, SlotCount = 1 << SlotBits, SlotMask = SlotCount - 1;

    private readonly TimerWheelNodes nodes = new();
    private readonly Level?[] levels = new Level?[LevelCount];

    /// <summary>The tick up to which time has been worked off; its own slot may be so in part.</summary>
    private long cursor;
    private long nextDue = long.MaxValue;
    private long levelBytes = 240; // the wheel itself

    /// <summary>Timers armed now.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// The moment from which <see cref="Advance"/> has something to do, or an earlier one; <see cref="long.MaxValue"/>
    /// if there is no timer. Exact for the next 1.6 s at least, as long as nothing is cancelled. O(1).
    /// </summary>
    public long NextDue => nextDue;

    /// <summary>How many timers were moved, looked at or delivered since the wheel was made: its work, counted.</summary>
    public long Moves { get; private set; }

    /// <summary>Bytes held, O(1). About 33 for each timer, and 12 KiB for each level in use.</summary>
    public long MemoryBytes => nodes.MemoryBytes + levelBytes;

    /// <summary>Adds a timer. O(1).</summary>
    /// <param name="owner">Who is told.</param>
    /// <param name="deadline">Any moment, a past one too, but <see cref="long.MaxValue"/>, which means never.</param>
    /// <returns>Its id, above 0, valid until it is cancelled or delivered; then it may be given to another timer.</returns>
    public int Arm(object owner, long deadline)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(deadline, long.MaxValue);
        var id = nodes.Rent();
        ref var node = ref nodes[id];
        node.Owner = owner;
        node.Deadline = deadline;
        Link(id, ref node);
        Count++;
        return id;
    }

    /// <summary>Removes a timer. O(1).</summary>
    /// <returns>False if it is not armed: the last advance has delivered it. Then nothing happens.</returns>
    public bool Cancel(int id)
    {
        ref var node = ref nodes.Find(id);
        if (Unsafe.IsNullRef(ref node) || !node.IsArmed) return false;
        Unlink(id, ref node);
        nodes.Return(id);
        Count--;
        return true;
    }

    /// <summary>
    /// Gives a timer another deadline. O(1). A later one is only stored, the timer moves when the old one comes; an earlier
    /// one moves it at once.
    /// </summary>
    /// <returns>False if it is not armed: the last advance has delivered it. Then nothing happens.</returns>
    public bool Rearm(int id, long deadline)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(deadline, long.MaxValue);
        ref var node = ref nodes.Find(id);
        if (Unsafe.IsNullRef(ref node) || !node.IsArmed) return false;
        if (deadline >> TickBits < StartOf(node.Place))
        {
            Unlink(id, ref node);
            node.Deadline = deadline;
            Link(id, ref node);
        }
        else
        {
            node.Deadline = deadline;
            if (node.Place <= SlotCount) Lower(ref levels[0]!.Slots[node.Place - 1], deadline);
        }

        return true;
    }

    /// <summary>Replaces the owner of an armed timer. O(1).</summary>
    public void SetOwner(int id, object owner)
    {
        Debug.Assert(nodes[id].IsArmed, "Only an armed timer has an owner.");
        nodes[id].Owner = owner;
    }
}
