using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>Finding, making and removing keys.</summary>
internal sealed partial class Turn
{
    // Entries whose values this step may have changed.
    private readonly List<KeyEntry> touched = [];
    private long valueBytes;
    private bool hasMemoryGrant;

    /// <summary>Bytes held by keys and values, O(1).</summary>
    public long MemoryBytes => table.MemoryBytes + valueBytes;

    /// <summary>Finds a key that has not expired. One that has is removed on the way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ReadOnlySpan<byte> key, uint hash, out KeyLocation location) =>
        table.TryFind(key, hash, out location) && (location.Deadline == Expiry.NoDeadline || !RemoveIfExpired(ref location));

    /// <inheritdoc cref="TryFind(ReadOnlySpan{byte}, uint, out KeyLocation)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(EncodedKey key, out KeyLocation location) => TryFind(key.Bytes, key.Hash, out location);

    public bool Exists(EncodedKey key) => TryFind(key, out _);

    /// <summary>The value at a key, for reading; null if there is no such key.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    public TValue? Find<TValue>(EncodedKey key) where TValue : class, IDataValue, new() =>
        TryFind(key, out var location) ? Require<TValue>(key, location) : null;

    /// <summary>As <see cref="Find{TValue}"/>, for changing.</summary>
    public TValue? FindToChange<TValue>(EncodedKey key) where TValue : class, IDataValue, new()
    {
        if (!TryFind(key, out var location)) return null;
        var value = Require<TValue>(key, location);
        Touch(location.Entry!);
        return value;
    }

    /// <summary>
    /// As <see cref="Find{TValue}"/>, at a key that callers wait at: to one that has been parked, another data type that has
    /// come to stand there is nothing yet, as in Redis.
    /// </summary>
    public TValue? FindAwaited<TValue>(EncodedKey key) where TValue : class, IDataValue, new() =>
        HoldsAnotherNow<TValue>(key) ? null : Find<TValue>(key);

    /// <summary>As <see cref="FindAwaited{TValue}"/>, for changing.</summary>
    public TValue? FindAwaitedToChange<TValue>(EncodedKey key) where TValue : class, IDataValue, new() =>
        HoldsAnotherNow<TValue>(key) ? null : FindToChange<TValue>(key);

    /// <summary>The value at a key, for changing; an empty one is made where there is none, and goes if it stays empty.</summary>
    /// <exception cref="WrongTypeException">The key holds another data type.</exception>
    /// <exception cref="MemoryLimitException">The keyspace may not grow.</exception>
    public TValue FindOrCreate<TValue>(EncodedKey key) where TValue : class, IDataValue, new()
    {
        RequireMemory(key);
        if (FindToChange<TValue>(key) is { } present) return present;

        var value = new TValue();
        Put(key, value);
        return value;
    }

    /// <summary>Puts a whole value at a key, in place of whatever is there; the key does not expire.</summary>
    public void Put(EncodedKey key, IDataValue value) => Put(key, value, Expiry.NoDeadline);

    /// <summary>Puts a whole value at a key that expires at <paramref name="deadline"/>.</summary>
    public void Put(EncodedKey key, IDataValue value, long deadline)
    {
        RequireMemory(key);
        Remember(key);
        if (table.TryFind(key.Bytes, key.Hash, out var location)) Forget(location);
        var expiry = deadline == Expiry.NoDeadline ? Expiry.Never : new Expiry(deadline, timers.ArmKey(OwnerToCome, deadline));
        var entry = table.PutEntry(location, key.Bytes, value, expiry);
        if (expiry.Timer != Expiry.NoTimer) timers.SetKeyOwner(expiry.Timer, entry);
        Touch(entry);
    }

    /// <summary>Removes a key. False if there was none.</summary>
    public bool Remove(EncodedKey key)
    {
        if (!TryFind(key, out var location)) return false;
        Remove(key, location);
        return true;
    }

    /// <summary>Removes the key at a location.</summary>
    public void Remove(EncodedKey key, KeyLocation location)
    {
        Remember(key);
        Forget(location);
        table.Remove(location);
    }

    /// <summary>Removes every key, O(1) for the loop.</summary>
    public void RemoveAll()
    {
        CloseTouched();
        var (oldBytes, oldKeys, oldTimers) = (valueBytes, table.Clear(), timers.ClearKeys());
        valueBytes = 0;
        Waiters.TouchedAll();
        hasWork = true;
        if (IsRecording) undo.Add(new UndoStep(default, null, null, null, new ClearedKeys(oldKeys, oldTimers, oldBytes)));
    }

