using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

/// <summary>A field was set: its value, and its deadline or none.</summary>
internal sealed class HashFieldPut(byte[] field, byte[] value, long deadline, byte[]? previousValue, long previousDeadline) : Effect
{
    public ReadOnlyMemory<byte> Field => field;

    public ReadOnlyMemory<byte> Value => value;

    public long Deadline => deadline;

    /// <summary>Its value before; null if it is new.</summary>
    public ReadOnlyMemory<byte>? PreviousValue => previousValue;

    public override void Undo(IDataValue value)
    {
        var fields = (HashFields)value;
        if (previousValue is null) fields.Remove(field);
        else fields.Put(field, previousValue, previousDeadline);
    }
}

/// <summary>A field got another deadline, or lost it.</summary>
internal sealed class HashFieldDeadlineSet(byte[] field, long deadline, long previous) : Effect
{
    public ReadOnlyMemory<byte> Field => field;

    public long Deadline => deadline;

    public override void Undo(IDataValue value) => ((HashFields)value).SetDeadline(field, previous);
}

/// <summary>A field was removed.</summary>
internal sealed class HashFieldRemoved(byte[] field, byte[] value, long deadline) : Effect
{
    private readonly byte[] removed = value;

    public ReadOnlyMemory<byte> Field => field;

    public override void Undo(IDataValue value) => ((HashFields)value).Put(field, removed, deadline);
}
