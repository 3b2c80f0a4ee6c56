using FsCheck.Xunit;
using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

/// <summary>The wheel beside a plain dictionary of deadlines.</summary>
public sealed class TimerWheelModelTests
{
    // A mantissa and a shift: many equal and neighbouring deadlines, and all magnitudes from 100 ns to a thousand years.
    [Property(MaxTest = 500, EndSize = 200)]
    public void Delivers_what_a_plain_list_would_deliver((byte Kind, byte Which, byte Mantissa, byte Shift)[] steps, int start, byte moves)
    {
        var world = new World(Math.Abs((long)start) << 8, 1 + (moves % 6));
        foreach (var (kind, which, mantissa, shift) in steps) world.Do(kind, which, (long)mantissa << (shift % 48));
        world.RunOut();
    }

    // Deadlines within a few ticks, and steps of the clock smaller than one: the slot of the cursor is worked off in parts.
    [Property(MaxTest = 500, EndSize = 200)]
    public void Delivers_within_a_tick_as_soon_as_the_deadline_has_come((byte Kind, byte Which, byte Mantissa)[] steps, byte moves)
    {
        var world = new World(0, 1 + (moves % 6));
        foreach (var (kind, which, mantissa) in steps) world.Do(kind, which, (long)mantissa << 9);
        world.RunOut();
    }

    // One to six moves in an advance, where the product has a thousand: every piece of work is cut at every place.
    private sealed class World(long start, int moves)
    {
        private long now = start;
        private readonly TimerWheel wheel = new(moves);
        private readonly Dictionary<int, (string Owner, long Deadline, bool Late)> armed = [];
        private readonly List<DueTimer> due = [];
        private readonly HashSet<string> ended = [];
        private int made;

        public void Do(byte kind, byte which, long amount)
        {
            switch (kind % 8)
            {
                case 0 or 1 or 2: Arm(now + amount); break;
                case 3: Arm(now - Math.Min(amount, now)); break;
                case 4: OnSome(which, Cancel); break;
                case 5: OnSome(which, id => Rearm(id, now + amount)); break;
                case 6: OnSome(which, id => SetOwner(id)); break;
                default: Advance(amount, 1 + (which % 4), toTheEnd: which > 127); break;
            }

            wheel.CheckInvariants();
            Assert.Equal(armed.Count, wheel.Count);
            Assert.True(armed.Count == 0 || wheel.NextDue <= armed.Values.Min(timer => timer.Deadline));
        }

        public void RunOut()
        {
            for (var rounds = 0; armed.Count != 0; rounds++)
            {
                Advance(Math.Max(0, wheel.NextDue - now), maxDue: 3, toTheEnd: true);
                Assert.True(rounds < 100_000, "The wheel does not come to an end.");
            }

            Assert.Equal(made, ended.Count);
        }

        private void Arm(long deadline)
        {
            var owner = $"{++made}";
            Assert.True(armed.TryAdd(wheel.Arm(owner, deadline), (owner, deadline, deadline < now)), "An id was given out twice.");
        }

        private void Cancel(int id)
        {
            Assert.True(wheel.Cancel(id));
            Assert.False(wheel.Cancel(id));
            Assert.True(ended.Add(armed[id].Owner));
            armed.Remove(id);
        }

        private void Rearm(int id, long deadline)
        {
            Assert.True(wheel.Rearm(id, deadline));
            armed[id] = armed[id] with { Deadline = deadline, Late = false };
        }

        private void SetOwner(int id)
        {
            var owner = $"{++made}";
            wheel.SetOwner(id, owner);
            Assert.True(ended.Add(armed[id].Owner));
            armed[id] = armed[id] with { Owner = owner };
        }

        private void Advance(long amount, int maxDue, bool toTheEnd)
        {
            now += amount;
            var last = long.MinValue;
            var (more, calls) = (true, 0);
            do
            {
                Assert.True(++calls < 10_000, "The wheel does not come to an end.");
                due.Clear();
                var work = wheel.Moves;
                Assert.Equal(wheel.Advance(now, maxDue, due, out more), due.Count);
                Assert.True(due.Count <= maxDue);
                Assert.True(wheel.Moves - work <= moves + maxDue);
                Assert.Equal(more, wheel.NextDue <= now);
                wheel.CheckInvariants();
                foreach (var timer in due) last = Take(timer, last);
            }
            while (more && toTheEnd);
            if (!more) Assert.DoesNotContain(armed.Values, timer => timer.Deadline <= now);
        }

        private long Take(DueTimer timer, long last)
        {
            Assert.True(timer.Deadline <= now, "A timer came early.");
            Assert.True(armed.Remove(timer.Id, out var expected), "A timer came that is not armed.");
            Assert.Equal((expected.Owner, expected.Deadline), ((string)timer.Owner, timer.Deadline));
            Assert.True(ended.Add(expected.Owner));
            Assert.False(wheel.Cancel(timer.Id));
            Assert.False(wheel.Rearm(timer.Id, now));
            if (expected.Late) return last;
            var tick = timer.Deadline / TimerWheel.Tick;
            Assert.True(tick >= last, "A later tick came first.");
            return tick;
        }

        private void OnSome(byte which, Action<int> action)
        {
            if (armed.Count != 0) action(armed.Keys.Order().ElementAt(which % armed.Count));
        }
    }
}
