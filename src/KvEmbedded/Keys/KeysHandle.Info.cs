using KvEmbedded.Engine;

namespace KvEmbedded.Keys;

internal sealed partial class KeysHandle
{
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(door.Encode(key), 0, static (turn, key, _) => TimeToLive(turn, key), cancellationToken);

    public ValueTask<KeyLifetime> GetLifetimeAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(
            door.Encode(key), 0,
            static (turn, key, _) => turn.TryFind(key, out var location) ? LifetimeOf(turn, location) : KeyLifetime.Missing,
            cancellationToken);

    public ValueTask<long?> GetMemoryUsageAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(
            door.Encode(key), 0,
            static (turn, key, _) => turn.TryFind(key, out var location) ? (long?)Turn.MemoryOf(location) : null,
            cancellationToken);

    public ValueTask<KeyInfo?> GetInfoAsync(KvKey key, CancellationToken cancellationToken) =>
        door.RunAsync(door.Encode(key), 0, static (turn, key, _) => Info(turn, key), cancellationToken);

    /// <summary>What is left of a key's life; null if it has no end, or there is no such key (TTL, PTTL).</summary>
    internal static TimeSpan? TimeToLive(Turn turn, EncodedKey key) =>
        turn.TryFind(key, out var location) && location.Deadline != Expiry.NoDeadline
            ? new TimeSpan(location.Deadline - turn.Now)
            : null;

    private static KeyLifetime LifetimeOf(Turn turn, KeyLocation location) => location.Deadline == Expiry.NoDeadline
        ? KeyLifetime.Endless
        : KeyLifetime.Until(turn.Clock.ToWall(location.Deadline), new TimeSpan(location.Deadline - turn.Now));

    private static KeyInfo? Info(Turn turn, EncodedKey key) => turn.TryFind(key, out var location)
        ? new KeyInfo(Turn.TypeOf(location), LifetimeOf(turn, location), Turn.MemoryOf(location))
        : null;
}
