using System.Diagnostics;
using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Bitmaps;

internal sealed partial class BitmapHandle
{
    public ValueTask<long> GetFieldAsync(BitField field, CancellationToken cancellationToken) =>
        door.RunAsync(key, field, static (turn, key, field) => GetField(turn, key, field), cancellationToken);

    public ValueTask<long[]> GetFieldsAsync(IReadOnlyCollection<BitField> fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return door.RunAsync(
            key, fields.ToArray(), static (turn, key, fields) => Array.ConvertAll(fields, field => GetField(turn, key, field)),
            cancellationToken);
    }

    public ValueTask<long?> SetFieldAsync(BitField field, long number, BitOverflow overflow, CancellationToken cancellationToken) =>
        RunFieldAsync(BitFieldOperation.Set(field, number, overflow), cancellationToken);

    public ValueTask<long?> IncrementFieldAsync(BitField field, long by, BitOverflow overflow, CancellationToken cancellationToken) =>
        RunFieldAsync(BitFieldOperation.Increment(field, by, overflow), cancellationToken);

    public ValueTask<long?[]> RunFieldsAsync(IReadOnlyCollection<BitFieldOperation> operations, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operations);
        return door.RunAsync(
            key, operations.ToArray(),
            static (turn, key, operations) =>
            {
                var answers = new long?[operations.Length];
                RunFields(turn, key, operations, answers);
                return answers;
            },
            cancellationToken);
    }

    private ValueTask<long?> RunFieldAsync(BitFieldOperation operation, CancellationToken cancellationToken) =>
        door.RunAsync(
            key, operation,
            static (turn, key, operation) =>
            {
                long? answer = null;
                RunFields(turn, key, new ReadOnlySpan<BitFieldOperation>(in operation), new Span<long?>(ref answer));
                return answer;
            },
            cancellationToken);

    /// <summary>Runs operations on fields (BITFIELD).</summary>
    private static void RunFields(Turn turn, EncodedKey key, ReadOnlySpan<BitFieldOperation> operations, Span<long?> answers)
    {
        var (lastBit, writes) = (-1L, 0);
        foreach (var operation in operations)
        {
            if (operation.Kind == BitFieldOperationKind.Get) continue;
            lastBit = Math.Max(lastBit, operation.Field.LastBit);
            writes++;
        }

        turn.TryFind(key, out var location);
        var length = StringReads.LengthAt(key, location);
        var lengthNeeded = (lastBit + 8) >> 3;
        var grows = lengthNeeded > length;
        if (grows) Require.ValueLength(turn, key, lengthNeeded);

        // Asked once for all that comes: none of several writes may be refused when others have been made.
        if (grows || writes > 1) turn.RequireMemory(key, Math.Max(0, lengthNeeded - length));
        if (writes > 1 || (grows && writes > 0)) turn.CloseToReaders();
        if (grows) StringWrites.Overwrite(turn, key, location, (int)lengthNeeded - 1, [0]);

        var changed = grows;
        for (var i = 0; i < operations.Length; i++) answers[i] = RunField(turn, key, operations[i], ref changed);
        if (changed) turn.Changed(key, KeyEventKind.BitSet);
    }

    /// <summary>Runs one operation on a field that lies inside of the string if it is to be written.</summary>
    private static long? RunField(Turn turn, EncodedKey key, BitFieldOperation operation, ref bool changed)
    {
        var field = operation.Field;
        turn.TryFind(key, out var location);
        Span<byte> room = stackalloc byte[BitFieldBits.RoomBytes];
        var old = ReadField(key, location, field, room);
        if (operation.Kind == BitFieldOperationKind.Get) return old;

        var isSet = operation.Kind == BitFieldOperationKind.Set;
        var number = isSet ? BitFieldBits.Meant(operation.Number, field.Type) : (Int128)old + operation.Number;
        if (!BitFieldBits.TryFit(number, field.Type, operation.Overflow, out var fitted)) return null;
        if (fitted != old)
        {
            BitFieldBits.Set(room, field, fitted);
            var (start, count) = BitFieldBits.BytesOf(field);
            StringWrites.Overwrite(turn, key, location, start, room[..count]);
            changed = true;
        }

        return isSet ? old : fitted;
    }

    /// <summary>Reads a field (BITFIELD_RO).</summary>
    private static long GetField(Turn turn, EncodedKey key, BitField field)
    {
        turn.TryFind(key, out var location);
        return ReadField(key, location, field, stackalloc byte[BitFieldBits.RoomBytes]);
    }

    /// <summary>Reads a field, with the bytes that it touches.</summary>
    private static long ReadField(EncodedKey key, KeyLocation location, BitField field, Span<byte> room)
    {
        var (start, count) = BitFieldBits.BytesOf(field);
        Debug.Assert(count <= BitFieldBits.BytesMax, "A field of 64 bits touches at most 9 bytes.");
        room[count..].Clear();
        BitmapBytes.Read(key, location, start, room[..count]);
        return BitFieldBits.Get(room, field);
    }
}
