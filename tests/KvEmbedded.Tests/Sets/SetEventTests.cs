using static KvEmbedded.Tests.Sets.SetKeyspace;

namespace KvEmbedded.Tests.Sets;

/// <summary>Each command reports what it did, and one that did nothing is silent.</summary>
public sealed class SetEventTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did()
    {
        await using var world = new SetKeyspace();
        await using var events = world.Note();
        var s = world["s"];

        await SaysAsync("SetAdded s", s.AddAsync("a"));
        await SaysAsync("", s.AddAsync("a"));
        await SaysAsync("SetAdded s", s.AddAsync(Of("a b c d e f g")));
        await SaysAsync("", s.AddAsync(Of("a b")));
        await SaysAsync("SetRemoved s", s.RemoveAsync("a"));
        await SaysAsync("", s.RemoveAsync("a"));
        await SaysAsync("SetRemoved s", s.RemoveAsync(Of("b a")));
        await SaysAsync("", s.RemoveAsync(Of("b a")));
        await SaysAsync("", s.ContainsAsync("c"));
        await SaysAsync("", s.GetMembersAsync());
        await SaysAsync("", s.GetRandomAsync());
        await SaysAsync("SetPopped s", s.PopAsync());
        await SaysAsync("SetPopped s", s.PopAsync(2));
        await SaysAsync("", s.PopAsync(0));
        await SaysAsync("SetPopped s, Deleted s", s.PopAsync(99));
        await SaysAsync("", s.PopAsync(99));
        await SaysAsync("", s.PopAsync());
        await SaysAsync("SetAdded s", s.AddAsync("a"));
        await SaysAsync("SetPopped s, Deleted s", s.PopAsync());
        await SaysAsync("SetAdded s", s.AddAsync(Of("a b")));
        await SaysAsync("SetRemoved s, Deleted s", s.RemoveAsync(Of("a b")));
        await SaysAsync("SetAdded s", s.AddAsync(Of("a b")));
        await SaysAsync("SetRemoved s, SetAdded t", world.Sets.MoveAsync("s", "t", "a"));
        await SaysAsync("", world.Sets.MoveAsync("s", "t", "x"));
        await SaysAsync("", world.Sets.MoveAsync("s", "s", "b"));
        await SaysAsync("SetAdded t", world["t"].AddAsync("b"));
        await SaysAsync("SetStored u", world.Sets.StoreUnionAsync("u", ["s", "t"]));
        await SaysAsync("SetStored u", world.Sets.StoreIntersectionAsync("u", ["s", "t"]));
        await SaysAsync("SetStored u", world.Sets.StoreDifferenceAsync("u", ["t", "s"]));
        await SaysAsync("Deleted u", world.Sets.StoreDifferenceAsync("u", ["s", "t"]));
        await SaysAsync("", world.Sets.StoreDifferenceAsync("u", ["s", "t"]));

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }

    [Fact]
    public async Task A_move_of_the_last_member_removes_the_source()
    {
        await using var world = new SetKeyspace();
        await world.FilledAsync("s", "a");
        await using var events = world.Note();

        await world.Sets.MoveAsync("s", "t", "a");

        Assert.Equal("SetRemoved s, Deleted s, SetAdded t", await events.TakeAsync());
    }
}
