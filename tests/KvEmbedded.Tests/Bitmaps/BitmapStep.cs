using System.Numerics;

namespace KvEmbedded.Tests.Bitmaps;

/// <summary>A command in a small world: three keys, two dozen bits and one far out, and now and then a plain string.</summary>
public sealed record BitmapStep(byte Verb, byte Key, byte Other, byte Offset, short Number)
{
    private static readonly string[] Names = ["a", "b", "c"];

    private string Name => Names[Key % 3];

    private string[] Others => [.. Enumerable.Range(0, 2 + (Other % 3)).Select(i => Names[(Other + i) % 3])];

    private long Bit => Offset % 40 == 39 ? 131_075 + Number % 8 : Offset % 40;

    private bool IsSet => Number % 3 != 0;

    private BitRange Range => Other % 3 == 0 ? BitRange.All : Other % 3 == 1 ? Number % 2 == 0 ? (Offset % 5).. : (Offset % 5)..(Number & 7) : BitRange.OfBits(Offset % 30, Number & 31);

    private BitField Field => (Number % 2 == 0 ? BitFieldType.Signed(1 + (Other % 64)) : BitFieldType.Unsigned(1 + (Other % 63))).At(Bit);

    private BitOverflow Overflow => (BitOverflow)(Key % 3);

    private long FieldNumber => (long)Number << (Offset % 48);

    private BitOperation Operation => (BitOperation)(Offset % 8);

    public async Task<string> RunAsync(IKeyspace keyspace)
    {
        var bits = keyspace.Bitmap(Name);
        return (Verb % 12) switch
        {
            0 or 1 or 2 => $"{await bits.SetAsync(Bit, IsSet)}",
            3 => $"{await bits.GetAsync(Bit)}",
            4 => $"{await bits.CountAsync(Range)}",
            5 => $"{await bits.FindAsync(IsSet, Range)}",
            6 => $"{await bits.GetFieldAsync(Field)}",
            7 => $"{await bits.SetFieldAsync(Field, FieldNumber, Overflow)}",
            8 => string.Join(' ', await bits.RunFieldsAsync([BitFieldOperation.Increment(Field, FieldNumber, Overflow), BitFieldOperation.Get(Field), BitFieldOperation.Increment(Field, Number, Overflow)])),
            9 => $"{await keyspace.Bitmaps.CombineAsync(Operation, Name, [.. (Operation == BitOperation.Not ? Others[..1] : Others).Select(name => (KvKey)name)])}",
            10 => $"{await keyspace.Strings.SetAsync(Name, Number)}",
            _ => $"{await bits.DeleteAsync()}",
        };
    }

    internal string Run(BitmapModel model)
    {
        switch (Verb % 12)
        {
            case 0 or 1 or 2:
                var wasSet = model.Bit(Name, Bit);
                model.SetBit(Name, Bit, IsSet);
                return $"{wasSet}";
            case 3:
                return $"{model.Bit(Name, Bit)}";
            case 4:
                return $"{BitsIn(model).Count(bit => model.Bit(Name, bit))}";
            case 5:
                return $"{Find(model)}";
            case 6:
                return $"{model.Field(Name, Field)}";
            case 7:
                return $"{Change(model, FieldNumber, adds: false)}";
            case 8:
                return string.Join(' ', Change(model, FieldNumber, adds: true), model.Field(Name, Field), Change(model, Number, adds: true));
            case 9:
                var combined = BitCombinationTests.Expected(Operation, [.. Others.Select(model.Get)]);
                if (combined.Length == 0) model.Remove(Name);
                else model.Put(Name, combined);
                return $"{combined.Length}";
            case 10:
                model.Put(Name, System.Text.Encoding.ASCII.GetBytes($"{Number}"));
                return "True";
            default:
                var existed = model.Find(Name) is not null;
                model.Remove(Name);
                return $"{existed}";
        }
    }

    private IEnumerable<long> BitsIn(BitmapModel model)
    {
        var (start, end) = Range.In(model.Get(Name).Length);
        for (var bit = start; bit < end; bit++) yield return bit;
    }

    private long? Find(BitmapModel model)
    {
        if (model.Find(Name) is not { } bytes) return IsSet ? null : 0;
        foreach (var bit in BitsIn(model))
        {
            if (model.Bit(Name, bit) == IsSet) return bit;
        }

        var isOpen = Other % 3 == 0 || (Other % 3 == 1 && Number % 2 == 0);
        return !IsSet && isOpen && BitsIn(model).Any() ? 8L * bytes.Length : null;
    }

    private long? Change(BitmapModel model, long number, bool adds)
    {
        var (type, old) = (Field.Type, model.Field(Name, Field));
        model.Grow(Name, (Bit + type.Width + 7) / 8);
        var meant = adds ? (BigInteger)old + number : !type.IsSigned && number < 0 ? number + (BigInteger.One << 64) : number;
        var min = type.IsSigned ? -(BigInteger.One << (type.Width - 1)) : 0;
        var max = min + (BigInteger.One << type.Width) - 1;
        var fits = meant >= min && meant <= max;
        if (!fits && Overflow == BitOverflow.Fail) return null;

        // Of a number that wraps, the lowest bits are what is left.
        var changed = fits || Overflow == BitOverflow.Wrap ? (long)(ulong)(meant & ulong.MaxValue) : (long)BigInteger.Clamp(meant, min, max);
        model.SetField(Name, Field, changed);
        return adds ? model.Field(Name, Field) : old;
    }
}
