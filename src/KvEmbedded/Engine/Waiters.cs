using System.Runtime.InteropServices;
using KvEmbedded.Diagnostics;

namespace KvEmbedded.Engine;

/// <summary>A caller parked until a commit touches one of its keys. The loop alone calls it.</summary>
internal interface IWaiter
{
    /// <summary>Its places, one per key, while it is parked; empty otherwise.</summary>
    WaiterPlace[] Places { get; set; }

    /// <summary>True if it is to be tried also when a key of its has gone.</summary>
    bool UntilKeyGoes => false;

    /// <summary>Tries its command once more; true if it was served, or failed: then it has left its places and ended.</summary>
    bool TryServe(Turn turn);

    /// <summary>Its waiting time is over.</summary>
    void TimeOut();

    /// <summary>Ends it with an error.</summary>
    void Fail(Exception reason);
}

/// <summary>One waiter's place in the queue of one key.</summary>
internal sealed class WaiterPlace(IWaiter waiter, EncodedKey key)
{
    public readonly IWaiter Waiter = waiter;
    public readonly EncodedKey Key = key;
    public WaiterPlace? Before, After;
}

/// <summary>
/// The parked callers, in order of arrival under each of their keys. Invariant: a waiter is in the queue of each of its
/// keys or of none; a key has a queue only while somebody is in it.
/// </summary>
internal sealed class Waiters(int limit, LoopMonitor? monitor = null)
{
    /// <summary>Room for so many keys is kept in any case; more is given back when few are left.</summary>
    private const int RoomKept = 1024;

    private readonly Dictionary<EncodedKey, Queue> queues = [];
    private readonly Queue<EncodedKey> ready = new();

    // How many wait on something that a key holds.
    private int untilKeyGoes;

    /// <summary>Parked callers.</summary>
    public int Count { get; private set; }

    /// <exception cref="KeyspaceOverloadedException">As many are parked as may be.</exception>
    public void Park(IWaiter waiter, EncodedKey[] keys)
    {
        if (Count >= limit)
        {
            monitor?.WaitersAreFull();
            throw KeyspaceOverloadedException.Waiters(limit);
        }

        var places = new WaiterPlace[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            places[i] = new WaiterPlace(waiter, keys[i]);
            ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(queues, keys[i], out _);
            queue.Append(places[i]);
        }

        waiter.Places = places;
        Count++;
        if (waiter.UntilKeyGoes) untilKeyGoes++;
    }

    /// <summary>Takes a waiter out of all its queues. False if it was not parked.</summary>
    public bool Leave(IWaiter waiter)
    {
        if (waiter.Places.Length == 0) return false;
        foreach (var place in waiter.Places)
        {
            ref var queue = ref CollectionsMarshal.GetValueRefOrNullRef(queues, place.Key);
            queue.Remove(place);
            if (queue.First is null) queues.Remove(place.Key);
        }

        waiter.Places = [];
        Count--;
        if (waiter.UntilKeyGoes) untilKeyGoes--;
        if (queues.Capacity > RoomKept && queues.Count < queues.Capacity / 8) queues.TrimExcess(queues.Count * 2);
        return true;
    }

    /// <summary>Notes that a commit has touched <paramref name="key"/>.</summary>
    public void Touched(EncodedKey key)
    {
        if (queues.ContainsKey(key)) ready.Enqueue(key);
    }

    /// <summary>Notes that all keys have gone.</summary>
    public void TouchedAll()
    {
        if (untilKeyGoes == 0) return;
        foreach (var key in queues.Keys) ready.Enqueue(key);
    }

    /// <summary>True if a key was touched for which somebody waits.</summary>
    public bool HasReady => ready.Count > 0;

    /// <summary>Lets the waiters of touched keys try again, oldest first, until nothing more can be served.</summary>
    /// <remarks>Serving may touch further keys, whose waiters then have their chance in the same turn.</remarks>
    public void ServeReady(Turn turn)
    {
        while (ready.TryDequeue(out var key))
        {
            if (!queues.TryGetValue(key, out var queue)) continue;
            for (var place = queue.First; place is not null;)
            {
                var exists = turn.Exists(key);
                if (!exists && untilKeyGoes == 0) break;

                // Read before the waiter is served: serving takes its places out, and it has more than one here
                // if it named the key more than once.
                var after = place.After;
                while (after?.Waiter == place.Waiter) after = after.After;
                if (exists || place.Waiter.UntilKeyGoes) place.Waiter.TryServe(turn);
                place = after;
            }
        }
    }

    /// <summary>Ends every waiter, each with an exception of its own: one that many callers throw would mix their traces.</summary>
    public void FailAll(Func<Exception> reason)
    {
        foreach (var queue in queues.Values.ToArray())
        {
            for (var place = queue.First; place is not null;)
            {
                var after = place.After;
                if (Leave(place.Waiter)) place.Waiter.Fail(reason());
                place = after;
            }
        }
    }

    private struct Queue
    {
        public WaiterPlace? First;
        private WaiterPlace? last;

        public void Append(WaiterPlace place)
        {
            place.Before = last;
            if (last is null) First = place;
            else last.After = place;
            last = place;
        }

        public void Remove(WaiterPlace place)
        {
            if (place.Before is null) First = place.After;
            else place.Before.After = place.After;
            if (place.After is null) last = place.Before;
            else place.After.Before = place.Before;
        }
    }
}
