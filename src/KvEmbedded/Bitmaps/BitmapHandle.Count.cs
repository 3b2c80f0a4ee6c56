using KvEmbedded.Engine;

namespace KvEmbedded.Bitmaps;

/// <remarks>
/// A long string is counted without the loop, off what it was in one turn. If somebody has written to it meanwhile, and again
/// and again, it is counted in slices, each a turn, beside what is written (<see cref="SlicedBitCount"/>).
/// </remarks>
internal sealed partial class BitmapHandle
{
    public async ValueTask<long> CountAsync(BitRange range, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < FreeAttempts; attempt++)
        {
            var view = await ViewAsync(range, attempt == 0 ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
            var count = BitCounting.Count(view.Bytes.Span, view.Start, view.End);
            if (view.IsStill) return count;
        }

        return await CountInSlicesAsync(range).ConfigureAwait(false);
    }

    /// <summary>A part of the string as it is in one turn; a long one without a copy (BITCOUNT, BITPOS).</summary>
    private ValueTask<BitmapView> ViewAsync(BitRange range, CancellationToken cancellationToken) =>
        door.RunAsync(key, range, static (turn, key, range) => BitmapView.Of(turn, key, range), cancellationToken);

    internal async ValueTask<long> CountInSlicesAsync(BitRange range)
    {
        var counting = await door.RunAsync(
            key, range, static (turn, key, range) => SlicedBitCount.Begin(turn, key, range), CancellationToken.None).ConfigureAwait(false);
        while (!counting.IsDone)
        {
            await door.RunMeasuredAsync(
                key, counting, static (_, _, counting) => counting.CountSlice(SliceLength), CancellationToken.None,
                nameof(CountAsync)).ConfigureAwait(false);
        }

        return counting.Count;
    }
}
