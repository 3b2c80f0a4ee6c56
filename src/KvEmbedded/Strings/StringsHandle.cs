using System.Runtime.CompilerServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

/// <summary>Strings at any key. Each family of commands has a file of its own.</summary>
internal sealed partial class StringsHandle(Door door) : IKvStrings
{
    /// <summary>Keys and values up to here are encoded on the stack.</summary>
    private const int ScratchLength = 256;

    public ValueTask<KvValue?> GetAsync(KvKey key, CancellationToken cancellationToken) =>
        door.ReadsFreely(cancellationToken) && CopyPlain(in key) is { } copy
            ? new ValueTask<KvValue?>((KvValue)copy)
            : GetOtherwiseAsync(key, cancellationToken);

    /// <summary>The common case: a short string without a time to live; null if it is another.</summary>
    private byte[]? CopyPlain(in KvKey key)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var bytes = door.Encode(in key, scratch, out var hash);
        return StringReads.CopyPlain(door.Store, bytes, hash);
    }

    // Apart, so that its locals cost the common case nothing.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ValueTask<KvValue?> GetOtherwiseAsync(KvKey key, CancellationToken cancellationToken)
    {
        if (door.ReadsFreely(cancellationToken))
        {
            Span<byte> scratch = stackalloc byte[ScratchLength];
            var bytes = door.Encode(in key, scratch, out var hash);
            if (StringReads.TryGet(door.Store, bytes, hash, out var value)) return new ValueTask<KvValue?>(value);
        }

        return door.RunAsync(door.Encode(key), 0, static (turn, key, _) => StringReads.Get(turn, key), cancellationToken);
    }

    public ValueTask<bool> SetAsync(
        KvKey key, KvValue value, Expiration expiration, SetWhen when, CancellationToken cancellationToken)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var bytes = door.Encode(in key, scratch, out var hash);
        return SetAsync(door, bytes, hash, value, expiration, when, cancellationToken);
    }

    /// <summary>Sets a string; where the loop is idle, without an array for key or value.</summary>
    internal static ValueTask<bool> SetAsync(
        Door door, ReadOnlySpan<byte> key, uint hash, KvValue value, Expiration expiration, SetWhen when, CancellationToken cancellationToken)
    {
        StringWrites.RequireNamed(when);
        Require.ValueLength(door, key, value);
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var bytes = value.Payload.Bytes(scratch);
        door.Store.Table.Warm(key, hash);
        if (!door.TryEnter(cancellationToken, out var turn)) return SetInTurnAsync(door, key, hash, value, expiration, when, cancellationToken);

        // The common case can neither fail nor has it anybody to tell. The others are apart, so that their locals cost it nothing.
        if (when != SetWhen.Always || !expiration.IsNever || !turn.TrySetInPlace(key, hash, bytes))
            return SetHolding(door, turn, key, hash, bytes, expiration, when);
        door.Leave(turn);
        return new ValueTask<bool>(true);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ValueTask<bool> SetInTurnAsync(
        Door door, ReadOnlySpan<byte> key, uint hash, KvValue value, Expiration expiration, SetWhen when, CancellationToken cancellationToken)
    {
        return door.RunAsync(
            new EncodedKey(key.ToArray(), hash), (value.ToMemory(), expiration, when),
            static (turn, key, a) => StringWrites.Set(turn, key.Bytes, key.Hash, a.Item1.Span, a.expiration, a.when),
            cancellationToken);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ValueTask<bool> SetHolding(
        Door door, Turn turn, ReadOnlySpan<byte> key, uint hash, ReadOnlySpan<byte> value, Expiration expiration, SetWhen when)
    {
        try
        {
            return new ValueTask<bool>(StringWrites.Set(turn, key, hash, value, expiration, when));
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<bool>(exception);
        }
        finally
        {
            door.Leave(turn);
        }
    }
}
