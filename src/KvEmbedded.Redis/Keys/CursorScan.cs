using System.Globalization;
using System.Runtime.CompilerServices;
using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Keys;

/// <summary>Scans what one key of a server holds, page by page.</summary>
/// <param name="name">The command: SSCAN and its kin.</param>
/// <param name="read">The elements on a page.</param>
internal sealed class CursorScan<TElement>(ServerDoor door, RedisKey key, string name, KeyType type, Func<RedisResult, TElement[]> read)
{
    public IAsyncEnumerable<TElement> AllAsync(MemberScan? options, CancellationToken cancellationToken) =>
        Cursor.WalkAsync(
            async (cursor, token) => await PageAsync(cursor, options, static (elements, next) => (elements, next), token).ConfigureAwait(false),
            cancellationToken);

    public ValueTask<TPage> PageAsync<TPage>(
        ulong cursor, MemberScan? options, Func<TElement[], ulong, TPage> make, CancellationToken cancellationToken)
    {
        options ??= new MemberScan();
        var command = new Command(name, type) { key, Cursor.Text(cursor), "COUNT", options.PageSize };
        if (options.Pattern is { } pattern) command.Add(new Command("") { "MATCH", pattern });
        return door.RunAsync(command, answer => make(read(answer[1]), Cursor.Of(answer[0])), cancellationToken);
    }
}

/// <summary>Where the server goes on with a scan; 0 is both the start and the end.</summary>
internal static class Cursor
{
    public static string Text(ulong cursor) => cursor.ToString(CultureInfo.InvariantCulture);

    public static ulong Of(RedisResult answer) => (ulong)answer;

    /// <summary>The elements of all pages.</summary>
    public static async IAsyncEnumerable<T> WalkAsync<T>(
        Func<ulong, CancellationToken, ValueTask<(T[] Elements, ulong Next)>> page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursor = 0UL;
        do
        {
            (var elements, cursor) = await page(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var element in elements) yield return element;
        }
        while (cursor != 0);
    }
}
