using KvEmbedded.Bitmaps;
using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.Bitmaps;

public sealed class BitmapTests
{
    [Fact]
    public async Task Every_command_reports_what_it_did_and_one_that_changed_nothing_is_silent()
    {
        await using var world = new StringWorld();
        await using var events = world.Note();
        var (a, bitmaps, field) = (world.Keyspace.Bitmap("a"), world.Keyspace.Bitmaps, BitFieldType.Unsigned(4).At(0));

        await SaysAsync("BitSet a", a.SetAsync(3, false));
        await SaysAsync("", a.SetAsync(3, false));
        await SaysAsync("BitSet a", a.SetAsync(3));
        await SaysAsync("", a.SetAsync(3));
        await SaysAsync("BitSet a", a.SetAsync(8, false));
        await SaysAsync("", a.GetAsync(3));
        await SaysAsync("", a.CountAsync());
        await SaysAsync("", a.FindAsync(true));
        await SaysAsync("", a.SetFieldAsync(field, 1));
        await SaysAsync("BitSet a", a.SetFieldAsync(field, 15));
        await SaysAsync("", a.IncrementFieldAsync(field, 1, BitOverflow.Fail));
        await SaysAsync("", a.IncrementFieldAsync(field, 1, BitOverflow.Saturate));
        await SaysAsync("BitSet a", a.RunFieldsAsync([BitFieldOperation.Increment(field), BitFieldOperation.Increment(field)]));
        await SaysAsync("", a.GetFieldsAsync([field]));
        await SaysAsync("BitSet b", world.Keyspace.Bitmap("b").IncrementFieldAsync(field, 16, BitOverflow.Fail));
        await SaysAsync("BitmapStored c", bitmaps.CombineAsync(BitOperation.Or, "c", ["a", "b"]));
        await SaysAsync("Deleted c", bitmaps.CombineAsync(BitOperation.Or, "c", ["x", "y"]));
        await SaysAsync("", bitmaps.CombineAsync(BitOperation.Or, "c", ["x", "y"]));

        async Task SaysAsync<T>(string expected, ValueTask<T> command)
        {
            await command;
            Assert.Equal(expected, await events.TakeAsync());
        }
    }

    [Fact]
    public async Task A_string_that_would_be_too_long_is_refused_before_it_is_allocated()
    {
        await using var world = new StringWorld(options => options.ValueLengthMax = 100_000_000);
        var bits = world.Keyspace.Bitmap("a");
        await bits.SetAsync(0);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = await Assert.ThrowsAsync<ValueTooLongException>(async () => await bits.SetAsync(uint.MaxValue));
        Assert.Equal(
            "The value of key 'a' would be 536870912 bytes long, but the keyspace allows 100000000. Store less, or raise KeyspaceOptions.ValueLengthMax.",
            error.Message);
        await Assert.ThrowsAsync<ValueTooLongException>(async () => await bits.SetFieldAsync(BitFieldType.Unsigned(2).At(799_999_999), 1));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Equal(1, await world["a"].GetLengthAsync());
        Assert.False(await bits.GetAsync(uint.MaxValue));
    }

    [Fact]
    public async Task The_last_bit_of_the_longest_string_is_not_beyond_it()
    {
        await using var world = new StringWorld();
        var error = await Assert.ThrowsAsync<ValueTooLongException>(
            async () => await world.Keyspace.Bitmap("a").SetFieldAsync(BitFieldType.Unsigned(2).At(uint.MaxValue), 1));
        Assert.Equal(536_870_913, error.Length);
    }

    [Fact]
    public async Task Operations_say_how_many_keys_they_take()
    {
        await using var world = new StringWorld();
        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await world.Keyspace.Bitmaps.CombineAsync(BitOperation.Not, "to", ["a", "b"]));
        Assert.Equal("Not takes one key and was given 2. (Parameter 'keys')", error.Message);
        error = await Assert.ThrowsAsync<ArgumentException>(async () => await world.Keyspace.Bitmaps.CombineAsync(BitOperation.Difference, "to", ["a"]));
        Assert.Equal("Difference takes at least 2 keys and was given 1. (Parameter 'keys')", error.Message);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(1_000_000)]
    public async Task Bits_are_set_in_place(int length)
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(new byte[length]);
        var bits = world.Keyspace.Bitmap("a");
        var memory = world.Keyspace.Store.Dispatcher.Turn.MemoryBytes;
        for (var i = 0; i < 100; i++) await bits.SetAsync(i);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) await bits.SetAsync(i, (i & 1) == 0);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(memory, world.Keyspace.Store.Dispatcher.Turn.MemoryBytes);
        Assert.Equal(500, await bits.CountAsync());
    }

    [Fact]
    public async Task Both_last_resorts_give_the_same_answers()
    {
        await using var world = new StringWorld();
        var bytes = new byte[3 * BitmapHandle.SliceLength];
        new Random(1).NextBytes(bytes);
        await world["a"].SetAsync(bytes);
        await world["b"].SetAsync("foobar");
        foreach (var name in new[] { "a", "b", "missing" })
        {
            var bits = world.Keyspace.Bitmap(name);
            var handle = (BitmapHandle)bits;
            foreach (var range in new[] { BitRange.All, BitRange.OfBits(13, 5_000_000), 3..4 })
            {
                Assert.Equal(await bits.CountAsync(range), await handle.CountInSlicesAsync(range));
                Assert.Equal(await bits.FindAsync(true, range), await handle.FindInOneTurnAsync(true, range));
                Assert.Equal(await bits.FindAsync(false, range), await handle.FindInOneTurnAsync(false, range));
            }
        }
    }

    [Fact]
    public async Task A_writer_that_never_rests_does_not_disturb_counts_searches_and_combinations()
    {
        const int Length = 1 << 20;
        await using var world = new StringWorld();
        await world["a"].SetAsync(new byte[Length]);
        await world["b"].SetAsync(Enumerable.Repeat((byte)0xFF, Length).ToArray());
        await world.Keyspace.Bitmap("a").SetAsync(0);
        await world.Keyspace.Bitmap("b").SetAsync(0, false);
        using var stop = new CancellationTokenSource();

        // One bit wanders through a, and its counterpart through b.
        var writer = Task.Run(async () =>
        {
            for (var (at, random) = (0L, new Random(1)); !stop.IsCancellationRequested;)
            {
                var next = random.NextInt64(8L * Length);
                await world.Keyspace.TransactAsync(async tx =>
                {
                    await tx.Bitmap("a").SetAsync(at, false);
                    await tx.Bitmap("b").SetAsync(at);
                    await tx.Bitmap("a").SetAsync(next);
                    await tx.Bitmap("b").SetAsync(next, false);
                });
                at = next;
            }
        });
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(1, await world.Keyspace.Bitmap("a").CountAsync());
            Assert.NotNull(await world.Keyspace.Bitmap("a").FindAsync(true));
            Assert.Equal(1, await ((BitmapHandle)world.Keyspace.Bitmap("a")).CountInSlicesAsync(BitRange.All));
            await world.Keyspace.Bitmaps.CombineAsync(BitOperation.Xor, "c", ["a", "b"]);
            Assert.Equal(8L * Length, await world.Keyspace.Bitmap("c").CountAsync());
        }

        await stop.CancelAsync();
        await writer;
    }
}
