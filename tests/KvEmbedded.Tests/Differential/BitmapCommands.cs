namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IBitmap"/> and <see cref="IBitmaps"/>.</summary>
internal static class BitmapCommands
{
    // What Redis 8.2 does, said in commands of 7.0. A key of another type is met before anything is written.
    private const string NewerScript =
        """
        local operation, destination, keys = ARGV[1], KEYS[1], {unpack(KEYS, 2)}
        for _, key in ipairs(keys) do redis.call('STRLEN', key) end
        local bitop = function(...) return redis.call('BITOP', ...) end
        local answer
        if operation == 'ExactlyOne' then
            bitop('OR', '-seen', keys[1])
            for i = 2, #keys do
                bitop('AND', '-both', '-seen', keys[i])
                bitop('OR', '-again', '-again', '-both')
                bitop('OR', '-seen', '-seen', keys[i])
            end
            bitop('AND', '-both', '-seen', '-again')
            answer = bitop('XOR', destination, '-seen', '-both')
        else
            bitop('OR', '-others', unpack(keys, 2))
            bitop('AND', '-both', keys[1], '-others')
            if operation == 'Difference' then answer = bitop('XOR', destination, keys[1], '-both')
            elseif operation == 'OthersWithoutFirst' then answer = bitop('XOR', destination, '-others', '-both')
            else answer = bitop('OR', destination, '-both') end
        end
        redis.call('DEL', '-seen', '-both', '-again', '-others')
        return answer
        """;

    public static readonly Func<Draw, ScriptCommand>[] All =
    [
        Set, Set, Set, Get, Count, CountRange, CountRange, Find, FindRange, FindRange, GetField, GetFields, SetField, IncrementField, RunFields, RunFields,
        Combine, Combine, CombineNewer,
    ];

