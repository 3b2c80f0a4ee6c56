using KvEmbedded.Engine;
using KvEmbedded.Keys;
using KvEmbedded.Records;

namespace KvEmbedded.Sets;

/// <summary>What several commands do to a set in a turn, with what they report.</summary>
internal static class SetWrites
{
    /// <summary>What a member takes, about.</summary>
    public static long BytesOf(int memberLength) => 16 + memberLength;

    /// <summary>Adds a member (SADD).</summary>
    public static bool Add(Turn turn, EncodedKey key, ReadOnlySpan<byte> member)
    {
        var set = turn.FindOrCreate<MemberSet>(key);
        RequireRoom(key, set, member);
        if (!set.Add(member)) return false;
        turn.Changed(key, KeyEventKind.SetAdded);
        return true;
    }

    /// <exception cref="KeyFullException">The set is as large as it can be, and has no such member.</exception>
    public static void RequireRoom(EncodedKey key, MemberSet set, ReadOnlySpan<byte> member)
    {
        if (!set.HasRoomFor(member)) throw new KeyFullException(key.Bytes, KeyType.Set);
    }

    /// <summary>Removes and returns fewer members than there are, each choice of them as likely as any other.</summary>
    public static KvValue[] PopSome(Random random, MemberSet set, int count)
    {
        Span<byte> scratch = stackalloc byte[MemberForm.ScratchLength];
        var popped = new KvValue[count];
        var copies = new MemberCopies();
        for (var i = 0; i < count; i++)
        {
            var position = set.Pick(random);
            popped[i] = copies.Copy(set.Member(position, scratch), count - i);
            set.RemoveAt(position);
        }

        return popped;
    }

    /// <summary>
    /// Makes a set that belongs to no key yet the value of a key, whatever is there and without a time to live; an empty one
    /// deletes the key.
    /// </summary>
    /// <returns>The number of members stored.</returns>
    /// <exception cref="MemoryLimitException">There is no room for it.</exception>
    public static long Store(Turn turn, EncodedKey destination, MemberSet result)
    {
        StoredResult.Put(turn, destination, result, KeyEventKind.SetStored);
        return result.Count;
    }
}
