using System.Text;
using KvEmbedded.Engine;
using KvEmbedded.Hashes;
using KvEmbedded.Records;

namespace KvEmbedded.Tests.Hashes;

/// <summary>Hashes of a small world: a dozen fields already split, evacuate and collide.</summary>
internal static class HashShapes
{
    public static readonly HashShape Tiny = new() { PageBits = 6, SegmentBits = 2, DepthMax = 4, UnindexedMax = 3 };

    /// <summary>Eight hashes for all fields.</summary>
    public static readonly HashShape Colliding = Tiny with { HashMask = 0xE0000000 };

    public static readonly HashShape Middle = new() { PageBits = 8, SegmentBits = 3, DepthMax = 12, UnindexedMax = 8 };

    public static HashShape Of(int which) => (which & 3) switch
    {
        0 => Tiny,
        1 => Colliding,
        2 => Middle,
        _ => HashShape.Default,
    };

    /// <summary>Fields of 0 to 300 bytes, all different.</summary>
    public static string FieldOf(byte number) => number switch
    {
        0 => "",
        < 200 => ((number * 37) % 256).ToString("x2"),
        < 240 => new string((char)('a' + (number % 7)), number - 190),
        _ => "long" + new string('z', number) + number,
    };

    /// <summary>Values of all lengths around those at which a record changes its form.</summary>
    public static string ValueOf(byte number) => number switch
    {
        0 => "",
        < 128 => number.ToString(),
        < 200 => new string((char)('a' + (number % 7)), number - 120),
        _ => new string((char)('A' + (number % 7)), 2 * (number - 120)),
    };

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static bool Put(this HashFields fields, string field, string value, long deadline = Expiry.NoDeadline) =>
        fields.Put(Bytes(field), Bytes(value), deadline);

    /// <summary>All fields with values and deadlines, ordered.</summary>
    public static List<(string Field, string Value, long Deadline)> Content(HashFields fields)
    {
        var page = new ScanPage<FieldRecord>();
        Assert.Equal(0u, fields.Scan(0, int.MaxValue, page));
        var content = new List<(string, string, long)>();
        for (var i = 0; i < page.Count; i++)
        {
            Assert.True(fields.TryGet(page.Name(i), out var value, out var deadline));
            content.Add((Text(page.Name(i)), Text(value), deadline));
        }

        content.Sort();
        return content;
    }
}

/// <summary>One mutation of a hash, and of a plain dictionary.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Field">Which field.</param>
/// <param name="Value">Which value.</param>
/// <param name="Moment">A deadline, or the time it is.</param>
public readonly record struct FieldStep(byte Kind, byte Field, byte Value, byte Moment)
{
    private string Name => HashShapes.FieldOf(Field);

    private string Text => HashShapes.ValueOf(Value);

    private long Deadline => Moment % 4 == 0 ? Expiry.NoDeadline : Moment;

    internal string Run(HashFields fields) => (Kind % 16) switch
    {
        < 5 => $"{fields.Put(Name, Text)}",
        < 8 => $"{fields.Put(Name, Text, Deadline)}",
        8 => $"{fields.Put(Name, Text, HashFields.KeepDeadline)}",
        < 11 => $"{fields.SetDeadline(HashShapes.Bytes(Name), Deadline)}",
        < 14 => $"{fields.Remove(HashShapes.Bytes(Name))}",
        14 => $"{fields.RemoveIfDue(HashShapes.Bytes(Name), Moment)}",
        _ => $"{fields.RemoveDue(Moment, Value)}",
    };

    internal string Run(Dictionary<string, (string Value, long Deadline)> model)
    {
        var present = model.TryGetValue(Name, out var old);
        switch (Kind % 16)
        {
            case < 5:
                model[Name] = (Text, Expiry.NoDeadline);
                return $"{!present}";
            case < 8:
                model[Name] = (Text, Deadline);
                return $"{!present}";
            case 8:
                model[Name] = (Text, present ? old.Deadline : Expiry.NoDeadline);
                return $"{!present}";
            case < 11:
                if (present) model[Name] = old with { Deadline = Deadline };
                return $"{present}";
            case < 14:
                return $"{model.Remove(Name)}";
            case 14:
                return $"{present && old.Deadline <= Moment && model.Remove(Name)}";
            default:
                var now = Moment;
                var due = model.Where(pair => pair.Value.Deadline <= now).OrderBy(pair => pair.Value.Deadline).Take(Value).ToArray();
                foreach (var pair in due) model.Remove(pair.Key);
                return $"{due.Length}";
        }
    }
}