    private static ScriptCommand Set(Draw draw)
    {
        var (key, offset, bit) = (draw.Key(), Offset(draw), draw.Chance(70));
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).SetAsync(offset, bit), Answer.YesNo, "SETBIT", Draw.Word(key), offset, bit ? 1 : 0);
    }

    private static ScriptCommand Get(Draw draw)
    {
        var (key, offset) = (draw.Key(), draw.Chance(90) ? Offset(draw) : uint.MaxValue);
        return ScriptCommand.Of(keyspace => keyspace.Bitmap(key).GetAsync(offset), Answer.YesNo, "GETBIT", Draw.Word(key), offset);
    }

    private static ScriptCommand Count(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.Bitmap(key).CountAsync(), Answer.Plain, "BITCOUNT", Draw.Word(key));
    }

    private static ScriptCommand CountRange(Draw draw)
    {
        var (key, range, unit) = (draw.Key(), Range(draw), draw.Any<BitUnit>());
        var (start, end) = RangeWords.Of(range);
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).CountAsync(Of(range, unit)), Answer.Plain,
            ["BITCOUNT", Draw.Word(key), start, end, .. Words(unit, draw)]) with
        {
            Known = (KnownDifferences.BitRangeBeforeTheStart, (ours, theirs) => ours == "0" && range.End.IsFromEnd && theirs.Length == 1),
        };
    }

    private static ScriptCommand Find(Draw draw)
    {
        var (key, bit) = (draw.Key(), draw.Chance(50));
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).FindAsync(bit), Place, "BITPOS", Draw.Word(key), bit ? 1 : 0);
    }

    private static ScriptCommand FindRange(Draw draw)
    {
        var (key, bit, range, unit) = (draw.Key(), draw.Chance(50), Range(draw), draw.Any<BitUnit>());
        var (start, end) = RangeWords.Of(range);
        KvValue[] words = unit == BitUnit.Byte && range.End.Equals(Index.End) ? [start] : [start, end, .. Words(unit, draw)];
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).FindAsync(bit, Of(range, unit)), Place, ["BITPOS", Draw.Word(key), bit ? 1 : 0, .. words]) with
        {
            Known = (KnownDifferences.BitRangeBeforeTheStart, (ours, theirs) => ours == Answer.Nil && range.End.IsFromEnd && theirs.Length == 1),
        };
    }

    private static ScriptCommand GetField(Draw draw)
    {
        var (key, field) = (draw.Key(), Field(draw));
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).GetFieldAsync(field), static reply => Answer.Plain(reply.Items![0]),
            "BITFIELD_RO", Draw.Word(key), "GET", field.Type.ToString(), field.Offset);
    }

    private static ScriptCommand GetFields(Draw draw)
    {
        var (key, fields) = (draw.Key(), draw.Many(0, 4, () => Field(draw)));
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).GetFieldsAsync(fields), Answer.Plain,
            ["BITFIELD_RO", Draw.Word(key), .. fields.SelectMany(field => Words(BitFieldOperation.Get(field)))]);
    }

    private static ScriptCommand SetField(Draw draw)
    {
        var (key, field, number, overflow) = (draw.Key(), Field(draw), NumberToSet(draw), draw.Any<BitOverflow>());
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).SetFieldAsync(field, number, overflow), static reply => Answer.Plain(reply.Items![0]),
            ["BITFIELD", Draw.Word(key), .. Words(BitFieldOperation.Set(field, number, overflow))]);
    }

    private static ScriptCommand IncrementField(Draw draw)
    {
        var (key, field, number, overflow) = (draw.Key(), Field(draw), Number(draw), draw.Any<BitOverflow>());
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).IncrementFieldAsync(field, number, overflow), static reply => Answer.Plain(reply.Items![0]),
            ["BITFIELD", Draw.Word(key), .. Words(BitFieldOperation.Increment(field, number, overflow))]);
    }

    private static ScriptCommand RunFields(Draw draw)
    {
        var (key, operations) = (draw.Key(), draw.Many(0, 5, () => Operation(draw)));
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmap(key).RunFieldsAsync(operations), Answer.Plain,
            ["BITFIELD", Draw.Word(key), .. operations.SelectMany(Words)]);
    }

    private static ScriptCommand Combine(Draw draw)
    {
        var (operation, destination) = (draw.Of(BitOperation.And, BitOperation.Or, BitOperation.Xor, BitOperation.Not), draw.Key());
        var keys = operation == BitOperation.Not ? [draw.Key()] : draw.SomeKeys();
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmaps.CombineAsync(operation, destination, keys), Answer.Plain,
            ["BITOP", operation.ToString().ToUpperInvariant(), Draw.Word(destination), .. Draw.Words(keys)]);
    }

    private static ScriptCommand CombineNewer(Draw draw)
    {
        var operation = draw.Of(BitOperation.Difference, BitOperation.OthersWithoutFirst, BitOperation.FirstAndAnyOther, BitOperation.ExactlyOne);
        var (destination, keys) = (draw.Key(), draw.Many(2, 4, draw.Key));
        return ScriptCommand.Of(
            keyspace => keyspace.Bitmaps.CombineAsync(operation, destination, keys), Answer.Plain,
            ["EVAL", NewerScript, keys.Length + 1, Draw.Word(destination), .. Draw.Words(keys), operation.ToString()]);
    }

    private static BitFieldOperation Operation(Draw draw) => draw.Number(0, 2) switch
    {
        0 => BitFieldOperation.Get(Field(draw)),
        1 => BitFieldOperation.Set(Field(draw), NumberToSet(draw), draw.Any<BitOverflow>()),
        _ => BitFieldOperation.Increment(Field(draw), Number(draw), draw.Any<BitOverflow>()),
    };

    private static BitField Field(Draw draw)
    {
        var type = draw.Chance(50) ? BitFieldType.Unsigned(draw.Number(1, 63)) : BitFieldType.Signed(draw.Number(1, 64));
        return draw.Chance(60) ? type.At(Offset(draw)) : type.Nth(draw.Number(0, 4));
    }

    private static long Number(Draw draw) => draw.Chance(50) ? draw.Integer() : (1L << draw.Number(0, 63)) + draw.Number(-1, 1);

    // See KnownDifferences: of the least numbers Redis thinks that they are too great.
    private static long NumberToSet(Draw draw) => Math.Max(Number(draw), -(1L << 62));

    private static long Offset(Draw draw) => draw.Chance(85) ? draw.Number(0, 40) : draw.Of(2_399, 2_400, 44_799, 44_800, 131_071, 131_072, 200_000);

    private static Range Range(Draw draw)
    {
        return new Range(End(), draw.Chance(30) ? Index.End : End());

        Index End() => new(draw.Chance(90) ? draw.Number(0, 20) : draw.Of(300, 5_000, 16_384, int.MaxValue), draw.Chance(40));
    }

    private static BitRange Of(Range range, BitUnit unit) => unit == BitUnit.Byte ? range : BitRange.OfBits(range);

    private static KvValue[] Words(BitUnit unit, Draw draw) => unit == BitUnit.Bit ? ["BIT"] : draw.Chance(50) ? ["BYTE"] : [];

    private static KvValue[] Words(BitFieldOperation operation)
    {
        var (type, offset) = ((KvValue)operation.Field.Type.ToString(), operation.Field.Offset);
        KvValue[] overflow = ["OVERFLOW", operation.Overflow switch { BitOverflow.Wrap => "WRAP", BitOverflow.Saturate => "SAT", _ => "FAIL" }];
        return operation.Kind switch
        {
            BitFieldOperationKind.Get => ["GET", type, offset],
            BitFieldOperationKind.Set => [.. overflow, "SET", type, offset, operation.Number],
            _ => [.. overflow, "INCRBY", type, offset, operation.Number],
        };
    }

    private static string Place(Reply reply) => reply.Number < 0 ? Answer.Nil : Answer.Plain(reply);
}
