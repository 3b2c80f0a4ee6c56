using FsCheck.Xunit;
using KvEmbedded.Bitmaps;
using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Tests.Bitmaps;

public sealed class SlicedBitCountTests
{
    [Property(MaxTest = 1_000)]
    public void A_count_in_slices_is_that_of_the_moment_when_it_began(byte[] content, byte from, byte to, (byte At, byte[] Part, byte Kind)[] writes)
    {
        var effects = new Effects();
        var blob = StringBlob.Of(content);
        blob.Effects = effects;
        var range = BitRange.OfBits(from, to);
        var (start, end) = range.In(blob.Length);
        var expected = BitCounting.Count(content, start, end);

        var counting = SlicedBitCount.Begin(blob, range);
        foreach (var (at, part, kind) in writes)
        {
            if (kind % 4 == 0) blob.ReplaceFrom(at % (blob.Length + 1), part);
            else if (kind % 4 == 1 && effects.Count > 0) effects.Pop().Undo(blob);
            else blob.Write(at % 64, part);
            if (kind % 3 == 0 && !counting.IsDone) counting.CountSlice(1 + (kind % 5));
        }

        while (!counting.IsDone) counting.CountSlice(3);
        Assert.Equal(expected, counting.Count);
        blob.Write(0, content);
        Assert.Equal(expected, counting.Count);
    }

    [Property]
    public void What_replaces_the_end_is_taken_back_exactly(byte[] content, (byte At, byte[] Part)[] writes)
    {
        var effects = new Effects();
        var blob = StringBlob.Of(content);
        blob.Effects = effects;
        foreach (var (at, part) in writes)
        {
            var offset = at % (blob.Length + 1);
            byte[] expected = [.. blob.Span[..offset], .. part];
            blob.ReplaceFrom(offset, part);
            Assert.Equal(expected, blob.Span);
            blob.CheckInvariants();
        }

        blob.Effects = null;
        while (effects.TryPop(out var effect)) effect.Undo(blob);
        Assert.Equal(content, blob.Span);
        blob.CheckInvariants();
    }

    [Fact]
    public void A_view_is_worth_something_until_the_next_write_and_so_is_a_companion()
    {
        var blob = StringBlob.Of("abc"u8);
        var companion = new Companion();
        var alone = blob.MemoryBytes;
        blob.Companion = companion;
        var view = blob.View(out var version);

        Assert.Equal("abc"u8, view.Span);
        Assert.True(blob.IsStill(version));
        Assert.Equal(alone + 100, blob.MemoryBytes);
        Assert.Null(((StringBlob)blob.Copy()).Companion);
        blob.Write(1, "x"u8);
        Assert.False(blob.IsStill(version));
        Assert.Null(blob.Companion);
        Assert.Equal(alone, blob.MemoryBytes);
    }

    private sealed class Companion : StringBlobCompanion
    {
        public override long MemoryBytes => 100;
    }

    private sealed class Effects : Stack<Effect>, IEffectSink
    {
        public void Report(Effect effect) => Push(effect);
    }
}
