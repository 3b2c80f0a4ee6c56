namespace KvEmbedded.Engine;

/// <summary>
/// What one mutation did to one structure: enough to take it back (a failed transaction), and enough to do it again
/// (the journal). Two to five kinds per data type; a new command adds none.
/// </summary>
internal abstract class Effect
{
    /// <summary>Takes the effect back. Called in reverse order of reporting, with no sink attached.</summary>
    public abstract void Undo(IDataValue value);
}

/// <summary>Receives the effects of a structure's mutations, in order.</summary>
internal interface IEffectSink
{
    /// <summary>Called after the mutation has taken place. Must not touch the structure.</summary>
    void Report(Effect effect);
}
