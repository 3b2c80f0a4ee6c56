using static KvEmbedded.Tests.Lists.ListWorld;

namespace KvEmbedded.Tests.Lists;

/// <summary>Each command reports what it did, and one that did nothing is silent.</summary>
public sealed class ListEventTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new ListWorld();
        await using var events = world.Note();
        var list = world["l"];

        await SaysAsync("", list.PushIfPresentAsync("a"));
        await SaysAsync("", list.PushIfPresentAsync(["a", "b"], ListEnd.Head));
        await SaysAsync("ListPushedTail l", list.PushAsync("a"));
        await SaysAsync("ListPushedHead l", list.PushAsync("b", ListEnd.Head));
        await SaysAsync("ListPushedTail l", list.PushAsync(["c", "d", "e"]));
        await SaysAsync("ListPushedHead l", list.PushIfPresentAsync("x", ListEnd.Head));
        await SaysAsync("ListPushedTail l", list.PushIfPresentAsync(["y", "z"]));
        await SaysAsync("ListPushedTail l", list.PushAndTrimAsync("w", 100));
        await SaysAsync("ListPushedTail l, ListTrimmed l", list.PushAndTrimAsync("v", 5));
        await SaysAsync("ListPushedHead l, ListTrimmed l", list.PushAndTrimAsync(["1", "2"], 6, ListEnd.Head));
        await SaysAsync("", list.GetRangeAsync(..));
        await SaysAsync("ListElementSet l", list.SetAsync(0, "first"));
        await SaysAsync("", list.SetAsync(6, "x"));
        await SaysAsync("ListInserted l", list.InsertAsync("second", ListSide.After, "first"));
        await SaysAsync("", list.InsertAsync("x", ListSide.After, "missing"));
        await SaysAsync("ListElementsRemoved l", list.RemoveAsync("second"));
        await SaysAsync("", list.RemoveAsync("second"));
        await SaysAsync("ListTrimmed l", list.TrimAsync(..^1));
        await SaysAsync("", list.TrimAsync(..));
        await SaysAsync("ListPoppedHead l", list.PopAsync());
        await SaysAsync("ListPoppedTail l", list.PopAsync(2, ListEnd.Tail));
        await SaysAsync("", list.PopAsync(0));
        await SaysAsync("ListPushedTail m, ListPoppedHead l", list.MoveAsync("m"));
        await SaysAsync("ListPushedHead m, ListPoppedHead l, Deleted l", list.MoveAsync("m", to: ListEnd.Head));
        await SaysAsync("ListPushedHead m, ListPoppedTail m", world["m"].MoveAsync("m", ListEnd.Tail, ListEnd.Head));
        await SaysAsync("", list.MoveAsync("m"));
        await SaysAsync("ListPoppedTail m", world.Keyspace.Lists.PopAsync(["l", "m"], 1, ListEnd.Tail));
        await SaysAsync("ListElementsRemoved m, Deleted m", world["m"].RemoveAsync((await world["m"].GetAsync(0))!.Value));
        await SaysAsync("", world["m"].PopAsync());
        await SaysAsync("ListPushedTail l", list.PushAsync(["a", "b"]));
        await SaysAsync("ListTrimmed l, Deleted l", list.TrimAsync(2..));
        await SaysAsync("", list.TrimAsync(2..));

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }

    [Fact]
    public async Task A_pop_that_had_to_wait_is_reported_behind_what_served_it()
    {
        await using var world = new ListWorld();
        await using var events = world.Note();
        var pop = world["l"].PopAsync(waitingTime: ForEver).AsTask();

        await world["l"].PushAsync("a");
        await pop;

        Assert.Equal("ListPushedTail l, ListPoppedHead l, Deleted l", await events.TakeAsync());
    }
}
