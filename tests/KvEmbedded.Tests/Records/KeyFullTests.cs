using KvEmbedded.Engine;
using KvEmbedded.Hashes;
using KvEmbedded.Records;
using KvEmbedded.Sets;
using KvEmbedded.SortedSets;
using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.Records;

/// <summary>The most that one key can hold, with so few and small pages that it is reached.</summary>
public sealed class KeyFullTests
{
    /// <summary>Pages of 256 bytes, of which a record may take a quarter.</summary>
    private const int PageBits = 6;

    private const int PagesMax = 40;

    private static readonly byte[] Long = new byte[100];

    private static string TextFor(string type) =>
        $"Key 'full' holds a {type} that has no room for what is to be added, so nothing was: one key holds some 16 GB of members or fields, " +
        "or some 258,000 of them longer than 16 KB. Spread them over several keys.";

    [Fact]
    public async Task A_full_set_refuses_members_and_stays_as_it_is()
    {
        await using var world = new StringWorld();
        await PutAsync(world, new MemberSet(new SetShape { PageBits = PageBits, PagesMax = PagesMax, FlatMembersMax = 2, IntegersMax = 2 }));
        var set = world.Keyspace.Set("full");
        var refused = await FillAsync(i => set.AddAsync($"member {i}"));
        var count = await set.CountAsync();

        Assert.Equal((TextFor("Set"), "full", KeyType.Set), (refused.Message, refused.Key.ToString(), refused.Type));
        Assert.False(await set.AddAsync("member 0"));
        Assert.Equal(0, await set.AddAsync(["member 0", "member 1"]));
        await Assert.ThrowsAsync<KeyFullException>(async () => await set.AddAsync(["member 0", "new"]));
        await world.Keyspace.Set("other").AddAsync(["new", "member 0"]);
        await Assert.ThrowsAsync<KeyFullException>(async () => await world.Keyspace.Sets.MoveAsync("other", "full", "new"));
        Assert.True(await world.Keyspace.Sets.MoveAsync("other", "full", "member 0"));
        Assert.True(await world.Keyspace.Set("other").ContainsAsync("new"));
        Assert.Equal(count, await set.CountAsync());
        await LivesOnAsync(world, set.CountAsync, i => set.RemoveAsync($"member {i}"), i => set.AddAsync($"member {i}"), (tx, i) => tx.Set("full").RemoveAsync($"member {i}"));
    }

    [Fact]
    public async Task A_full_sorted_set_refuses_members_and_stays_as_it_is()
    {
        await using var world = new StringWorld();
        await PutAsync(world, new SortedSetTree(new SortedSetShape { PageBits = PageBits, PagesMax = PagesMax }));
        var set = world.Keyspace.SortedSet("full");
        var refused = await FillAsync(i => set.AddAsync($"member {i}", i));
        var count = await set.CountAsync();

        Assert.Equal((TextFor("SortedSet"), "full", KeyType.SortedSet), (refused.Message, refused.Key.ToString(), refused.Type));
        Assert.False(await set.AddAsync("member 0", -1));
        Assert.Equal(1, await set.AddAsync([new("member 0", 5), new("member 1", 1)], count: AddCount.Changed));
        await Assert.ThrowsAsync<KeyFullException>(async () => await set.AddAsync([new("member 0", 7), new("new", 1)]));
        await Assert.ThrowsAsync<KeyFullException>(async () => await set.IncrementAsync("new"));
        await Assert.ThrowsAsync<KeyFullException>(async () => await world.Keyspace.GeoIndex("full").AddAsync("new", new GeoPoint(1, 2)));
        Assert.Equal(5, await set.GetScoreAsync("member 0"));
        Assert.Equal(6, await set.IncrementAsync("member 0"));
        Assert.Equal(0, await set.AddAsync([new("new", 1)], AddWhen.Present));
        Assert.Equal(count, await set.CountAsync());
        await LivesOnAsync(
            world, set.CountAsync, i => set.RemoveAsync($"member {i}"), i => set.AddAsync($"member {i}", i), (tx, i) => tx.SortedSet("full").RemoveAsync($"member {i}"));
    }

