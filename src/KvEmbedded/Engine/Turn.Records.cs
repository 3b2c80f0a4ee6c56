using System.Runtime.CompilerServices;

namespace KvEmbedded.Engine;

/// <summary>Writing short strings, which are records in the table itself.</summary>
internal sealed partial class Turn
{
    /// <summary>The longest text that is kept as a record; a longer one is a value of its own.</summary>
    public const int RecordLengthMax = KeyTable.ShortStringMax;

    /// <summary>Said in place of a deadline: the key keeps the one it has, if any.</summary>
    public const long KeepDeadline = long.MinValue;

    // A timer is armed before the record it belongs to exists.
    private static readonly object OwnerToCome = new();

    /// <summary>Puts a short string at a key, whatever is there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="location">What <see cref="TryFind(ReadOnlySpan{byte}, uint, out KeyLocation)"/> said of the key.</param>
    /// <param name="value">At most <see cref="RecordLengthMax"/> bytes.</param>
    /// <param name="deadline">A moment to come, <see cref="Expiry.NoDeadline"/>, or <see cref="KeepDeadline"/>.</param>
    /// <exception cref="MemoryLimitException">The keyspace may not grow.</exception>
    public void PutRecord(ReadOnlySpan<byte> key, uint hash, KeyLocation location, ReadOnlySpan<byte> value, long deadline)
    {
        var expiry = BeforePut(key, hash, location, deadline);
        AfterPut(location, expiry, table.PutString(location, key, value, expiry, IsRecording));
    }

    /// <summary>As the other, for an integer.</summary>
    public void PutRecord(ReadOnlySpan<byte> key, uint hash, KeyLocation location, long value, long deadline)
    {
        var expiry = BeforePut(key, hash, location, deadline);
        AfterPut(location, expiry, table.PutInteger(location, key, value, expiry, IsRecording));
    }

    /// <summary>
    /// Adds to an integer that does not expire, where it stands: what counters do most of the time. False, with nothing
    /// changed, if it is not so simple: another kind of value, an overflow, a transaction, or somebody who listens.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAddInPlace(EncodedKey key, long by, out long sum)
    {
        sum = 0;
        return !IsRecording && !IsListenedTo && table.TryAddInPlace(key.Bytes, key.Hash, by, out sum);
    }

    /// <summary>As <see cref="TryAddInPlace"/>, for the whole text of a string that does not expire and shall not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TrySetInPlace(ReadOnlySpan<byte> key, uint hash, ReadOnlySpan<byte> value) =>
        !IsRecording && !IsListenedTo && options.MemoryLimitBytes is null && table.TrySetInPlace(key, hash, value);

    /// <summary>
    /// Overwrites a part of a short string where it stands. False, with nothing changed, if it is not so simple: another kind
    /// of value, a part that reaches outside, a transaction. Memory was asked for, and the report is the caller's.
    /// </summary>
    public bool TryWriteInPlace(KeyLocation location, int offset, ReadOnlySpan<byte> part) =>
        !IsRecording && KeyTable.TryWriteInPlace(location, offset, part);

    /// <summary>Says which deadline and timer the new record has; what belonged to the old value alone goes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Expiry BeforePut(ReadOnlySpan<byte> key, uint hash, KeyLocation location, long deadline)
    {
        if (options.MemoryLimitBytes is not null) RequireMemory(new EncodedKey(key.ToArray(), hash));
        if (IsRecording) Remember(new EncodedKey(key.ToArray(), hash));
        if (deadline is Expiry.NoDeadline or KeepDeadline && !location.Exists) return Expiry.Never;
        return location.Exists ? ExpiryAfter(location, deadline) : new Expiry(deadline, timers.ArmKey(OwnerToCome, deadline));
    }

    private Expiry ExpiryAfter(KeyLocation location, long deadline)
    {
        if (location.Entry is { } entry) ForgetValue(entry);
        var old = location.Expiry;
        if (deadline == KeepDeadline) return old;
        if (deadline == Expiry.NoDeadline)
        {
            if (old.Timer != Expiry.NoTimer) timers.CancelKey(old.Timer);
            return Expiry.Never;
        }

        return new Expiry(deadline, old.Timer == Expiry.NoTimer
            ? timers.ArmKey(location.Owner!, deadline)
            : timers.RearmKey(old.Timer, location.Owner!, deadline));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void AfterPut(KeyLocation location, Expiry expiry, object owner)
    {
        if (expiry.Timer != Expiry.NoTimer && !ReferenceEquals(owner, location.Owner)) timers.SetKeyOwner(expiry.Timer, owner);
    }
}
