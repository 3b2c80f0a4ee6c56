using System.Runtime.InteropServices;
using KvEmbedded.Engine;

namespace KvEmbedded.Strings;

internal sealed partial class StringsHandle
{
    /// <summary>How many keys are asked for ahead: about as many cache misses as a core has under way at once.</summary>
    private const int KeysAhead = 16;

    /// <summary>What a pair takes besides its key and value, about: the record's header and its slot.</summary>
    private const int PairBytes = 48;

    public ValueTask<KvValue?[]> GetAsync(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken)
    {
        if (keys is { Count: > 0 and <= KeysAhead } && TryGetFew(keys, cancellationToken, out var values))
            return new ValueTask<KvValue?[]>(values);

        var encoded = door.Encode(keys);
        return door.RunMeasuredAsync(encoded[0], encoded, static (turn, _, keys) => GetMany(turn, keys), cancellationToken);
    }

    public ValueTask<bool> SetAsync(
        IReadOnlyCollection<KeyValuePair<KvKey, KvValue>> pairs, Expiration expiration, SetWhen when, CancellationToken cancellationToken)
    {
        StringWrites.RequireNamed(when);
        Require.Some(pairs, "key with its value");
        var encoded = new (EncodedKey Key, ReadOnlyMemory<byte> Value)[pairs.Count];
        var i = 0;
        foreach (var (key, value) in pairs)
        {
            var name = door.Encode(key);
            Require.ValueLength(door, name, value);
            encoded[i++] = (name, value.ToMemory());
        }

        return door.RunMeasuredAsync(
            encoded[0].Key, (encoded, expiration, when),
            static (turn, _, a) => SetMany(turn, a.encoded, a.expiration, a.when), cancellationToken);
    }

    /// <summary>Reads a few strings (MGET); where the loop is idle, without an array for any key.</summary>
    /// <returns>False if the loop is busy, or the keys are too long for that.</returns>
    private bool TryGetFew(IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken, out KvValue?[] values)
    {
        values = [];
        Span<byte> scratch = stackalloc byte[KeysAhead * ScratchLength];
        Span<KeyPlace> places = stackalloc KeyPlace[KeysAhead];
        places = places[..keys.Count];
        if (!TryEncode(keys, scratch, places)) return false;
        if (!door.TryEnter(cancellationToken, out var turn)) return false;

        try
        {
            values = new KvValue?[places.Length];
            foreach (var place in places) turn.Table.PrefetchOwner(place.Hash);
            for (var i = 0; i < places.Length; i++)
                values[i] = StringReads.GetOrNull(turn, scratch.Slice(places[i].Start, places[i].Length), places[i].Hash);
            return true;
        }
        finally
        {
            door.Leave(turn);
        }
    }

    /// <summary>Encodes keys one after the other, and asks for their slots on the way. False if there is no room for one.</summary>
    private bool TryEncode(IReadOnlyCollection<KvKey> keys, Span<byte> scratch, Span<KeyPlace> places)
    {
        if (keys is KvKey[] array) return TryEncode((ReadOnlySpan<KvKey>)array, scratch, places);
        if (keys is List<KvKey> list) return TryEncode(CollectionsMarshal.AsSpan(list), scratch, places);
        return TryEncode((ReadOnlySpan<KvKey>)keys.ToArray(), scratch, places);
    }

    private bool TryEncode(ReadOnlySpan<KvKey> keys, Span<byte> scratch, Span<KeyPlace> places)
    {
        var start = 0;
        for (var i = 0; i < places.Length; i++)
        {
            if (door.Prefix.Length + keys[i].Payload.LengthMax > scratch.Length - start) return false;
            var bytes = door.Encode(in keys[i], scratch[start..], out var hash);
            if (!bytes.Overlaps(scratch)) bytes.CopyTo(scratch[start..]);
            door.Store.Table.PrefetchSlot(hash);
            places[i] = new KeyPlace(start, bytes.Length, hash);
            start += bytes.Length;
        }

        return true;
    }

    /// <summary>Reads strings; what is no string is null (MGET).</summary>
    private static KvValue?[] GetMany(Turn turn, EncodedKey[] keys)
    {
        var values = new KvValue?[keys.Length];
        for (var from = 0; from < keys.Length; from += KeysAhead)
        {
            var to = Math.Min(keys.Length, from + KeysAhead);
            for (var i = from; i < to; i++) turn.Table.PrefetchSlot(keys[i].Hash);
            for (var i = from; i < to; i++) turn.Table.PrefetchOwner(keys[i].Hash);
            for (var i = from; i < to; i++) values[i] = StringReads.GetOrNull(turn, keys[i].Bytes, keys[i].Hash);
        }

        return values;
    }

    /// <summary>Sets strings, all or none (MSET, MSETNX, MSETEX).</summary>
    private static bool SetMany(Turn turn, (EncodedKey Key, ReadOnlyMemory<byte> Value)[] pairs, Expiration expiration, SetWhen when)
    {
        if (when != SetWhen.Always)
        {
            foreach (var (key, _) in pairs)
            {
                if (!StringWrites.Allows(when, turn.Exists(key))) return false;
            }
        }

        turn.RequireMemory(pairs[0].Key, BytesToCome(turn, pairs));
        if (pairs.Length > 1) turn.CloseToReaders();
        foreach (var (key, value) in pairs)
        {
            turn.TryFind(key, out var location);
            StringWrites.Put(turn, key.Bytes, key.Hash, location, value.Span, expiration);
        }

        return true;
    }

    /// <summary>How much the keyspace will grow by these pairs, about; what they replace is counted against them.</summary>
    private static long BytesToCome(Turn turn, (EncodedKey Key, ReadOnlyMemory<byte> Value)[] pairs)
    {
        if (turn.Options.MemoryLimitBytes is null) return 0;
        var bytes = 0L;
        foreach (var (key, value) in pairs)
        {
            if (!turn.TryFind(key, out var location))
                bytes += PairBytes + key.Bytes.Length + value.Length;
            else if (location.IsString)
                bytes += Math.Max(0, value.Length - location.StringLength);
            else
                bytes += Math.Max(0, value.Length - location.Entry!.AccountedBytes);
        }

        return bytes;
    }

    /// <summary>Where an encoded key stands in its scratch.</summary>
    private readonly record struct KeyPlace(int Start, int Length, uint Hash);
}
