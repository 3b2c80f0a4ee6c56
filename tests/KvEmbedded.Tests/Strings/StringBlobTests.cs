using FsCheck.Xunit;
using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Tests.Strings;

public sealed class StringBlobTests
{
    [Fact]
    public async Task A_string_of_64_MiB_is_set_appended_to_written_into_and_read()
    {
        const int Length = 64 << 20;
        await using var world = new StringWorld();
        var value = new byte[Length];
        new Random(1).NextBytes(value);
        Assert.True(await world["a"].SetAsync(value));
        Assert.Equal(Length + 3, await world["a"].AppendAsync("end"));
        Assert.Equal(Length + 3, await world["a"].SetRangeAsync(Length / 2, "middle"));
        "middle"u8.CopyTo(value.AsSpan(Length / 2));

        var read = (await world["a"].GetAsync())!.Value.ToMemory();
        Assert.True(read.Span[..Length].SequenceEqual(value));
        Assert.True(read.Span[Length..].SequenceEqual("end"u8));
        Assert.Equal("end", (await world["a"].GetRangeAsync(^3..)).ToString());
        Assert.True(await world["a"].CompareAndDeleteAsync(read));
        Assert.InRange(world.Keyspace.Store.Dispatcher.Turn.MemoryBytes, 0, 1 << 20);
    }

    [Fact]
    public async Task The_longest_value_of_all_is_refused_before_it_is_allocated()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(new byte[20_000]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = await Assert.ThrowsAsync<ValueTooLongException>(async () => await world["a"].SetRangeAsync(536_870_912, "x"));
        Assert.Equal((536_870_913L, 536_870_912L), (error.Length, error.LengthMax));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal(20_000, await world["a"].GetLengthAsync());
    }

    [Fact]
    public async Task Appending_bit_by_bit_copies_little()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(new byte[20_000]);
        var chunk = new byte[1_000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++) await world["a"].AppendAsync(chunk);

        // Doubling: about twice the final length in all, where growing to measure would take 500 times as much.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1 << 20, 4 << 20);
        Assert.Equal(1_020_000, await world["a"].GetLengthAsync());
    }

    [Property]
    public bool Writes_and_their_undoing_follow_a_plain_array((ushort Offset, byte[] Content)[] writes)
    {
        var blob = new StringBlob();
        var effects = new EffectList();
        blob.Effects = effects;
        var states = new Stack<byte[]>();
        foreach (var (offset, content) in writes)
        {
            var old = blob.Span.ToArray();
            states.Push(old);
            blob.Write(offset % 64, content);
            var expected = new byte[Math.Max(old.Length, (offset % 64) + content.Length)];
            old.CopyTo(expected, 0);
            content.CopyTo(expected, offset % 64);
            if (!blob.Span.SequenceEqual(expected)) return false;
            blob.CheckInvariants();
            if (!blob.TryCopy(.., out var copy) || !copy.SequenceEqual(expected)) return false;
        }

        blob.Effects = null;
        while (states.TryPop(out var state))
        {
            effects.Pop().Undo(blob);
            blob.CheckInvariants();
            if (!blob.Span.SequenceEqual(state)) return false;
        }

        return effects.Count == 0;
    }

    private sealed class EffectList : Stack<Effect>, IEffectSink
    {
        public void Report(Effect effect) => Push(effect);
    }
}
