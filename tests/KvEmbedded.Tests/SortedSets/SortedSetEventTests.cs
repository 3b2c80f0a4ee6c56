using static KvEmbedded.Tests.SortedSets.BoardWorld;

namespace KvEmbedded.Tests.SortedSets;

/// <summary>Each command reports what it did, and one that did nothing is silent.</summary>
public sealed class SortedSetEventTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new BoardWorld();
        await using var events = world.Note();
        var z = world["z"];

        await SaysAsync("SortedSetAdded z", z.AddAsync("a", 1));
        await SaysAsync("", z.AddAsync("a", 1));
        await SaysAsync("SortedSetAdded z", z.AddAsync("a", 2));
        await SaysAsync("", z.AddAsync("a", 9, AddWhen.Missing));
        await SaysAsync("", world["y"].AddAsync("a", 9, AddWhen.Present));
        await SaysAsync("SortedSetAdded z", z.AddAsync(Entries(2, 3, 4)));
        await SaysAsync("", z.AddAsync(Entries(2, 3, 4)));
        await SaysAsync("SortedSetIncremented z", z.IncrementAsync("a"));
        await SaysAsync("", z.IncrementAsync("a", 0));
        await SaysAsync("", z.TryIncrementAsync("a", 1, AddWhen.Less));
        await SaysAsync("SortedSetIncremented z", z.TryIncrementAsync("a", 1, AddWhen.Greater));
        await SaysAsync("SortedSetRemoved z", z.RemoveAsync("a"));
        await SaysAsync("", z.RemoveAsync("a"));
        await SaysAsync("SortedSetRemoved z, Deleted z", z.RemoveAsync(["b", "c"]));
        await SaysAsync("", z.RemoveAsync(["b"]));
        await SaysAsync("SortedSetAdded z", z.AddAsync(Entries(1, 2, 3, 4, 5, 6, 7, 8)));
        await SaysAsync("SortedSetRemoved z", z.RemoveRangeAsync(..1));
        await SaysAsync("", z.RemoveRangeAsync(9..));
        await SaysAsync("", z.GetRangeAsync(Range.All));
        await SaysAsync("SortedSetPoppedLowest z", z.PopAsync());
        await SaysAsync("SortedSetPoppedHighest z", z.PopAsync(SortedSetEnd.Highest));
        await SaysAsync("SortedSetPoppedLowest z", z.PopAsync(2));
        await SaysAsync("", z.PopAsync(0));
        await SaysAsync("SortedSetStored y", z.StoreRangeAsync("y", Range.All));
        await SaysAsync("Deleted y", z.StoreRangeAsync("y", 9..));
        await SaysAsync("", z.StoreRangeAsync("y", 9..));
        await SaysAsync("SortedSetPoppedHighest z, Deleted z", z.PopAsync(99, SortedSetEnd.Highest));
        await SaysAsync("", z.PopAsync());
        await SaysAsync("SortedSetAdded z", z.AddAsync("a", 1));
        await SaysAsync("SortedSetPoppedLowest z, Deleted z", z.PopAsync());
        await SaysAsync("SortedSetAdded z", z.AddAsync("a", 1));
        await SaysAsync("SortedSetRemoved z, Deleted z", z.RemoveRangeAsync(ScoreRange.All));

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }

    [Fact]
    public async Task A_pop_that_had_to_wait_is_reported_behind_what_served_it()
    {
        await using var world = new BoardWorld();
        await using var events = world.Note();
        var pop = world["z"].PopAsync(waitingTime: Timeout.InfiniteTimeSpan).AsTask();

        await world["z"].AddAsync("a", 1);
        await pop;

        Assert.Equal("SortedSetAdded z, SortedSetPoppedLowest z, Deleted z", await events.TakeAsync());
    }
}
