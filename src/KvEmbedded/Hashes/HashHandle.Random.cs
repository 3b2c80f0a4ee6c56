using KvEmbedded.Engine;
using KvEmbedded.Records;

namespace KvEmbedded.Hashes;

internal sealed partial class HashHandle
{
    public ValueTask<HashEntry?> GetRandomAsync(CancellationToken cancellationToken) =>
        RunOnAllAsync(0, static (turn, fields, _) => PickOne(turn, fields), nameof(GetRandomAsync), cancellationToken);

    public ValueTask<HashEntry[]> GetRandomAsync(int count, RandomPick pick, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return RunOnAllAsync(
            (count, Pick: Require.Named(pick)), static (turn, fields, a) => Pick(turn, fields, a.count, a.Pick), nameof(GetRandomAsync),
            cancellationToken);
    }

    /// <summary>Picks one field by chance (HRANDFIELD).</summary>
    private static HashEntry? PickOne(Turn turn, HashFields? fields) =>
        Pick(turn, fields, 1, RandomPick.Repeated) is [var entry] ? entry : null;

    /// <summary>Picks fields by chance (HRANDFIELD).</summary>
    private static HashEntry[] Pick(Turn turn, HashFields? fields, int count, RandomPick pick)
    {
        if (fields is null || fields.IsEmpty) return [];
        var page = new ScanPage<FieldRecord>();
        if (pick == RandomPick.Distinct) fields.PickDistinct(turn.Random, count, page);
        else fields.PickRepeated(turn.Random, count, page);
        return HashReads.Entries(turn, fields, page);
    }
}
