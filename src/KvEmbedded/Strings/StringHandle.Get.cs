using System.Buffers;
using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

internal sealed partial class StringHandle
{
    public ValueTask<KvValue?> GetAsync(CancellationToken cancellationToken)
    {
        if (door.ReadsFreely(cancellationToken) && StringReads.TryGet(door.Store, key.Bytes, key.Hash, out var value))
            return new ValueTask<KvValue?>(value);

        return door.RunAsync(key, 0, static (turn, key, _) => StringReads.Get(turn, key), cancellationToken);
    }

    public async ValueTask<bool> WriteToAsync(IBufferWriter<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        if (await GetAsync(cancellationToken).ConfigureAwait(false) is not { } value) return false;

        destination.Write(value.ToMemory().Span);
        return true;
    }
}
