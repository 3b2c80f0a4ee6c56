namespace KvEmbedded.Engine;

/// <summary>
/// Elements that end before their key does: the value keeps their moments, and the turn has at most one timer for each
/// value, armed for the earliest when it closes the value and gone when the value leaves its key.
/// </summary>
internal sealed partial class Turn
{
    // How many elements the timers may still remove in this turn, and whether some had to be left.
    private int elementsToRemove;
    private bool isElementLeft;

    /// <summary>Removes elements whose time has come from the value at a key, a bounded number at once.</summary>
    /// <returns>True if more are due: go on in another turn.</returns>
    public bool RemoveDueElements(EncodedKey key)
    {
        if (!TryFind(key, out var location) || location.Entry is not { Value: IExpiringValue value } entry || !IsDue(value)) return false;
        Touch(entry);
        RemoveDueElements(entry, value, options.ExpiredKeysPerTurnMax);
        return IsDue(value);
    }

    /// <summary>The wheel's word that the timer of a value has come due. The next one is armed at once.</summary>
    /// <remarks>Closed here and not at the turn's end: of values that are touched the turn keeps a short list.</remarks>
    private void OnElementsDue(KeyEntry entry, IExpiringValue value)
    {
        hasWork = true;
        if (IsRecording) value.Effects = new EffectRecorder(this, entry);
        if (IsDue(value) && elementsToRemove > 0) elementsToRemove -= RemoveDueElements(entry, value, elementsToRemove);
        isElementLeft |= IsDue(value);
        CloseEntry(entry);
    }

    private bool IsDue(IExpiringValue value) => value.NextDeadline is not Expiry.NoDeadline and var next && next <= Now;

    private int RemoveDueElements(KeyEntry entry, IExpiringValue value, int limit)
    {
        var removed = value.RemoveDue(Now, limit);
        Changed(new EncodedKey(entry.Key, entry.Hash), value.ElementExpired);
        return removed;
    }

    /// <summary>Arms, moves or cancels the timer of a value that is at its key.</summary>
    private void KeepElementTimer(KeyEntry entry, IExpiringValue value)
    {
        var next = value.NextDeadline;
        if (next == Expiry.NoDeadline) ForgetElementTimer(value);
        else value.Timer = value.Timer == Expiry.NoTimer ? timers.ArmKey(entry, next) : timers.RearmKey(value.Timer, entry, next);
    }

    private void ForgetElementTimer(IExpiringValue value)
    {
        if (value.Timer == Expiry.NoTimer) return;
        timers.CancelKey(value.Timer);
        value.Timer = Expiry.NoTimer;
    }
}
