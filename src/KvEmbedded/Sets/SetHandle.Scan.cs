using System.Runtime.CompilerServices;
using KvEmbedded.Engine;
using KvEmbedded.Keys;

namespace KvEmbedded.Sets;

internal sealed partial class SetHandle
{
    public IAsyncEnumerable<KvValue> ScanAsync(MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= MemberScan.Default;
        return ScanAsync(options.PageSize, GlobPattern.OfScan(options), cancellationToken);
    }

    public ValueTask<SetPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= MemberScan.Default;
        return ScanPageAsync(ScanCursor.Open(cursor), options.PageSize, GlobPattern.OfScan(options), cancellationToken);
    }

    private async ValueTask<SetPage> ScanPageAsync(
        uint position, int pageSize, GlobPattern? pattern, CancellationToken cancellationToken)
    {
        var (members, next) = await NextPageAsync(position, pageSize, cancellationToken).ConfigureAwait(false);
        if (pattern is not null) members = Array.FindAll(members, member => Matches(pattern, member));
        return new SetPage(members, ScanCursor.Seal(next));
    }

    private async IAsyncEnumerable<KvValue> ScanAsync(
        int pageSize, GlobPattern? pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = 0u;
        do
        {
            (var members, position) = await NextPageAsync(position, pageSize, cancellationToken).ConfigureAwait(false);
            foreach (var member in members)
            {
                if (pattern is null || Matches(pattern, member)) yield return member;
            }
        }
        while (position != 0);
    }

    private static bool Matches(GlobPattern pattern, KvValue member) => pattern.Matches(member.ToMemory().Span);

    /// <summary>One page, in one turn; its pattern is left to the caller's own time, as a hostile one takes long.</summary>
    private ValueTask<(KvValue[] Members, uint Next)> NextPageAsync(
        uint position, int pageSize, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (position, pageSize), static (turn, key, a) => Scan(turn, key, a.position, a.pageSize), cancellationToken, nameof(ScanAsync));

    /// <summary>The members on one page, and where to go on; 0 at the end (SSCAN).</summary>
    private static (KvValue[] Members, uint Next) Scan(Turn turn, EncodedKey key, uint position, int pageSize)
    {
        if (turn.Find<MemberSet>(key) is not { } set) return ([], 0);

        var positions = new List<uint>();
        var next = set.Scan(position, pageSize, positions);
        return (SetReads.At(set, positions), next);
    }
}
