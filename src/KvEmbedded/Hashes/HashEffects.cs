using KvEmbedded.Engine;

namespace KvEmbedded.Hashes;

/// <summary>A field was set: its value, and its deadline or none.</summary>
internal sealed class HashFieldPut(byte[] name, byte[] value, long deadline, byte[]? previousValue, long previousDeadline) : Effect
{
    public ReadOnlyMemory<byte> Field => name;

    public ReadOnlyMemory<byte> Value => value;

    public long Deadline => deadline;

    /// <summary>Its value before; null if it is new.</summary>
    public ReadOnlyMemory<byte>? PreviousValue => previousValue is null ? null : (ReadOnlyMemory<byte>?)previousValue;

    public override void Undo(IDataValue value)
    {
        var fields = (HashFields)value;
        if (previousValue is null) fields.Remove(name);
        else fields.Put(name, previousValue, previousDeadline);
    }
}

/// <summary>A field got another deadline, or lost it.</summary>
internal sealed class HashFieldDeadlineSet(byte[] name, long deadline, long previous) : Effect
{
    public ReadOnlyMemory<byte> Field => name;

    public long Deadline => deadline;

    public override void Undo(IDataValue value) => ((HashFields)value).SetDeadline(name, previous);
}

/// <summary>A field was removed.</summary>
internal sealed class HashFieldRemoved(byte[] name, byte[] value, long deadline) : Effect
{
    private readonly byte[] removed = value;

    public ReadOnlyMemory<byte> Field => name;

    public override void Undo(IDataValue value) => ((HashFields)value).Put(name, removed, deadline);
}
