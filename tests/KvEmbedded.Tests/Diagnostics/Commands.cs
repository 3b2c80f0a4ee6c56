using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Diagnostics;

/// <summary>Commands that do what a test tells them, through the doors that real ones use.</summary>
internal static class Commands
{
    private static readonly KvKey Nowhere = "nobody writes here";

    public static ValueTask<bool> Measured(this Keyspace keyspace, string name, KvKey key, Action body)
    {
        var door = DoorOf(keyspace);
        return door.RunMeasuredAsync(
            door.Encode(key), body,
            static (_, _, body) =>
            {
                body();
                return true;
            },
            CancellationToken.None, name);
    }

    public static ValueTask<bool> Light(this Keyspace keyspace, KvKey key, Action<Turn, EncodedKey> body)
    {
        var door = DoorOf(keyspace);
        return door.RunAsync(
            door.Encode(key), body,
            static (turn, key, body) =>
            {
                body(turn, key);
                return true;
            },
            CancellationToken.None);
    }

    /// <summary>Parks a caller for as long as the keyspace lives.</summary>
    public static ValueTask<bool> Parked(this Keyspace keyspace)
    {
        var door = DoorOf(keyspace);
        return door.RunBlockingAsync(
            door.Encode([Nowhere]), 0,
            static (Turn _, EncodedKey[] _, int _, out bool result) => result = false,
            absent: false, Timeout.InfiniteTimeSpan, CancellationToken.None);
    }

    private static Door DoorOf(Keyspace keyspace) => new(keyspace.Store.Dispatcher, keyspace.Store, [], transaction: null, isSynchronous: false);
}
