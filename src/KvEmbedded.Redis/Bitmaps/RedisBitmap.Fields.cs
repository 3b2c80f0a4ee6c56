using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Bitmaps;

internal sealed partial class RedisBitmap
{
    public ValueTask<long> GetFieldAsync(BitField field, CancellationToken cancellationToken) =>
        door.RunAsync(ReadOf([field]), static answer => Reply.Integer(answer[0]), cancellationToken);

    public ValueTask<long[]> GetFieldsAsync(IReadOnlyCollection<BitField> fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return door.RunAsync(ReadOf(fields), static answer => Reply.Each(answer, Reply.Integer), cancellationToken);
    }

    public ValueTask<long?> SetFieldAsync(BitField field, long number, BitOverflow overflow, CancellationToken cancellationToken) =>
        RunFieldAsync(BitFieldOperation.Set(field, number, overflow), cancellationToken);

    public ValueTask<long?> IncrementFieldAsync(BitField field, long by, BitOverflow overflow, CancellationToken cancellationToken) =>
        RunFieldAsync(BitFieldOperation.Increment(field, by, overflow), cancellationToken);

    public ValueTask<long?[]> RunFieldsAsync(IReadOnlyCollection<BitFieldOperation> operations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operations);
        return door.RunAsync(WriteOf(operations), static answer => Reply.Each(answer, Reply.IntegerOrNull), cancellationToken);
    }

    private ValueTask<long?> RunFieldAsync(BitFieldOperation operation, CancellationToken cancellationToken) =>
        door.RunAsync(WriteOf([operation]), static answer => Reply.IntegerOrNull(answer[0]), cancellationToken);

    private Command ReadOf(IReadOnlyCollection<BitField> fields)
    {
        var command = Of("BITFIELD_RO");
        foreach (var field in fields) AddWords(command, "GET", field);
        return command;
    }

    private Command WriteOf(IReadOnlyCollection<BitFieldOperation> operations)
    {
        var command = Of("BITFIELD");
        foreach (var operation in operations)
        {
            if (operation.Kind != BitFieldOperationKind.Get)
            {
                command.Add("OVERFLOW");
                command.Add(operation.Overflow switch { BitOverflow.Saturate => "SAT", BitOverflow.Fail => "FAIL", _ => "WRAP" });
            }

            AddWords(command, WordOf(operation.Kind), operation.Field);
            if (operation.Kind != BitFieldOperationKind.Get) command.Add(operation.Number);
        }

        return command;
    }

    private static void AddWords(Command command, string operation, BitField field)
    {
        command.Add(operation);
        command.Add(field.Type.ToString());
        command.Add(field.Offset);
    }

    private static string WordOf(BitFieldOperationKind kind) => kind switch
    {
        BitFieldOperationKind.Get => "GET",
        BitFieldOperationKind.Set => "SET",
        _ => "INCRBY",
    };
}
