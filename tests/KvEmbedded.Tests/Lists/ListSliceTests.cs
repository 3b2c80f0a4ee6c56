using KvEmbedded.Lists;
using static KvEmbedded.Tests.Lists.DequeWorld;

namespace KvEmbedded.Tests.Lists;

/// <summary>Readings that go over several turns: all of it was there at one moment.</summary>
public sealed class ListSliceTests
{
    private const int Count = (3 * ListReading.SliceLength) + 7;

    [Fact]
    public void A_long_range_is_read_a_slice_in_each_turn()
    {
        var list = Numbers();
        var reading = new RangeReading(10..^10);
        var turns = 0;
        while (!reading.Read(list, mayStop: true))
        {
            turns++;
            reading.Prepare();
        }

        Assert.Equal(3, turns);
        Assert.Equal(Enumerable.Range(10, Count - 20).Select(static i => $"{i}"), reading.Elements.Select(static element => element.ToString()));
    }

    [Fact]
    public void Long_elements_make_a_slice_shorter()
    {
        var list = new ListDeque();
        for (var i = 0; i < 10; i++) list.Push(ListEnd.Tail, new byte[ListReading.SliceBytes / 2]);
        var reading = new RangeReading(..);

        Assert.False(reading.Read(list, mayStop: true));
        Assert.True(reading.Elements[1].Length > 0);
        Assert.Equal(0, reading.Elements[2].Length);
        while (!reading.Read(list, mayStop: true)) reading.Prepare();
        Assert.All(reading.Elements, static element => Assert.Equal(ListReading.SliceBytes / 2, element.Length));
    }

    [Fact]
    public void A_reading_begins_again_when_the_list_has_changed_and_the_last_attempt_is_one_turn()
    {
        var list = Numbers();
        var reading = new RangeReading(..);
        var turns = 0;
        while (!reading.Read(list, mayStop: true))
        {
            reading.Prepare();
            list.Push(ListEnd.Head, Bytes($"new {turns++}"));
        }

        Assert.Equal(3, turns);
        Assert.Equal(Elements(list), reading.Elements.Select(static element => element.ToString()));
    }

    [Fact]
    public void A_reading_of_a_list_that_has_gone_or_been_replaced_is_of_what_is_there_now()
    {
        var reading = new RangeReading(..);
        Assert.False(reading.Read(Numbers(), mayStop: true));
        Assert.True(reading.Read(null, mayStop: true));
        Assert.Empty(reading.Elements);

        reading = new RangeReading(..);
        Assert.False(reading.Read(Numbers(), mayStop: true));
        Assert.True(reading.Read(Filled(Tiny, [1, 2]), mayStop: true));
        Assert.Equal(2, reading.Elements.Length);
    }

    [Fact]
    public void Long_elements_make_a_slice_of_a_search_shorter()
    {
        var list = new ListDeque();
        for (var i = 0; i < 10; i++) list.Push(ListEnd.Tail, new byte[ListReading.SliceBytes / 2]);
        var search = new SearchReading(new byte[ListReading.SliceBytes / 2], 10, new ListSearch());
        var turns = 1;
        while (!search.Read(list, mayStop: true)) turns++;

        Assert.InRange(turns, 4, 6);
        Assert.Equal(10, search.Indexes.Count);
    }

    [Theory]
    [InlineData(ListEnd.Head)]
    [InlineData(ListEnd.Tail)]
    public void A_long_search_goes_a_slice_in_each_turn(ListEnd from)
    {
        var list = Numbers();
        foreach (var at in (int[])[5, 5_000, 10_000]) list.Set(at, "x"u8);
        var search = new SearchReading(Bytes("x"), 2, new ListSearch { From = from });
        var turns = 0;
        while (!search.Read(list, mayStop: true)) turns++;

        Assert.Equal(1, turns);
        Assert.Equal(from == ListEnd.Head ? "5 5000" : "10000 5000", string.Join(' ', search.Indexes));

        search = new SearchReading(Bytes("x"), 10, new ListSearch { From = from, Skip = 2 });
        Assert.False(search.Read(list, mayStop: true));
        list.Set(from == ListEnd.Head ? 5 : 10_000, "y"u8);
        while (!search.Read(list, mayStop: true)) turns++;
        Assert.Empty(search.Indexes);
        Assert.Equal(4, turns);
    }

    [Fact]
    public async Task What_is_read_while_others_push_and_pop_was_there_at_one_moment()
    {
        await using var keyspace = new Keyspace();
        var list = keyspace.List("l");
        await list.PushAsync([.. Enumerable.Range(0, 20_000).Select(static i => (KvValue)i)]);
        using var stop = new CancellationTokenSource();
        var turning = Task.Run(async () =>
        {
            for (var i = 20_000; !stop.IsCancellationRequested; i++)
            {
                await keyspace.TransactAsync(async transaction =>
                {
                    await transaction.List("l").PushAsync(i);
                    await transaction.List("l").PopAsync();
                });
            }
        });

        for (var round = 0; round < 20; round++)
        {
            var numbers = (await list.GetRangeAsync(..)).Select(static element => (long)element).ToArray();
            Assert.Equal(20_000, numbers.Length);
            Assert.Equal(Enumerable.Range(0, 20_000).Select(i => numbers[0] + i), numbers);
        }

        await stop.CancelAsync();
        await turning;
    }

    private static ListDeque Numbers()
    {
        var list = new ListDeque();
        for (var i = 0; i < Count; i++) list.Push(ListEnd.Tail, Bytes($"{i}"));
        return list;
    }
}
