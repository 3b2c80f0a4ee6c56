using System.Runtime.CompilerServices;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>
/// The way from a handle to the server, shared by all handles of a view: it puts the view's prefix before every key, sends
/// commands, and turns what goes wrong into the exceptions of the interfaces (<see cref="ServerErrors"/>).
/// </summary>
/// <remarks>
/// A token is observed until the command is sent. What has been sent runs to its end and its result is delivered; if that is
/// lost, with the connection or because it takes too long, <see cref="OutcomeUnknownException"/> says so.
/// </remarks>
internal sealed partial class ServerDoor(ServerLink link, byte[] prefix)
{
    /// <summary>Most words behind the name of a command: what the client library sends, and servers take.</summary>
    private const int WordsMax = (1 << 20) - 1;

    public ServerLink Link => link;

    public byte[] Prefix => prefix;

    public ServerDoor WithPrefix(KvKey more) => new(link, Whole(Encode(more)).ToArray());

    /// <summary>The key as the server knows it: behind the view's prefix.</summary>
    public RedisKey Encode(KvKey key) => prefix.Length == 0 ? key.ToArray() : key.WithPrefix(prefix).ToArray();

    /// <exception cref="ArgumentException">There is none.</exception>
    public RedisKey[] Encode(IReadOnlyCollection<KvKey> keys, [CallerArgumentExpression(nameof(keys))] string? name = null) =>
        [.. Require.Some(keys, "key", name).Select(Encode)];

    /// <summary>A key that the server has told, as this view shows it: without the prefix.</summary>
    public KvKey Decode(RedisResult told) => (ReadOnlyMemory<byte>)Reply.Bytes(told).AsMemory(prefix.Length);

    /// <summary>True if a key that the server has told is one of the view's.</summary>
    public bool Owns(RedisResult told) => Reply.Bytes(told).AsSpan().StartsWith(prefix);

    /// <summary>A key with its prefix, as handles and errors show it.</summary>
    public static KvKey Whole(RedisKey key) => (byte[]?)key ?? [];

    /// <summary>Runs one command, or one script.</summary>
    /// <param name="read">Makes the result of the answer; see <see cref="Reply"/>.</param>
    public async ValueTask<TResult> RunAsync<TResult>(
        Command command, Func<RedisResult, TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RequireLength(command);
        var database = await link.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        return read(await AnswerAsync(command, command.SendAsync(database), database).ConfigureAwait(false));
    }

    /// <exception cref="ValueTooLongException">A value is longer than the server may take.</exception>
    /// <exception cref="ArgumentException">There are more arguments than a command may have.</exception>
    private void RequireLength(Command command)
    {
        if (command.WordCount > WordsMax)
        {
#pragma warning disable MA0015 // The names of the caller's arguments are not known here.
            throw new ArgumentException(
                $"{command.NameAndKey} would have {command.WordCount} arguments, but at most {WordsMax} can be sent at once. " +
                "Give it less, in several calls.");
#pragma warning restore MA0015
        }

        if (command.LongestValue > link.Options.ValueLengthMax)
            throw ValueTooLongException.ForServer(command.FirstKey ?? "", command.LongestValue, link.Options.ValueLengthMax);
    }

    private async Task<RedisResult> AnswerAsync(Command command, Task<RedisResult> sent, IDatabase database)
    {
        try
        {
            try
            {
                return await sent.ConfigureAwait(false);
            }
            catch (RedisServerException exception) when (command.Script is not null && exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                return await command.SendWholeAsync(database).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (ServerErrors.IsOne(exception))
        {
            if (await ServerErrors.OfAsync(this, command, exception).ConfigureAwait(false) is { } error) throw error;
            return RedisResult.Create(RedisValue.Null);
        }
    }
}