    [Fact]
    public async Task A_full_hash_refuses_fields_and_stays_as_it_is()
    {
        await using var world = new StringWorld();
        await PutAsync(world, new HashFields(new HashShape { PageBits = PageBits, PagesMax = PagesMax }));
        var hash = world.Keyspace.Hash("full");
        var refused = await FillAsync(i => hash.SetAsync($"field {i}", i));
        var count = await hash.CountAsync();

        Assert.Equal((TextFor("Hash"), "full", KeyType.Hash), (refused.Message, refused.Key.ToString(), refused.Type));
        Assert.True(await hash.SetAsync("field 0", 1));
        Assert.Equal(0, await hash.SetAsync([new("field 0", 2), new("field 1", 3)]));
        await Assert.ThrowsAsync<KeyFullException>(async () => await hash.SetAsync([new("field 0", 4), new("new", 1)]));
        await Assert.ThrowsAsync<KeyFullException>(async () => await hash.SetAsync([new("field 0", 4), new("new", 1)], TimeSpan.FromHours(1)));
        await Assert.ThrowsAsync<KeyFullException>(async () => await hash.SetAsync("field 0", Long));
        await Assert.ThrowsAsync<KeyFullException>(async () => await hash.IncrementAsync("new"));
        await Assert.ThrowsAsync<KeyFullException>(async () => await hash.IncrementFloatAsync("new", 0.5));
        Assert.Equal("2", (await hash.GetAsync("field 0")).ToString());
        Assert.Equal(count, await hash.CountAsync());
        await LivesOnAsync(world, hash.CountAsync, i => hash.RemoveAsync($"field {i}"), i => hash.SetAsync($"field {i}", i), (tx, i) => tx.Hash("full").RemoveAsync($"field {i}"));
    }

    [Fact]
    public void Long_records_have_a_page_of_their_own_and_short_ones_share()
    {
        var room = new RecordRoom(new SetShape { PageBits = PageBits, PagesMax = 14 }, pagesTaken: 0);

        Assert.True(room.FitsAny(10));
        Assert.False(room.FitsAny(11));
        Assert.True(room.Fits(Enumerable.Repeat(64, 30)));
        Assert.False(room.Fits(Enumerable.Repeat(64, 31)));
        Assert.True(room.Fits(Enumerable.Repeat(68, 10)));
        Assert.False(room.Fits(Enumerable.Repeat(68, 11)));
    }

    [Fact]
    public void What_fits_by_its_sizes_can_be_added()
    {
        var set = new MemberSet(new SetShape { PageBits = PageBits, PagesMax = PagesMax, FlatMembersMax = 2 });
        var members = Enumerable.Range(0, 1_000).Select(static i => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes($"member {i}")).ToArray();
        var most = Enumerable.Range(1, members.Length).Last(count => set.HasRoomFor(members[..count]));

        Assert.InRange(most, 200, 900);
        foreach (var member in members[..most]) Assert.True(set.Add(member.Span));
        set.CheckInvariants();
        Assert.True(set.HasRoomFor(members[..most]));
    }

    [Fact]
    public void A_value_without_a_key_says_what_one_key_can_hold()
    {
        var set = new MemberSet(new SetShape { PageBits = PageBits, PagesMax = PagesMax, FlatMembersMax = 2 });

        var error = Assert.Throws<KeyFullException>(() =>
        {
            for (var i = 0; i < 1_000; i++) set.Add(System.Text.Encoding.UTF8.GetBytes($"member {i}"));
        });

        Assert.Equal(
            "The result would be larger than one key can hold, so nothing was changed: one key holds some 16 GB of members or fields, or some " +
            "258,000 of them longer than 16 KB. Spread them over several keys.", error.Message);
        Assert.Equal((null, KeyType.None), (error.Key, error.Type));
        set.CheckInvariants();
    }

    private static ValueTask<bool> PutAsync(StringWorld world, IDataValue value) =>
        world.Keyspace.Store.Dispatcher.RunAsync(
            new EncodedKey("full"u8.ToArray()), value,
            static (turn, key, value) =>
            {
                turn.Put(key, value);

                // An empty one would go at the end of the turn.
                switch (value)
                {
                    case MemberSet set: set.Add("first"u8); break;
                    case SortedSetTree tree: tree.Put("first"u8, 0); break;
                    case HashFields fields: fields.Put("first"u8, ""u8, Expiry.NoDeadline); break;
                }

                return true;
            },
            null, CancellationToken.None);

    private static async Task<KeyFullException> FillAsync(Func<int, ValueTask<bool>> add)
    {
        for (var i = 0; i < 10_000; i++)
        {
            try
            {
                Assert.True(await add(i));
            }
            catch (KeyFullException refused)
            {
                return refused;
            }
        }

        throw new InvalidOperationException("It is never full.");
    }

    /// <summary>Room that is given back is there again, and a transaction that fails gives back all.</summary>
    private static async Task LivesOnAsync(
        StringWorld world, Func<CancellationToken, ValueTask<long>> count, Func<int, ValueTask<bool>> remove, Func<int, ValueTask<bool>> add,
        Func<ITransaction, int, ValueTask<bool>> removeWithin)
    {
        var full = await count(CancellationToken.None);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await world.Keyspace.TransactAsync(async tx =>
        {
            for (var i = 0; i < full - 20; i++) Assert.True(await removeWithin(tx, i));
            throw new InvalidOperationException("taken back");
        }));
        Assert.Equal(full, await count(CancellationToken.None));
        for (var i = 0; i < full / 2; i++) Assert.True(await remove(i));
        for (var i = 0; i < full / 4; i++) Assert.True(await add(i));
        world.Keyspace.Store.Table.TryFind("full"u8, ByteHash.Of("full"u8), out var location);
        location.Entry!.Value.CheckInvariants();
    }
}
