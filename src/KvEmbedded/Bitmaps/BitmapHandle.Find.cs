using KvEmbedded.Engine;

namespace KvEmbedded.Bitmaps;

/// <remarks>As a count, a search goes on without the loop; the last attempt is one turn.</remarks>
internal sealed partial class BitmapHandle
{
    public async ValueTask<long?> FindAsync(bool bit, BitRange range, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < FreeAttempts; attempt++)
        {
            var view = await ViewAsync(range, attempt == 0 ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
            var found = First(view, bit, range);
            if (view.IsStill) return found;
        }

        return await FindInOneTurnAsync(bit, range).ConfigureAwait(false);
    }

    internal ValueTask<long?> FindInOneTurnAsync(bool bit, BitRange range) =>
        door.RunMeasuredAsync(
            key, (bit, range), static (turn, key, a) => First(BitmapView.Of(turn, key, a.range), a.bit, a.range),
            CancellationToken.None, nameof(FindAsync));

    /// <summary>The first bit of a kind (BITPOS).</summary>
    private static long? First(BitmapView view, bool bit, BitRange range)
    {
        if (!view.Exists) return bit ? null : 0;
        var found = BitSearch.First(view.Bytes.Span, bit, view.Start, view.End);

        // Behind an open end there are zeros.
        return found is null && !bit && range.IsOpen && view.Start < view.End ? view.End : found;
    }
}
