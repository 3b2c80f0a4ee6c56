namespace KvEmbedded.Engine;

/// <summary>
/// Taking back what a transaction did. Two kinds of step, undone in reverse order: what stood in a key's slot before, and
/// the effects that a structure reported. While this is recorded the table never overwrites an object in place, so that
/// the one that stood in the slot is still what it was.
/// </summary>
internal sealed partial class Turn
{
    /// <summary>Room for so many steps is kept from one transaction to the next.</summary>
    private const int UndoRoomKept = 1024;

    private readonly ReadGate gate;
    private readonly List<UndoStep> undo = [];
    private long expiredBefore;

    /// <summary>True inside a transaction.</summary>
    public bool IsRecording { get; private set; }

    /// <summary>Keeps lock-free readers out until the turn ends: for a command that publishes more than one record.</summary>
    public void CloseToReaders()
    {
        gate.Close();
        hasWork = true;
    }

    public void BeginTransaction()
    {
        CloseToReaders();
        IsRecording = true;
        expiredBefore = expired;
    }

    /// <summary>Keeps what the transaction did, and publishes it.</summary>
    public void Commit()
    {
        IsRecording = false;
        ForgetUndo();
        End();
    }

    /// <summary>Takes back what the transaction did: content, times to live and accounting are what they were.</summary>
    /// <remarks>
    /// Step by step, newest first: then at each step table, wheel and accounts are those of the moment just after it, also
    /// behind a flush, which has put all three aside.
    /// </remarks>
    public void RollBack()
    {
        IsRecording = false;
        foreach (var entry in touched) entry.Value.Effects = null;
        touched.Clear();
        changes.Clear();
        for (var i = undo.Count - 1; i >= 0; i--) Undo(undo[i]);
        ForgetUndo();
        expired = expiredBefore;
        End();
    }

    private void ForgetUndo()
    {
        undo.Clear();
        if (undo.Capacity > UndoRoomKept) undo.TrimExcess();
    }

    private void Undo(UndoStep step)
    {
        if (step.Cleared is { } cleared)
        {
            table.RestoreAll(cleared.Keys);
            timers.RestoreKeys(cleared.Timers);
            valueBytes = cleared.ValueBytes;
            return;
        }

        var isThere = table.TryFind(step.Key.Bytes, step.Key.Hash, out var location);
        if (step.Effect is { } effect)
        {
            effect.Undo(step.Value!);
            if (ReferenceEquals(location.Entry?.Value, step.Value)) Settle(location.Entry!);
            return;
        }

        if (isThere) Forget(location);
        table.Restore(step.Key.Bytes, step.Key.Hash, step.Owner);
        if (step.Owner is not null) Readmit(step.Key);
    }

    /// <summary>A key is back in its slot: it is accounted, and has a timer of its own.</summary>
    private void Readmit(EncodedKey key)
    {
        table.TryFind(key.Bytes, key.Hash, out var location);
        if (location.Entry is { } entry)
        {
            entry.AccountedBytes = 0;
            Settle(entry);
        }

        if (location.Deadline != Expiry.NoDeadline)
            table.SetExpiry(location, new Expiry(location.Deadline, timers.ArmKey(location.Owner!, location.Deadline)));
    }

    /// <summary>To be called before a key's slot changes in any way.</summary>
    private void Remember(EncodedKey key)
    {
        if (!IsRecording) return;
        table.TryFind(key.Bytes, key.Hash, out var location);
        undo.Add(new UndoStep(key, location.Owner, null, null, null));
    }

    private void RememberEffect(KeyEntry entry, Effect effect) =>
        undo.Add(new UndoStep(new EncodedKey(entry.Key, entry.Hash), null, entry.Value, effect, null));

    private readonly record struct UndoStep(
        EncodedKey Key, object? Owner, IDataValue? Value, Effect? Effect, ClearedKeys? Cleared);

    /// <summary>All that stood in the table before it was cleared.</summary>
    private sealed record ClearedKeys(KeyTable.Contents Keys, object Timers, long ValueBytes);

    /// <summary>Tells the turn whose effect it was.</summary>
    private sealed class EffectRecorder(Turn turn, KeyEntry entry) : IEffectSink
    {
        public void Report(Effect effect)
        {
            if (turn.IsRecording) turn.RememberEffect(entry, effect);
        }
    }
}
