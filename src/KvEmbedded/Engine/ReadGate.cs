namespace KvEmbedded.Engine;

/// <summary>
/// Keeps lock-free readers from seeing the middle of a turn that publishes more than one record (a transaction, a write of
/// several keys): a version that is odd while the gate is closed. A reader that meets a closed gate, or finds that the
/// version has moved while it read, asks through the loop instead.
/// </summary>
internal sealed class ReadGate
{
    private int version;

    /// <summary>The version to read under; odd if the gate is closed.</summary>
    public int Enter() => Volatile.Read(ref version);

    public static bool IsClosed(int entered) => (entered & 1) != 0;

    /// <summary>True if nothing that was read since <see cref="Enter"/> can be the middle of something.</summary>
    public bool IsStill(int entered)
    {
        Volatile.ReadBarrier();
        return Volatile.Read(ref version) == entered;
    }

    /// <summary>The loop's side: readers stay out until <see cref="Open"/>. Closing a closed gate does nothing.</summary>
    public void Close()
    {
        if ((version & 1) != 0) return;
        Volatile.Write(ref version, version + 1);
        Interlocked.MemoryBarrier();
    }

    /// <summary>Opens a closed gate; what was written before is visible to who enters after.</summary>
    public void Open()
    {
        if ((version & 1) != 0) Volatile.Write(ref version, version + 1);
    }
}
