using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

public sealed class TimerWheelTests
{
    private const long Millisecond = 10_000, Second = 1000 * Millisecond, Hour = 3600 * Second;
    private readonly TimerWheel wheel = new();
    private readonly List<DueTimer> due = [];

    [Fact]
    public void An_empty_wheel_has_nothing_to_do()
    {
        Assert.Equal(long.MaxValue, wheel.NextDue);
        Assert.Equal(0, wheel.Advance(long.MaxValue - 1, 10, due, out var more));
        Assert.False(more);
    }

    [Fact]
    public void A_timer_comes_at_its_deadline_and_not_a_moment_before()
    {
        var id = wheel.Arm("a", 100 * Millisecond);
        Assert.Equal(100 * Millisecond, wheel.NextDue);
        Assert.Equal(0, wheel.Advance((100 * Millisecond) - 1, 10, due, out _));
        Assert.Equal(1, wheel.Advance(100 * Millisecond, 10, due, out _));
        Assert.Equal(new DueTimer("a", id, 100 * Millisecond), due[0]);
        Assert.Equal(0, wheel.Count);
        Assert.Equal(long.MaxValue, wheel.NextDue);
    }

    [Fact]
    public void Timers_of_one_deadline_come_in_the_order_of_arming()
    {
        for (var number = 0; number < 5000; number++) wheel.Arm(number, 3 * Hour);
        Run(3 * Hour);
        Assert.Equal(Enumerable.Range(0, 5000), due.Select(timer => (int)timer.Owner));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1)]
    [InlineData(TimerWheel.Tick - 1)]
    [InlineData(TimerWheel.Tick)]
    [InlineData(Hour)]
    [InlineData(long.MaxValue / 2)]
    [InlineData(long.MaxValue - 1)]
    public void Any_deadline_is_kept_to_the_moment(long deadline)
    {
        wheel.Arm("a", deadline);
        if (deadline > 0)
        {
            Run(deadline - 1);
            Assert.Empty(due);
        }

        Run(Math.Max(deadline, 0));
        Assert.Single(due);
    }

    [Fact]
    public void A_deadline_of_never_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => wheel.Arm("a", long.MaxValue));
        var id = wheel.Arm("a", 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => wheel.Rearm(id, long.MaxValue));
        wheel.CheckInvariants();
    }

    [Fact]
    public void A_later_deadline_costs_nothing_until_the_first_one_comes()
    {
        var id = wheel.Arm("a", Second);
        for (var step = 2; step < 1000; step++) wheel.Rearm(id, step * Second);
        Assert.Equal(0, wheel.Moves);
        Run(998 * Second);
        Assert.Empty(due);
        Run(999 * Second);
        Assert.Single(due);
        Assert.True(wheel.Moves < 12, $"{wheel.Moves} moves");
    }

    [Fact]
    public void An_id_just_delivered_is_not_yet_somebody_elses()
    {
        var id = wheel.Arm("a", 1);
        Run(1);
        var other = wheel.Arm("b", 2);
        Assert.NotEqual(id, other);
        Assert.False(wheel.Cancel(id));
        Assert.False(wheel.Rearm(id, 5));
        Assert.Equal(1, wheel.Count);
        Run(1);
        Assert.Equal(id, wheel.Arm("c", 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void An_id_that_was_never_given_out_is_not_armed(int id)
    {
        wheel.Arm("a", 1);
        Assert.False(wheel.Cancel(id));
        Assert.False(wheel.Rearm(id, 1));
    }

    [Fact]
    public void A_clock_that_goes_back_delivers_nothing_early()
    {
        wheel.Arm("a", Second);
        Run(Second - 1);
        Run(0);
        wheel.Arm("b", Millisecond);
        Run(Millisecond - 1);
        Assert.Empty(due);
        Run(Millisecond);
        Assert.Equal("b", Assert.Single(due).Owner);
    }

    [Fact]
    public void A_deadline_brought_forward_behind_a_look_that_was_cut_short_is_kept()
    {
        var small = new TimerWheel(movesPerAdvance: 2);
        small.Arm("first", 10);
        var id = small.Arm("a", 100);
        small.Arm("b", 200);
        small.Arm("c", 300);
        small.Advance(10, 10, due, out var more); // looks at a and b
        Assert.True(more);
        small.Rearm(id, 50);
        small.Advance(20, 10, due, out _);
        small.CheckInvariants();
        Assert.Equal(50, small.NextDue);
    }

    [Fact]
    public void A_million_timers_of_one_deadline_make_no_long_advance_and_no_lateness()
    {
        const int count = 1_000_000, maxDue = 200;
        for (var number = 0; number < count; number++) wheel.Arm(this, Hour);

        // The caller is a system timer that wakes once a tick, and at most four times then.
        for (var now = 0L; now < Hour; now += TimerWheel.Tick)
        {
            if (wheel.NextDue > now + TimerWheel.Tick) now = Math.Min(wheel.NextDue, Hour) - 1;
            var more = true;
            for (var calls = 0; more && calls < 4; calls++)
            {
                var before = wheel.Moves;
                wheel.Advance(now, maxDue, due, out more);
                Assert.True(wheel.Moves - before <= TimerWheel.MovesPerAdvance + maxDue);
            }
        }

        Assert.Empty(due);
        var ahead = wheel.Moves;
        Assert.InRange(ahead, count, 3 * count);

        // All are in their slot: from here on, nothing moves but what is delivered.
        var delivered = 0;
        for (var (more, calls) = (true, 0); more && calls < count; due.Clear(), calls++)
            delivered += wheel.Advance(Hour, maxDue, due, out more);
        Assert.Equal(count, delivered);
        Assert.InRange(wheel.Moves - ahead, count, count + 1024);
        Assert.Equal(0, wheel.Count);
    }

    [Fact]
    public void A_jump_of_the_clock_over_a_million_timers_stays_within_the_portion()
    {
        const int count = 1_000_000, maxDue = 100;
        var random = new Random(1);
        for (var number = 0; number < count; number++) wheel.Arm(this, random.NextInt64(24 * Hour));

        var (delivered, calls, last) = (0, 0, 0L);
        for (var more = true; more && calls < count; due.Clear(), calls++)
        {
            var before = wheel.Moves;
            delivered += wheel.Advance(25 * Hour, maxDue, due, out more);
            Assert.True(wheel.Moves - before <= TimerWheel.MovesPerAdvance + maxDue);
            foreach (var timer in due)
            {
                Assert.True(timer.Deadline / TimerWheel.Tick >= last);
                last = timer.Deadline / TimerWheel.Tick;
            }
        }

        Assert.Equal(count, delivered);
        Assert.InRange(calls, count / maxDue, (count / maxDue) + (4 * count / TimerWheel.MovesPerAdvance));
    }

    [Fact]
    public void Memory_is_about_33_bytes_a_timer_and_comes_back()
    {
        const int count = 200_000;
        var empty = wheel.MemoryBytes;
        var ids = Enumerable.Range(0, count).Select(number => wheel.Arm(this, number * Second)).ToArray();
        Assert.InRange((wheel.MemoryBytes - empty) / (double)count, 32, 34);
        foreach (var id in ids) wheel.Cancel(id);
        wheel.CheckInvariants();
        Assert.InRange(wheel.MemoryBytes, empty, empty + 200_000);
    }

    [Fact]
    public void The_memory_told_is_the_memory_held()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var wheels = Enumerable.Range(0, 10).Select(_ => new TimerWheel()).ToArray();
        foreach (var one in wheels)
        {
            for (var number = 0; number < 50_000; number++) one.Arm(this, number * Second);
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(wheels.Sum(one => one.MemoryBytes) / (double)held, 0.9, 1.1);
    }

    [Fact]
    public void A_delivered_or_cancelled_owner_is_let_go()
    {
        var (delivered, cancelled) = ArmTwo();
        GC.Collect();
        Assert.False(delivered.IsAlive);
        Assert.False(cancelled.IsAlive);

        (WeakReference, WeakReference) ArmTwo()
        {
            var (first, second) = (new object(), new object());
            wheel.Arm(first, 1);
            var id = wheel.Arm(second, 2);
            Run(1);
            wheel.Cancel(id);
            due.Clear();
            return (new WeakReference(first), new WeakReference(second));
        }
    }

    private void Run(long now)
    {
        var calls = 0;
        for (var more = true; more && calls < 10_000; calls++) wheel.Advance(now, 1000, due, out more);
        Assert.True(calls < 10_000, "The wheel does not come to an end.");
        wheel.CheckInvariants();
    }
}
