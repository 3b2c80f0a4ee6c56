using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Sets;

internal sealed partial class SetHandle
{
    private ElementScan<KvValue> Elements => new(door, key, Scan, static member => member);

    public IAsyncEnumerable<KvValue> ScanAsync(MemberScan? options, CancellationToken cancellationToken) =>
        Elements.AllAsync(options, cancellationToken);

    public ValueTask<SetPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken) =>
        Elements.PageAsync(cursor, options, static (elements, next) => new SetPage(elements, next), cancellationToken);

    /// <summary>The members on one page, and where to go on; 0 at the end (SSCAN).</summary>
    private static (KvValue[] Members, uint Next) Scan(Turn turn, EncodedKey key, uint position, int pageSize)
    {
        if (turn.Find<MemberSet>(key) is not { } set) return ([], 0);

        var positions = new List<uint>();
        var next = set.Scan(position, pageSize, positions);
        return (SetReads.At(set, positions), next);
    }
}
