using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

internal sealed partial class ServerDoor
{
    /// <summary>Most words of one command that a script can run: Lua has no place for more on its stack.</summary>
    public const int ScriptedWordsMax = 4_096;

    /// <summary>
    /// ARGV: of each command how many words it has, and these. Answers a pair for each: whether it went well, and the answer or the
    /// text of the error, which the client library does not take inside of a list. The first error ends it.
    /// </summary>
    private static readonly Script EachByItself = new("several commands in one step (script)",
        """
        local answers, at = {}, 1
        while at <= #ARGV do
          local last = at + tonumber(ARGV[at])
          local answer = redis.pcall(unpack(ARGV, at + 1, last))
          if type(answer) == 'table' and answer.err then
            answers[#answers + 1] = { 0, answer.err }
            return answers
          end
          answers[#answers + 1] = { 1, answer }
          at = last + 1
        end
        return answers
        """);

    /// <summary>Runs commands, no scripts, as one step: nobody sees or does anything in between.</summary>
    /// <param name="commands">Of at most <see cref="ScriptedWordsMax"/> words each; to none is an error an answer.</param>
    /// <param name="read">Makes the result of their answers, which come in their order.</param>
    /// <remarks>
    /// By MULTI … EXEC. A server that cannot take one of the commands refuses all of them there (EXECABORT, nothing is run), and
    /// one whose memory is used up refuses even reads. So they are then sent as a script, where each is asked for by itself.
    /// They are not at first: to some servers (Garnet, as a rule) a script is not one step.
    /// </remarks>
    public async ValueTask<TResult> RunTogetherAsync<TResult>(
        Command[] commands, Func<RedisResult[], TResult> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Array.ForEach(commands, RequireLength);
        var database = await link.DatabaseAsync(cancellationToken).ConfigureAwait(false);
        var transaction = database.CreateTransaction();
        var sent = Array.ConvertAll(commands, command => command.SendAsync(transaction));
        Task ended = Task.WhenAll([.. sent, transaction.ExecuteAsync()]);
        await ended.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        if (sent[0].Exception?.InnerException is RedisServerException refused && refused.Message.StartsWith("EXECABORT", StringComparison.Ordinal))
            return read(await RunEachByItselfAsync(commands, database).ConfigureAwait(false));

        var answers = new RedisResult[commands.Length];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = await AnswerAsync(commands[i], sent[i], database).ConfigureAwait(false);
        return read(answers);
    }

    private async Task<RedisResult[]> RunEachByItselfAsync(Command[] commands, IDatabase database)
    {
        var script = new Command(EachByItself, KeyType.None, [.. commands.SelectMany(static command => command.Keys).Distinct()]);
        foreach (var command in commands) script.AddWhole(command);
        var told = await AnswerAsync(script, script.SendAsync(database), database).ConfigureAwait(false);
        var answers = new RedisResult[commands.Length];
        for (var i = 0; i < told.Length; i++)
        {
            var (wentWell, answer) = (Reply.Flag(told[i][0]), told[i][1]);
            answers[i] = wentWell ? answer : await AnswerAsync(commands[i], Failed(answer), database).ConfigureAwait(false);
        }

        return answers;
    }

    private static Task<RedisResult> Failed(RedisResult text) =>
        Task.FromException<RedisResult>(new RedisServerException(RedisErrorKind.Unknown, CommandFlags.None, text.ToString()));
}
