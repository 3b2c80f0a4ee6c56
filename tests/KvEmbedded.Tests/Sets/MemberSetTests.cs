using FsCheck.Xunit;
using KvEmbedded.Sets;
using static KvEmbedded.Tests.Sets.SetWorld;

namespace KvEmbedded.Tests.Sets;

public sealed class MemberSetTests
{
    // Bytes for members: a small world, so that members come, go and come again in every run.
    [Property(MaxTest = 400, EndSize = 400)]
    public void It_behaves_like_a_plain_set(byte shape, (byte Member, bool IsInteger, byte Kind)[] steps)
    {
        var (set, model) = (new MemberSet(Shape(shape)), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (number, isInteger, kind) in steps)
        {
            var member = MemberOf(number, isInteger);
            var version = set.Version;
            var isChanged = kind % 3 == 0 ? model.Remove(member) : model.Add(member);
            Assert.Equal(isChanged, kind % 3 == 0 ? set.Remove(Bytes(member)) : set.Add(Bytes(member)));
            Assert.Equal(isChanged, version != set.Version);
            set.CheckInvariants();
        }

        Assert.Equal(model.Count, set.Count);
        Assert.Equal(model.Count == 0, set.IsEmpty);
        Assert.Equal(model.Order(StringComparer.Ordinal), Members(set));
        for (var number = 0; number <= byte.MaxValue; number++)
            Assert.Equal(model.Contains(MemberOf((byte)number)), set.Contains(Bytes(MemberOf((byte)number))));
    }

    // Every way to add and remove four members, in every form: 8 steps, each of them one of 8.
    [Fact]
    public void All_short_programs_on_four_members_do_what_a_plain_set_does()
    {
        string[] members = ["1", "-70000", "01", new string('x', 30)];
        for (var program = 0; program < 1 << 15; program++)
        {
            var (set, model) = (new MemberSet(Tiny), new HashSet<string>(StringComparer.Ordinal));
            for (var steps = program; steps > 0; steps >>= 3)
            {
                var member = members[steps & 3];
                if ((steps & 4) == 0) Assert.Equal(model.Add(member), set.Add(Bytes(member)));
                else Assert.Equal(model.Remove(member), set.Remove(Bytes(member)));
            }

            set.CheckInvariants();
            Assert.Equal(model.Order(StringComparer.Ordinal), Members(set));
        }
    }

    [Property(MaxTest = 200, EndSize = 300)]
    public void A_copy_has_the_same_members_and_a_life_of_its_own(byte shape, byte[] members, byte[] removed)
    {
        var set = Filled(shape, members.Select(MemberOf));
        foreach (var member in removed) set.Remove(Bytes(MemberOf(member)));
        var before = Members(set);
        var copy = (MemberSet)set.Copy();
        copy.CheckInvariants();
        Assert.Equal(before, Members(copy));

        foreach (var member in removed) copy.Add(Bytes(MemberOf(member)));
        foreach (var member in members) copy.Remove(Bytes(MemberOf(member)));
        copy.CheckInvariants();
        set.CheckInvariants();
        Assert.Equal(before, Members(set));
    }

    [Fact]
    public void Few_integers_are_an_array_few_members_are_flat_and_many_are_hashed()
    {
        var set = new MemberSet();
        for (var number = 0; number < 512; number++) set.Add(Bytes($"{number}"));
        Assert.IsType<IntegerMembers>(set.Form);
        set.Add("512"u8);
        Assert.IsType<HashedMembers>(set.Form);

        set = Filled(3, ["1", "2"]);
        set.Add("01"u8);
        Assert.IsType<FlatMembers>(set.Form);
        for (var number = 3; number < 64; number++) set.Add(Bytes($"{number}"));
        Assert.IsType<FlatMembers>(set.Form);
        set.Add("one more"u8);
        Assert.IsType<HashedMembers>(set.Form);
        for (var number = 63; number > 15; number--) set.Remove(Bytes($"{number}"));
        Assert.IsType<HashedMembers>(set.Form);
        set.Remove("one more"u8);
        Assert.IsType<FlatMembers>(set.Form);

        Assert.IsType<HashedMembers>(Filled(3, [new string('x', 2000)]).Form);
    }

    [Theory]
    [InlineData("0 1 -1 32767 -32768", 2)]
    [InlineData("0 1 32768", 4)]
    [InlineData("0 -32769 2147483647 -2147483648", 4)]
    [InlineData("2147483648 1", 8)]
    [InlineData("-9223372036854775808 9223372036854775807", 8)]
    public void Integers_are_as_wide_as_the_widest_needs(string members, int width)
    {
        var set = Filled(3, members.Split(' '));
        var empty = new MemberSet().MemoryBytes;

        Assert.Equal(members.Split(' ').Order(StringComparer.Ordinal), Members(set));
        var room = members.Split(' ').Length + 8;
        Assert.InRange(set.MemoryBytes - empty - 24, 0, room * width);
    }

    [Property(MaxTest = 100, EndSize = 300)]
    public void Each_member_is_about_as_likely_to_be_picked(byte shape, byte[] members)
    {
        var set = Filled(shape, members.Select(MemberOf));
        if (set.IsEmpty) return;
        var (random, picks, rounds) = (new Random(7), new Dictionary<uint, int>(), 400);
        for (var i = 0; i < rounds * set.Count; i++)
        {
            var pick = set.Pick(random);
            picks[pick] = picks.GetValueOrDefault(pick) + 1;
        }

        // Seven standard deviations.
        Assert.Equal(set.Count, picks.Count);
        Assert.All(picks.Values, count => Assert.InRange(count, rounds - 140, rounds + 140));
    }
}
