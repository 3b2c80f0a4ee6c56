using KvEmbedded.Engine;

namespace KvEmbedded.Tests.Engine;

/// <summary>What a pop has taken, and where.</summary>
internal readonly record struct Taken(string Key, byte Item);

/// <summary>Commands on baskets, written as a data type's own are: straight on the door.</summary>
internal static class BasketCommands
{
    private static readonly BlockingCommand<int, Taken?> PopCommand = TryPop;

    private static readonly BlockingCommand<EncodedKey, byte?> MoveCommand = TryMove;

    /// <summary>Puts items in at the end; answers how many there are now.</summary>
    public static ValueTask<int> PushAsync(this Door door, KvKey key, params byte[] items) =>
        door.RunAsync(door.Encode(key), items, static (turn, key, items) => Push(turn, key, items), CancellationToken.None);

    public static ValueTask<int> PushAsync(this Door door, KvKey key, byte item, CancellationToken cancellationToken) =>
        door.RunAsync(
            door.Encode(key), new[] { item }, static (turn, key, items) => Push(turn, key, items), cancellationToken);

    public static ValueTask<byte[]> ItemsAsync(this Door door, KvKey key) =>
        door.RunAsync(
            door.Encode(key), 0, static (turn, key, _) => turn.Find<Basket>(key)?.ToArray() ?? [], CancellationToken.None);

    /// <summary>Takes the first item of the first key that has one, or waits for it.</summary>
    public static ValueTask<Taken?> PopAsync(
        this Door door, KvKey[] keys, TimeSpan waitingTime, CancellationToken cancellationToken = default) =>
        door.RunBlockingAsync(door.Encode(keys), 0, PopCommand, null, waitingTime, cancellationToken);

    public static ValueTask<Taken?> PopAsync(
        this Door door, KvKey key, TimeSpan waitingTime, CancellationToken cancellationToken = default) =>
        door.PopAsync([key], waitingTime, cancellationToken);

    /// <summary>Takes what is there; never waits.</summary>
    public static ValueTask<Taken?> PopAsync(this Door door, KvKey key) => door.PopAsync([key], TimeSpan.Zero);

    /// <summary>Takes the first item of one basket and puts it into another, or waits for it.</summary>
    public static ValueTask<byte?> MoveAsync(
        this Door door, KvKey from, KvKey to, TimeSpan waitingTime, CancellationToken cancellationToken = default) =>
        door.RunBlockingAsync([door.Encode(from)], door.Encode(to), MoveCommand, null, waitingTime, cancellationToken);

    public static ValueTask<bool> RemoveAsync(this Door door, KvKey key) =>
        door.RunAsync(door.Encode(key), 0, static (turn, key, _) => Remove(turn, key), CancellationToken.None);

    /// <summary>Gives a key a time to live, or takes it away (null).</summary>
    public static ValueTask<bool> ExpireAsync(this Door door, KvKey key, TimeSpan? timeToLive) =>
        door.RunAsync(
            door.Encode(key), timeToLive, static (turn, key, timeToLive) => Expire(turn, key, timeToLive), CancellationToken.None);

    /// <summary>Removes every key.</summary>
    public static ValueTask<bool> FlushAsync(this Door door) =>
        door.RunAsync(
            default, 0,
            static (turn, _, _) =>
            {
                turn.RemoveAll();
                return true;
            },
            CancellationToken.None);

    public static bool Expire(Turn turn, EncodedKey key, TimeSpan? timeToLive)
    {
        if (!turn.TryFind(key, out var location)) return false;
        turn.SetDeadline(key, location, timeToLive is { } time ? Clock.Add(turn.Now, time) : Expiry.NoDeadline);
        turn.Changed(key, KeyEventKind.ExpirationSet);
        return true;
    }

    private static int Push(Turn turn, EncodedKey key, byte[] items)
    {
        var basket = turn.FindOrCreate<Basket>(key);
        foreach (var item in items) basket.Push(item);
        if (items.Length > 0) turn.Changed(key, KeyEventKind.SortedSetAdded);
        return basket.Count;
    }

    private static bool Remove(Turn turn, EncodedKey key)
    {
        if (!turn.Remove(key)) return false;
        turn.Changed(key, KeyEventKind.Deleted);
        return true;
    }

    private static bool TryPop(Turn turn, EncodedKey[] keys, int args, out Taken? taken)
    {
        foreach (var key in keys)
        {
            if (turn.FindAwaitedToChange<Basket>(key) is not { } basket) continue;
            taken = new Taken(key.ToString(), basket.Pop());
            turn.Changed(key, KeyEventKind.SortedSetPoppedLowest);
            return true;
        }

        taken = null;
        return false;
    }

    private static bool TryMove(Turn turn, EncodedKey[] keys, EncodedKey to, out byte? moved)
    {
        moved = null;
        if (turn.FindAwaitedToChange<Basket>(keys[0]) is null) return false;
        turn.Find<Basket>(to); // throws if something else is there

        turn.CloseToReaders();
        var from = turn.FindToChange<Basket>(keys[0])!;
        moved = from.Pop();
        turn.FindOrCreate<Basket>(to).Push(moved.Value);
        turn.Changed(keys[0], KeyEventKind.SortedSetRemoved);
        turn.Changed(to, KeyEventKind.SortedSetAdded);
        return true;
    }
}
