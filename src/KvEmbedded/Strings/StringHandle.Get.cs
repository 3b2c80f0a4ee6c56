using System.Buffers;
using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Strings;

internal sealed partial class StringHandle
{
    public ValueTask<KvValue?> GetAsync(CancellationToken cancellationToken) =>
        door.ReadsFreely(cancellationToken) && StringReads.CopyPlain(door.Store, key.Bytes, key.Hash) is { } copy
            ? new ValueTask<KvValue?>((KvValue)copy)
            : GetOtherwiseAsync(cancellationToken);

    // Apart, so that its locals cost the common case nothing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<KvValue?> GetOtherwiseAsync(CancellationToken cancellationToken)
    {
        if (door.ReadsFreely(cancellationToken) && StringReads.TryGet(door.Store, key.Bytes, key.Hash, out var value))
            return new ValueTask<KvValue?>(value);

        return door.RunAsync(key, 0, static (turn, key, _) => StringReads.Get(turn, key), cancellationToken);
    }

    public ValueTask<bool> WriteToAsync(IBufferWriter<byte> destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return door.ReadsFreely(cancellationToken) && StringReads.TryWriteTo(door.Store, key.Bytes, key.Hash, destination, out var exists)
            ? new ValueTask<bool>(exists)
            : WriteCopyToAsync(destination, cancellationToken);
    }

    // The writer is the caller's own code: it does not run on the loop.
    private async ValueTask<bool> WriteCopyToAsync(IBufferWriter<byte> destination, CancellationToken cancellationToken)
    {
        if (await GetAsync(cancellationToken).ConfigureAwait(false) is not { } value) return false;

        destination.Write(value.ToMemory().Span);
        return true;
    }

    public ValueTask<int> GetLengthAsync(CancellationToken cancellationToken)
    {
        if (door.ReadsFreely(cancellationToken) && StringReads.TryGetLength(door.Store, key.Bytes, key.Hash, out var length))
            return new ValueTask<int>(length);

        return door.RunAsync(key, 0, static (turn, key, _) => StringReads.GetLength(turn, key), cancellationToken);
    }

    public ValueTask<KvValue> GetRangeAsync(Range range, CancellationToken cancellationToken)
    {
        if (door.ReadsFreely(cancellationToken) && StringReads.TryGetRange(door.Store, key.Bytes, key.Hash, range, out var value))
            return new ValueTask<KvValue>(value);

        return door.RunMeasuredAsync(key, range, static (turn, key, range) => StringReads.GetRange(turn, key, range), cancellationToken);
    }

    public ValueTask<KvValue?> GetAndDeleteAsync(CancellationToken cancellationToken) =>
        door.RunAsync(key, 0, static (turn, key, _) => GetAndDelete(turn, key), cancellationToken);

    public ValueTask<KvValue?> GetAndExpireAsync(Expiration expiration, CancellationToken cancellationToken) =>
        door.RunAsync(key, expiration, static (turn, key, expiration) => GetAndExpire(turn, key, expiration), cancellationToken);

    /// <summary>Reads a string and deletes its key (GETDEL).</summary>
    private static KvValue? GetAndDelete(Turn turn, EncodedKey key)
    {
        if (!turn.TryFind(key, out var location)) return null;
        var value = StringReads.ValueAt(key, location);
        turn.Remove(key, location);
        turn.Changed(key, KeyEventKind.Deleted);
        return value;
    }

    /// <summary>Reads a string and sets when it ends (GETEX).</summary>
    private static KvValue? GetAndExpire(Turn turn, EncodedKey key, Expiration expiration)
    {
        if (!turn.TryFind(key, out var location)) return null;
        var value = StringReads.ValueAt(key, location);
        if (expiration.IsNever)
            KeysHandle.Persist(turn, key);
        else if (!expiration.IsKeep)
            KeysHandle.Expire(turn, key, StringWrites.DeadlineOf(turn, expiration), ExpireWhen.Always);
        return value;
    }
}
