using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Strings;

/// <summary>The number at one key of a server.</summary>
internal sealed class RedisCounter(ServerDoor door, RedisKey key) : RedisHandle(door, key), ICounter
{
    private const string WholeNumber = "INCRBY";
    private const string DecimalNumber = "INCRBYFLOAT";

    public ValueTask<long?> GetAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("GET", KeyType.String) { key }, answer => answer.IsNull ? (long?)null : IntegerIn(answer), cancellationToken);

    public ValueTask<double?> GetFloatAsync(CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("GET", KeyType.String) { key }, answer => answer.IsNull ? (double?)null : NumberIn(answer), cancellationToken);

    public ValueTask<bool> SetAsync(long value, Expiration expiration, SetWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("SET") { key, value, Words.Of(when), expiration }, Reply.IsThere, cancellationToken);

    public ValueTask<long> IncrementAsync(long by, Expiration expirationIfCreated, CancellationToken cancellationToken) =>
        AddAsync(WholeNumber, by, expirationIfCreated, IntegerIn, cancellationToken);

    public ValueTask<long> DecrementAsync(long by, Expiration expirationIfCreated, CancellationToken cancellationToken) =>
        by != long.MinValue
            ? IncrementAsync(-by, expirationIfCreated, cancellationToken)
            : throw new ArgumentOutOfRangeException(nameof(by), by, "The least 64-bit integer has no positive counterpart. Take it in two steps.");

    public ValueTask<double> IncrementFloatAsync(double by, Expiration expirationIfCreated, CancellationToken cancellationToken) =>
        AddAsync(DecimalNumber, Require.Finite(by), expirationIfCreated, NumberIn, cancellationToken);

    public ValueTask<IncrementResult> IncrementAsync(long by, IncrementOptions options, CancellationToken cancellationToken)
    {
        IncrementOptions.Checked(options);
        return door.RunAsync(
            new Command(StringScripts.AddWithin, KeyType.String, key)
            {
                by, options.Min, options.Max, options.AtBound == AtBound.Refuse ? "REFUSE" : "SATURATE", WordOf(options.ExpireWhen),
                options.Expiration,
            },
            answer => new IncrementResult(IntegerIn(answer[0]), IntegerIn(answer[1]), Reply.Flag(answer[2])), cancellationToken);
    }

    public ValueTask<long?> GetAndResetAsync(Expiration expiration, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command(StringScripts.GetAndReset, KeyType.String, key) { expiration },
            answer => answer.IsNull ? (long?)null : IntegerIn(answer), cancellationToken);

    private ValueTask<T> AddAsync<T>(
        string command, KvValue by, Expiration expirationIfCreated, Func<RedisResult, T> read, CancellationToken cancellationToken) =>
        door.RunAsync(
            expirationIfCreated switch
            {
                { TimeToLive: { } time } => new Command(StringScripts.Add, KeyType.String, key)
                {
                    command, by, "PEXPIRE", ServerTime.Milliseconds(time),
                },
                { Moment: { } moment } => new Command(StringScripts.Add, KeyType.String, key)
                {
                    command, by, "PEXPIREAT", ServerTime.Milliseconds(moment),
                },
                _ => new Command(command, KeyType.String) { key, by },
            },
            read, cancellationToken);

    /// <exception cref="NotANumberException">The text is no integer.</exception>
    private long IntegerIn(RedisResult answer) =>
        Reply.Value(answer).TryGetInt64(out var number) ? number : throw new NotANumberException(Key, "a 64-bit integer");

    /// <exception cref="NotANumberException">The text is no number.</exception>
    private double NumberIn(RedisResult answer) =>
        Reply.Value(answer).TryGetDouble(out var number) ? number : throw new NotANumberException(Key, "a number");

    private static string WordOf(ExpireCounterWhen when) => when switch
    {
        ExpireCounterWhen.Created => "CREATED",
        ExpireCounterWhen.WithoutExpiration => "ENDLESS",
        _ => "ALWAYS",
    };
}
