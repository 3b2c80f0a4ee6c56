namespace KvEmbedded.Engine;

/// <summary>A key whose value is not a short string: the owner object in its slot.</summary>
/// <remarks>
/// <see cref="Key"/> and <see cref="Hash"/> never change, so a lock-free reader may compare them; everything else belongs
/// to the loop, except that <see cref="Deadline"/> is one atomic word that a reader may look at.
/// </remarks>
internal sealed class KeyEntry(byte[] key, uint hash, IDataValue value)
{
    /// <summary>Object header, four references or longs, two integers (64 bit).</summary>
    private const int ObjectBytes = 56;

    private long deadline = Expiry.NoDeadline;

    /// <summary>The key's bytes. Shared by every entry made for this key; never written.</summary>
    public byte[] Key { get; } = key;

    /// <summary>The hash under which the table keeps the key.</summary>
    public uint Hash { get; } = hash;

    public IDataValue Value { get; } = value;

    public long Deadline
    {
        get => Volatile.Read(ref deadline);
        set => Volatile.Write(ref deadline, value);
    }

    public int Timer { get; set; } = Expiry.NoTimer;

    /// <summary>What the turn has last accounted for <see cref="Value"/>; not part of the table's own figure.</summary>
    public long AccountedBytes { get; set; }

    public Expiry Expiry
    {
        get => new(Deadline, Timer);
        set => (Deadline, Timer) = (value.Deadline, value.Timer);
    }

    /// <summary>The entry and its key, without the value.</summary>
    public long MemoryBytes => ObjectBytes + ArrayBytes.Of(Key);

    /// <summary>A new object for the same key and the same value, so that this one stays as it is.</summary>
    public KeyEntry With(Expiry expiry) =>
        new(Key, Hash, Value) { Expiry = expiry, AccountedBytes = AccountedBytes };
}
