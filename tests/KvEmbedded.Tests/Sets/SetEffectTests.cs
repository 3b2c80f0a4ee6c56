using FsCheck.Xunit;
using KvEmbedded.Sets;
using KvEmbedded.Tests.SortedSets;
using static KvEmbedded.Tests.Sets.SetWorld;

namespace KvEmbedded.Tests.Sets;

public sealed class SetEffectTests
{
    [Property(MaxTest = 200, EndSize = 300)]
    public void Undoing_all_effects_in_reverse_restores_exactly_the_old_members(byte shape, byte[] before, (byte Member, bool Adds)[] steps)
    {
        var set = Filled(shape, before.Select(MemberOf));
        var old = Members(set);
        var log = new EffectLog();
        set.Effects = log;
        foreach (var step in steps) Apply(set, step);

        set.Effects = null;
        for (var at = log.Effects.Count - 1; at >= 0; at--) log.Effects[at].Undo(set);
        set.CheckInvariants();
        Assert.Equal(old, Members(set));
    }

    [Property(MaxTest = 200, EndSize = 300)]
    public void Effects_done_again_on_a_copy_give_the_same_members(byte shape, byte[] before, (byte Member, bool Adds)[] steps)
    {
        var set = Filled(shape, before.Select(MemberOf));
        var copy = (MemberSet)set.Copy();
        var log = new EffectLog();
        set.Effects = log;
        foreach (var step in steps) Apply(set, step);

        foreach (var effect in log.Effects)
        {
            if (effect is SetMemberAdded added) Assert.True(copy.Add(added.Member.Span));
            else Assert.True(copy.Remove(((SetMemberRemoved)effect).Member.Span));
        }

        Assert.Equal(Members(set), Members(copy));
    }

    [Fact]
    public void Each_mutation_reports_one_effect_and_what_changes_nothing_none()
    {
        var log = new EffectLog();
        var set = new MemberSet { Effects = log };
        set.Add("7"u8);
        set.Add("7"u8);
        set.Add("a"u8);
        set.Remove("b"u8);
        set.Remove("7"u8);

        Assert.Equal(
            ["+7", "+a", "-7"],
            log.Effects.Select(static effect => effect is SetMemberAdded added
                ? "+" + Text(added.Member.Span)
                : "-" + Text(((SetMemberRemoved)effect).Member.Span)));
    }

    [Fact]
    public async Task A_transaction_that_fails_leaves_every_set_as_it_was()
    {
        await using var world = new SetKeyspace();
        await world.FilledAsync("a", "1 2 3");
        await world.FilledAsync("b", "x y z");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            await tx.Set("a").AddAsync(["4", "not a number"]);
            await tx.Set("a").PopAsync(2);
            await tx.Sets.MoveAsync("b", "a", "x");
            await tx.Set("b").PopAsync(99);
            await tx.Sets.StoreUnionAsync("b", ["a"]);
            await tx.Set("c").AddAsync("new");
            throw new InvalidOperationException("enough");
        }));

        Assert.Equal("1 2 3", await world.TextAsync("a"));
        Assert.Equal("x y z", await world.TextAsync("b"));
        Assert.False(await world["c"].ExistsAsync());
        world.SetAt("a")!.CheckInvariants();
    }

    private static void Apply(MemberSet set, (byte Member, bool Adds) step)
    {
        if (step.Adds) set.Add(Bytes(MemberOf(step.Member)));
        else set.Remove(Bytes(MemberOf(step.Member)));
    }
}
