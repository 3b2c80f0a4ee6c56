using System.Buffers;
using KvEmbedded.Events;
using KvEmbedded.Keys;
using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.PubSub;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Events;

/// <summary>
/// Key events by the notifications of the server, which must be switched on there (<c>notify-keyspace-events</c>). It tells no old
/// values and no flushes, and of an expired key when it removes it.
/// </summary>
internal static class RedisKeyEvents
{
    private const string Setting = "notify-keyspace-events";

    /// <summary>The letters of the setting that stand for kinds of changes.</summary>
    private static readonly SearchValues<char> Classes = SearchValues.Create("Ag$lshzxetdmn");

    public static async ValueTask<Subscription<KeyEvent>> SubscribeAsync(
        ServerDoor door, KeyEventFilter? filter, int? capacity, FullMode fullMode, CancellationToken cancellationToken)
    {
        var match = new KeyEventMatch(filter, door.Prefix);
        cancellationToken.ThrowIfCancellationRequested();
        var database = await door.Link.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        await RequireAsync(door, cancellationToken).ConfigureAwait(false);
        var before = ((byte[])RedisChannel.KeySpacePattern("*", database.Database)!).Length - 1;
        RedisKey keys = (byte[])[.. GlobPattern.Escape(door.Prefix), .. GlobPattern.Escape(filter?.Prefix?.ToArray() ?? []), (byte)'*'];
        return await ServerSubscription.MakeAsync<KeyEvent>(
            door, [RedisChannel.KeySpacePattern(keys, database.Database)],
            message =>
            {
                if (EventNames.KindOf(message.Message.ToString()) is not { } kind) return null;
                KvKey key = (ReadOnlyMemory<byte>)((byte[]?)message.Channel)!.AsMemory(before);
                return match.IsWanted(new KeyEvent(key, kind, null), out var seen) ? seen : null;
            },
            capacity, fullMode, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="CommandNotSupportedException">The server does not tell of changes.</exception>
    private static async ValueTask RequireAsync(ServerDoor door, CancellationToken cancellationToken)
    {
        string told;
        try
        {
            told = await door.RunAsync(
                new Command("CONFIG") { "GET", Setting },
                static answer => Reply.Pairs(answer, static (_, value) => Reply.Value(value).ToString()) is [var value] ? value : "",
                cancellationToken).ConfigureAwait(false);
        }
        catch (KeyspaceException exception) when (exception is CommandNotSupportedException or ServerRefusedException)
        {
            return; // It may not be asked, as on hosted servers, and may well tell.
        }

        if (told.Contains('K', StringComparison.Ordinal) && told.AsSpan().ContainsAny(Classes)) return;
        throw new CommandNotSupportedException(
            "key events", null, door.Link.Version, $"{Setting} is \"{told}\", so that it tells of no changes. Set it to KA on the server", null);
    }
}
