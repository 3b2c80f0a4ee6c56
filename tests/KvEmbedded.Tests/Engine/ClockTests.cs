using FsCheck.Xunit;
using KvEmbedded.Engine;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Engine;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_moment_is_1_and_time_passes_as_the_provider_says()
    {
        var time = new FakeTimeProvider(Noon);
        var clock = new Clock(time);
        Assert.Equal(1, clock.Now);
        time.Advance(TimeSpan.FromSeconds(1.5));
        Assert.Equal(15_000_001, clock.Now);
    }

    [Fact]
    public void The_system_clock_runs_at_the_speed_of_its_timestamps()
    {
        var clock = new Clock(TimeProvider.System);
        var (first, before) = (clock.Now, TimeProvider.System.GetTimestamp());
        while (TimeProvider.System.GetElapsedTime(before) < TimeSpan.FromMilliseconds(5)) { }
        var (after, last) = (TimeProvider.System.GetTimestamp(), clock.Now);
        Assert.True(last - first >= TimeProvider.System.GetElapsedTime(before, after).Ticks);
    }

    [Property]
    public void Any_frequency_gives_the_exact_number_of_units_rounded_down(long start, long elapsed, uint frequency, byte shift)
    {
        var time = new TwoClocks { Frequency = (frequency + 1L) << (shift % 31), Timestamp = start >> 1 };
        var clock = new Clock(time);
        var steps = (Int128)(elapsed & (long.MaxValue >> 1));
        var units = steps * 10_000_000 / time.Frequency;
        if (units >= long.MaxValue) return;
        time.Timestamp += (long)steps;
        Assert.Equal((long)units + 1, clock.Now);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(14_318_180)]
    [InlineData(10_000_000)]
    [InlineData(1_000_000_000)]
    [InlineData(24_000_000)]
    [InlineData(3_579_545_000_000)]
    public void Three_centuries_and_a_bit_do_not_overflow(long frequency)
    {
        var seconds = Math.Min(10_000_000_000, long.MaxValue / frequency);
        var time = new TwoClocks { Frequency = frequency };
        var clock = new Clock(time);
        time.Timestamp = seconds * frequency;
        Assert.Equal((seconds * 10_000_000) + 1, clock.Now);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_provider_without_a_frequency_is_refused(long frequency)
    {
        var error = Assert.Throws<ArgumentException>(() => new Clock(new TwoClocks { Frequency = frequency }));
        Assert.StartsWith(
            $"The time provider counts {frequency} timestamps a second; at least 1 is needed.", error.Message, StringComparison.Ordinal);
    }

    [Property]
    public void Whatever_the_provider_does_moments_never_go_back_and_every_step_forward_counts(short[] steps)
    {
        var time = new TwoClocks();
        var clock = new Clock(time);
        var expected = 1L;
        foreach (var step in steps)
        {
            time.Timestamp += step;
            expected += Math.Max(step, (short)0);
            Assert.Equal(expected, clock.Now);
        }
    }

    [Fact]
    public async Task Concurrent_readers_of_a_provider_that_steps_back_never_see_time_go_back_or_leap()
    {
        var time = new TwoClocks();
        var clock = new Clock(time);
        var running = 1;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var last = 0L;
            while (Volatile.Read(ref running) == 1)
            {
                var now = clock.Now;
                if (now < last) return "back";
                last = now;
            }

            return last > 100_001 ? "leap" : "fine";
        })).ToArray();

        // Forward by 100,000 in all, and back a thousand times by far more than that.
        for (var step = 0; step < 1000; step++)
        {
            for (var part = 0; part < 100; part++) Interlocked.Increment(ref time.Timestamp);
            Interlocked.Add(ref time.Timestamp, -1_000_000);
        }

        var end = clock.Now;
        Volatile.Write(ref running, 0);
        Assert.All(await Task.WhenAll(readers), found => Assert.Equal("fine", found));
        Assert.True(end <= 100_001);
    }

    [Property]
    public void A_time_that_was_set_reads_back_the_same(long timestamp, uint passed, short drift)
    {
        var time = new TwoClocks { Timestamp = timestamp >> 8 };
        var clock = new Clock(time);
        var wall = Noon.AddTicks(timestamp >> 24);
        var moment = clock.ToMoment(wall);
        time.Pass(passed);
        time.Wall += TimeSpan.FromMilliseconds(drift % 100); // a time service at work
        Assert.Equal(wall, clock.ToWall(moment));
        Assert.Equal(moment, clock.ToMoment(wall));
    }

    [Property]
    public void Unix_milliseconds_are_moments_and_the_wall_is_read_in_them_as_it_is(int milliseconds, ushort passed)
    {
        var time = new TwoClocks();
        var clock = new Clock(time);
        time.Wall = Noon.AddTicks(-1).AddMilliseconds(milliseconds);
        Assert.Equal(Noon.ToUnixTimeMilliseconds() + milliseconds - 1, clock.UnixMilliseconds);
        var moment = clock.ToMoment(milliseconds * 1000L);
        time.Pass(passed);
        Assert.Equal(moment, clock.ToMoment(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds * 1000L)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_wall_clock_moved_by_an_hour_leaves_moments_alone_and_absolute_times_follow(int hours)
    {
        var time = new TwoClocks();
        var clock = new Clock(time);
        time.Pass(TimeSpan.TicksPerSecond);
        var (now, moment) = (clock.Now, clock.ToMoment(Noon.AddMinutes(1)));
        time.Wall += TimeSpan.FromHours(hours);
        Assert.Equal(now, clock.Now);
        Assert.Equal(Noon.AddMinutes(1).AddHours(hours), clock.ToWall(moment));
        Assert.Equal(moment - TimeSpan.FromHours(hours).Ticks, clock.ToMoment(Noon.AddMinutes(1)));
        Assert.Equal(time.Wall, clock.ToWall(clock.Now));
    }

    [Fact]
    public void A_wall_clock_moved_by_at_most_100_ms_is_not_followed()
    {
        var time = new TwoClocks();
        var clock = new Clock(time);
        time.Wall += TimeSpan.FromMilliseconds(100);
        Assert.Equal(Noon, clock.ToWall(clock.Now));
        time.Wall += TimeSpan.FromTicks(1);
        Assert.Equal(time.Wall, clock.ToWall(clock.Now));
    }

    [Fact]
    public void Setting_the_fake_clock_back_leaves_moments_alone_and_time_goes_on_from_there()
    {
        var time = new FakeTimeProvider(Noon);
        var clock = new Clock(time);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(10_000_001, clock.Now);
        time.AdjustTime(Noon.AddHours(-1));
        Assert.Equal(10_000_001, clock.Now);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(20_000_001, clock.Now);
        Assert.Equal(Noon.AddHours(-1).AddSeconds(1), clock.ToWall(clock.Now));
    }

    // This provider derives its timestamps from its wall: we cannot tell the two apart, and say so.
    [Fact]
    public void Setting_the_fake_clock_forward_is_time_passing()
    {
        var time = new FakeTimeProvider(Noon);
        var clock = new Clock(time);
        time.AdjustTime(Noon.AddHours(1));
        Assert.Equal(TimeSpan.TicksPerHour + 1, clock.Now);
    }

    [Fact]
    public void A_thread_held_up_between_the_two_clocks_does_not_move_the_wall()
    {
        var time = new TwoClocks();
        var clock = new Clock(time);
        time.HoldUps = 1;
        Assert.Equal(1, clock.ToMoment(Noon));
        Assert.Equal(0, time.HoldUps);
    }

    [Fact]
    public void Times_too_far_away_end_at_the_last_there_are()
    {
        var clock = new Clock(new TwoClocks());
        Assert.Equal(Clock.LastMoment, clock.ToMoment(long.MaxValue));
        Assert.Equal(long.MinValue, clock.ToMoment(long.MinValue));
        Assert.Equal(DateTimeOffset.MaxValue, clock.ToWall(Clock.LastMoment));
        Assert.Equal(DateTimeOffset.MinValue, clock.ToWall(long.MinValue));
        Assert.Equal(DateTimeOffset.MaxValue, clock.ToWall(clock.ToMoment(DateTimeOffset.MaxValue)));
        Assert.Equal(DateTimeOffset.MinValue, clock.ToWall(clock.ToMoment(DateTimeOffset.MinValue)));
    }

    [Property]
    public void A_sum_is_exact_or_ends_at_the_last_moment(long moment, long time)
    {
        foreach (var (left, right) in new[] { (moment, time), (moment >> 40, time >> 40), (long.MaxValue - (moment & 7), time >> 60) })
        {
            var expected = Int128.Clamp((Int128)left + right, long.MinValue, Clock.LastMoment);
            Assert.Equal((long)expected, Clock.Add(left, TimeSpan.FromTicks(right)));
        }
    }

    /// <summary>A wall and timestamps that move independently.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        public long Timestamp;

        public long Frequency { get; init; } = 10_000_000;

        public DateTimeOffset Wall { get; set; } = Noon;

        public int HoldUps { get; set; }

        public override long TimestampFrequency => Frequency;

        public void Pass(long units)
        {
            Timestamp += units;
            Wall += TimeSpan.FromTicks(units);
        }

        public override long GetTimestamp() => Volatile.Read(ref Timestamp);

        public override DateTimeOffset GetUtcNow()
        {
            var wall = Wall;
            if (HoldUps > 0)
            {
                HoldUps--;
                Pass(TimeSpan.TicksPerSecond);
                return Wall;
            }

            return wall;
        }
    }
}
