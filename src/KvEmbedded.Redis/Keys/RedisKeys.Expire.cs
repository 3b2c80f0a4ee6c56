using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Keys;

internal sealed partial class RedisKeys
{
    public ValueTask<bool> ExpireAsync(KvKey key, TimeSpan timeToLive, ExpireWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("PEXPIRE") { door.Encode(key), ServerTime.Milliseconds(timeToLive), Words.Of(when) }, Reply.Flag, cancellationToken);

    public ValueTask<bool> ExpireAtAsync(KvKey key, DateTimeOffset moment, ExpireWhen when, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("PEXPIREAT") { door.Encode(key), ServerTime.Milliseconds(moment), Words.Of(when) }, Reply.Flag, cancellationToken);

    public ValueTask<bool> PersistAsync(KvKey key, CancellationToken cancellationToken) => FlagAsync("PERSIST", key, cancellationToken);

    public ValueTask<TimeSpan?> GetTimeToLiveAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(new Command("PTTL") { door.Encode(key) }, static answer => ServerTime.Left((long)answer), cancellationToken);

    public ValueTask<KeyLifetime> GetLifetimeAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunTogetherAsync(
            LifetimeOf(door.Encode(key)), static answers => LifetimeFrom(answers[0], answers[1]), cancellationToken);

    private static Command[] LifetimeOf(RedisKey key) => [new Command("PTTL") { key }, new Command("PEXPIRETIME") { key }];

    private static KeyLifetime LifetimeFrom(RedisResult left, RedisResult end) => ((long)left, (long)end) switch
    {
        (-2, _) => KeyLifetime.Missing,
        (-1, _) => KeyLifetime.Endless,
        var (milliseconds, moment) => KeyLifetime.Until(
            ServerTime.Moment(moment), ServerTime.Left(milliseconds)!.Value),
    };
}
