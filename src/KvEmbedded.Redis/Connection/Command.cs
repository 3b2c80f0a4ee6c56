using System.Collections;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Connection;

/// <summary>
/// One command for the server, word by word, written as a collection:
/// <c>new Command("ZADD", KeyType.SortedSet) { key, "NX", score, member }</c>. Or a script with its keys and arguments.
/// </summary>
/// <remarks>
/// Keys are <see cref="RedisKey"/>s, which only <see cref="ServerDoor.Encode(KvKey)"/> makes, so none goes out without its
/// prefix. A command remembers its keys and the type it expects there: errors are told with them.
/// </remarks>
internal sealed class Command : IEnumerable
{
    private readonly List<object> words = [];
    private readonly List<RedisKey> keys = [];
    private readonly List<RedisKey> needed = [];
    private List<(string Fragment, Func<ServerDoor, ValueTask<Exception?>> Answer)>? answers;

    /// <param name="name">As the server knows it, in capitals.</param>
    /// <param name="expected">What its keys must hold; <see cref="KeyType.None"/> if it works on any.</param>
    public Command(string name, KeyType expected = KeyType.None)
    {
        Name = name;
        Expected = expected;
    }

    /// <summary>A script; its keys come first, what is added are its arguments.</summary>
    public Command(Script script, KeyType expected, params ReadOnlySpan<RedisKey> keys)
    {
        (Name, Expected, Script) = (script.Name, expected, script);
        words.Add(script.Hash);
        words.Add(keys.Length);
        foreach (var key in keys) Add(key);
    }

    /// <summary>The command's name, or the script's.</summary>
    public string Name { get; }

    public KeyType Expected { get; }

    /// <summary>Null for a plain command.</summary>
    public Script? Script { get; }

    /// <summary>Another type that the server takes for the one expected; <see cref="KeyType.None"/> if there is none.</summary>
    public KeyType AlsoTaken { get; init; }

    /// <summary>All keys it names, in their order.</summary>
    public IReadOnlyList<RedisKey> Keys => keys;

    /// <summary>Those of them that must hold what is expected: all but a destination.</summary>
    public IReadOnlyList<RedisKey> NeededKeys => needed;

    /// <summary>How many words stand behind its name.</summary>
    public int WordCount => words.Count;

    /// <summary>Length of the longest value in it, in bytes.</summary>
    public int LongestValue { get; private set; }

    /// <summary>What errors tell as the key.</summary>
    public KvKey? FirstKey => keys.Count == 0 ? (KvKey?)null : ServerDoor.Whole(keys[0]);

    /// <summary>The name, and the first key if there is one, as errors tell them.</summary>
    public string NameAndKey => FirstKey is { } key ? $"{Name} on key '{KeyText.Of(key)}'" : Name;

    public void Add(RedisKey key)
    {
        needed.Add(key);
        AddDestination(key);
    }

    /// <summary>A key that is overwritten whatever it holds.</summary>
    public void AddDestination(RedisKey key)
    {
        keys.Add(key);
        words.Add(key);
    }

    public void Add(RedisKey[] several)
    {
        foreach (var key in several) Add(key);
    }

    /// <summary>A word of the command's own language.</summary>
    public void Add(string word) => words.Add(word);

    /// <summary>Words, of which there may be none.</summary>
    public void Add(string[] several) => words.AddRange(several);

    public void Add(long number) => words.Add(number);

    /// <summary>In the text form that values have.</summary>
    public void Add(double number) => Add((KvValue)number);

    public void Add(KvValue value)
    {
        var bytes = value.ToMemory();
        LongestValue = Math.Max(LongestValue, bytes.Length);
        words.Add((RedisValue)bytes);
    }

    public void Add(IEnumerable<KvValue> values)
    {
        foreach (var value in values) Add(value);
    }

    /// <summary>When the key shall expire, in the words of SET: <c>PX</c>, <c>PXAT</c>, <c>KEEPTTL</c> or nothing.</summary>
    public void Add(Expiration expiration) => Add(ServerTime.WordsOf(expiration));

    /// <summary>A channel: behind the prefix for channels that the multiplexer may have.</summary>
    public void Add(RedisChannel channel) => words.Add(channel);

    /// <summary>Another command as words: how many there are, its name, and its own.</summary>
    public void AddWhole(Command other)
    {
        words.Add(other.words.Count + 1);
        words.Add(other.Name);
        words.AddRange(other.words);
    }

    /// <summary>Words of another command.</summary>
    public void Add(Command more)
    {
        keys.AddRange(more.keys);
        needed.AddRange(more.needed);
        LongestValue = Math.Max(LongestValue, more.LongestValue);
        words.AddRange(more.words);
    }

    /// <summary>An error whose text contains <paramref name="fragment"/> is an answer: the one of a missing thing.</summary>
    public Command MissingIf(string fragment) => Answer(fragment, static _ => new ValueTask<Exception?>((Exception?)null));

    /// <summary>An error whose text contains <paramref name="fragment"/> is this exception; asked before what all commands have.</summary>
    public Command FailsIf(string fragment, Func<Exception> error) => Answer(fragment, _ => new ValueTask<Exception?>(error()));

    /// <summary>As the other, where facts have to be asked for first.</summary>
    public Command FailsIf(string fragment, Func<ServerDoor, ValueTask<Exception>> error) =>
        Answer(fragment, async door => await error(door).ConfigureAwait(false));

    /// <summary>Sends it, or puts it into a transaction; a script in the short form.</summary>
    public async Task<RedisResult> SendAsync(IDatabaseAsync database) =>
        await database.ExecuteAsync(Script is null ? Name : "EVALSHA", words, CommandFlags.None).ConfigureAwait(false);

    /// <summary>Sends a script that the server does not know yet.</summary>
    public Task<RedisResult> SendWholeAsync(IDatabaseAsync database) =>
        database.ExecuteAsync("EVAL", [Script!.Text, .. words[1..]], CommandFlags.None);

    /// <summary>What this command itself says about an error.</summary>
    public Func<ServerDoor, ValueTask<Exception?>>? AnswerTo(string error) =>
        answers?.Find(answer => error.Contains(answer.Fragment, StringComparison.OrdinalIgnoreCase)).Answer;

    public IEnumerator GetEnumerator() => words.GetEnumerator();

    private Command Answer(string fragment, Func<ServerDoor, ValueTask<Exception?>> answer)
    {
        (answers ??= []).Add((fragment, answer));
        return this;
    }
}
