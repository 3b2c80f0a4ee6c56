using System.Globalization;
using System.Runtime.CompilerServices;
using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.SortedSets;

internal sealed partial class RedisSortedSet
{
    public async IAsyncEnumerable<SortedSetEntry> ScanAsync(
        MemberScan? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = 0UL;
        do
        {
            var page = await ScanPageAsync(cursor, options, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page.Entries) yield return entry;
            cursor = page.NextCursor;
        }
        while (cursor != 0);
    }

    public ValueTask<SortedSetPage> ScanPageAsync(ulong cursor, MemberScan? options, CancellationToken cancellationToken)
    {
        options ??= new MemberScan();
        var command = new Command("ZSCAN", KeyType.SortedSet) { key, cursor.ToString(CultureInfo.InvariantCulture), "COUNT", options.PageSize };
        if (options.Pattern is { } pattern) command.Add(new Command("") { "MATCH", pattern });
        return door.RunAsync(
            command, static answer => new SortedSetPage(EntryReply.All(answer[1]), (ulong)answer[0]), cancellationToken);
    }
}
