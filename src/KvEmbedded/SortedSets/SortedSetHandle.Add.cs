using KvEmbedded.Engine;

namespace KvEmbedded.SortedSets;

internal sealed partial class SortedSetHandle
{
    /// <summary>What a member takes besides its bytes, about.</summary>
    private const int MemberBytes = 48;

    /// <summary>What a missing key holds.</summary>
    private static readonly SortedSetTree Nobody = new();

    public ValueTask<bool> AddAsync(KvValue member, double score, AddWhen when, CancellationToken cancellationToken)
    {
        AddConditions.RequireNamed(when);
        Require.Number(score);
        Require.ValueLength(door, key, member);
        return RunOnMemberAsync(
            member, (score, when), static (turn, key, member, a) => Add(turn, key, member, a.score, a.when), cancellationToken);
    }

    public ValueTask<long> AddAsync(
        IReadOnlyCollection<SortedSetEntry> entries, AddWhen when, AddCount count, CancellationToken cancellationToken)
    {
        AddConditions.RequireNamed(when);
        Require.Named(count);
        var encoded = Encode(entries);
        return door.RunMeasuredAsync(
            key, (encoded, when, count), static (turn, key, a) => AddMany(turn, key, a.encoded, a.when, a.count), cancellationToken);
    }

    private (ReadOnlyMemory<byte> Member, double Score)[] Encode(IReadOnlyCollection<SortedSetEntry> entries)
    {
        Require.Some(entries, "entry");
        var encoded = new (ReadOnlyMemory<byte>, double)[entries.Count];
        var i = 0;
        foreach (var (member, score) in entries)
        {
            Require.ValueLength(door, key, member);
            encoded[i++] = (member.ToMemory(), Require.Number(score));
        }

        return encoded;
    }

    /// <summary>Adds a member or updates its score (ZADD).</summary>
    private static bool Add(Turn turn, EncodedKey key, ReadOnlySpan<byte> member, double score, AddWhen when)
    {
        if (FindToWrite(turn, key, when) is not { } set) return false;

        if (when.AllowsMissing()) RequireRoom(key, set, member);
        var result = Put(set, member, score, when);
        if (result != PutResult.Unchanged) turn.Changed(key, KeyEventKind.SortedSetAdded);
        return result == PutResult.Added;
    }

    /// <summary>Adds members or updates their scores (ZADD).</summary>
    private static long AddMany(
        Turn turn, EncodedKey key, (ReadOnlyMemory<byte> Member, double Score)[] entries, AddWhen when, AddCount count)
    {
        if (when.AllowsMissing())
        {
            turn.RequireMemory(key, BytesToCome(turn, key, entries));
            if (!(turn.Find<SortedSetTree>(key) ?? Nobody).HasRoomFor(entries)) throw new KeyFullException(key.Bytes, KeyType.SortedSet);
        }

        if (FindToWrite(turn, key, when) is not { } set) return 0;

        long added = 0, moved = 0;
        foreach (var (member, score) in entries)
        {
            var result = Put(set, member.Span, score, when);
            if (result == PutResult.Added) added++;
            else if (result == PutResult.Moved) moved++;
        }

        if (added + moved > 0) turn.Changed(key, KeyEventKind.SortedSetAdded);
        return count == AddCount.Added ? added : added + moved;
    }

    /// <summary>The set to write members to; null if it is missing and no missing member may be added.</summary>
    private static SortedSetTree? FindToWrite(Turn turn, EncodedKey key, AddWhen when)
    {
        if (when.AllowsMissing()) return turn.FindOrCreate<SortedSetTree>(key);
        if (turn.FindToChange<SortedSetTree>(key) is not { } set) return null;
        turn.RequireMemory(key);
        return set;
    }

    /// <exception cref="KeyFullException">The set is as large as it can be, and has no such member.</exception>
    private static void RequireRoom(EncodedKey key, SortedSetTree set, ReadOnlySpan<byte> member)
    {
        if (!set.HasRoomFor(member)) throw new KeyFullException(key.Bytes, KeyType.SortedSet);
    }

    private static PutResult Put(SortedSetTree set, ReadOnlySpan<byte> member, double score, AddWhen when)
    {
        if (when == AddWhen.Always) return set.Put(member, score);

        var isAllowed = set.TryGetScore(member, out var old)
            ? when.AllowsPresent() && when.AllowsScore(old, score)
            : when.AllowsMissing();
        return isAllowed ? set.Put(member, score) : PutResult.Unchanged;
    }

    /// <summary>How much the set will grow by these entries, about.</summary>
    private static long BytesToCome(Turn turn, EncodedKey key, (ReadOnlyMemory<byte> Member, double Score)[] entries)
    {
        if (turn.Options.MemoryLimitBytes is null) return 0;
        var set = turn.Find<SortedSetTree>(key);
        var bytes = 0L;
        foreach (var (member, _) in entries)
        {
            if (set is null || !set.Contains(member.Span)) bytes += MemberBytes + member.Length;
        }

        return bytes;
    }
}