    /// <exception cref="MemoryLimitException">The memory limit is reached.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void RequireMemory(EncodedKey key)
    {
        if (options.MemoryLimitBytes is { } limit && !hasMemoryGrant) RequireMemory(key, limit, bytesToCome: 0);
    }

    /// <summary>
    /// For a command that writes several keys: asks once for all of them, so that it is not refused half way. What is
    /// granted holds for the rest of the command.
    /// </summary>
    /// <param name="key">The first key, for the error.</param>
    /// <param name="bytesToCome">By how much the keyspace will grow.</param>
    /// <exception cref="MemoryLimitException">There is no room for all of it.</exception>
    public void RequireMemory(EncodedKey key, long bytesToCome)
    {
        if (options.MemoryLimitBytes is not { } limit) return;
        RequireMemory(key, limit, bytesToCome);
        hasMemoryGrant = true;
        hasWork = true;
    }

    private void RequireMemory(EncodedKey key, long limit, long bytesToCome)
    {
        var used = MemoryBytes;
        if (used >= limit || used + bytesToCome > limit)
        {
            monitor.MemoryIsUsedUp(used);
            throw new MemoryLimitException(key.Bytes, used, limit, bytesToCome);
        }

        // Some way below, so that a keyspace which stays at its limit is reported once and not at every second write.
        if (used < limit - (limit / 16)) monitor.MemoryHasFallen();
    }

    private bool HoldsAnotherNow<TValue>(EncodedKey key) where TValue : class, IDataValue =>
        isServing && TryFind(key, out var location) && location.Entry?.Value is not TValue;

    private static TValue Require<TValue>(EncodedKey key, KeyLocation location) where TValue : class, IDataValue, new() =>
        location.Entry?.Value as TValue
        ?? throw new WrongTypeException(key.Bytes, TypeOf(location), TypeName<TValue>.Value);

    /// <summary>The data type at a location.</summary>
    public static KeyType TypeOf(KeyLocation location) => TypeOf(location.Owner!);

    /// <summary>The data type of what stands in a key's slot.</summary>
    public static KeyType TypeOf(object owner) => (owner as KeyEntry)?.Value.Type ?? KeyType.String;

    /// <summary>What goes with a key when it leaves: its timer, and its value's share of the memory.</summary>
    private void Forget(KeyLocation location, bool timerIsGone = false)
    {
        var timer = location.Timer;
        if (timer != Expiry.NoTimer && !timerIsGone) timers.CancelKey(timer);
        if (location.Entry is { } entry) ForgetValue(entry);
    }

    private void ForgetValue(KeyEntry entry)
    {
        valueBytes -= entry.AccountedBytes;
        entry.AccountedBytes = 0;
        entry.Value.Effects = null;
        if (entry.Value is IExpiringValue expiring) ForgetElementTimer(expiring);
    }

    private void Touch(KeyEntry entry)
    {
        hasWork = true;
        if (touched.Count > 0 && touched.Contains(entry)) return;
        touched.Add(entry);
        if (IsRecording) entry.Value.Effects = new EffectRecorder(this, entry);
    }

    /// <summary>
    /// The closing rules: an empty collection does not exist, what a value takes is accounted to its key, and the wheel knows
    /// when its next element ends.
    /// </summary>
    private void CloseTouched()
    {
        hasMemoryGrant = false;
        while (touched.Count > 0)
        {
            var entry = touched[^1];
            touched.RemoveAt(touched.Count - 1);
            CloseEntry(entry);
        }
    }

    private void CloseEntry(KeyEntry entry)
    {
        entry.Value.Effects = null;
        if (!table.TryFind(entry.Key, entry.Hash, out var location) || !ReferenceEquals(location.Entry?.Value, entry.Value)) return;

        if (entry.Value.IsEmpty)
        {
            var key = new EncodedKey(entry.Key, entry.Hash);
            Remove(key, location);
            Changed(key, KeyEventKind.Deleted);
        }
        else
        {
            Settle(location.Entry!);
        }
    }

    /// <summary>A value that stands at its key has changed: its memory is accounted, and the wheel knows its next deadline.</summary>
    private void Settle(KeyEntry entry)
    {
        Account(entry);
        if (entry.Value is IExpiringValue expiring) KeepElementTimer(entry, expiring);
    }

    private void Account(KeyEntry entry)
    {
        var bytes = entry.Value.MemoryBytes;
        valueBytes += bytes - entry.AccountedBytes;
        entry.AccountedBytes = bytes;
    }

    /// <summary>The type's public name, for an error about a key that holds another.</summary>
    private static class TypeName<TValue> where TValue : IDataValue, new()
    {
        public static readonly KeyType Value = new TValue().Type;
    }
}
