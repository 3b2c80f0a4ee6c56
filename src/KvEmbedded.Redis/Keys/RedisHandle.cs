using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Keys;

/// <summary>What the handle of every data type on a server is: a key, the door it is reached through, and the commands on any key.</summary>
internal abstract class RedisHandle(ServerDoor door, RedisKey key) : IKeyHandle
{
    /// <summary>The way to the server.</summary>
    protected readonly ServerDoor door = door;

    /// <summary>The key with the view's prefix.</summary>
    protected readonly RedisKey key = key;

    public KvKey Key => ServerDoor.Whole(key);

    public ValueTask<bool> ExistsAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(new Command("EXISTS") { key }, Reply.Flag, cancellationToken);

    public ValueTask<bool> DeleteAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(new Command("DEL") { key }, Reply.Flag, cancellationToken);

    public ValueTask<bool> ExpireAsync(TimeSpan timeToLive, CancellationToken cancellationToken = default) =>
        door.RunAsync(new Command("PEXPIRE") { key, ServerTime.Milliseconds(timeToLive) }, Reply.Flag, cancellationToken);

    public ValueTask<TimeSpan?> GetTimeToLiveAsync(CancellationToken cancellationToken = default) =>
        door.RunAsync(new Command("PTTL") { key }, static answer => ServerTime.Left((long)answer), cancellationToken);
}
