using System.Text;
using KvEmbedded.Engine;
using KvEmbedded.SortedSets;

namespace KvEmbedded.Tests.SortedSets;

/// <summary>Small worlds: a dozen members already split, merge, evacuate and collide.</summary>
internal static class SortedSetWorld
{
    public static readonly SortedSetShape Tiny = new()
    {
        LeafCapacity = 4,
        InnerCapacity = 4,
        PageBits = 5,
        SegmentBits = 2,
        DepthMax = 4,
        UnindexedMax = 3,
    };

    /// <summary>Eight hashes for all members.</summary>
    public static readonly SortedSetShape Colliding = Tiny with { HashMask = 0xE0000000 };

    public static readonly SortedSetShape Middle = new()
    {
        LeafCapacity = 8,
        InnerCapacity = 8,
        PageBits = 7,
        SegmentBits = 3,
        DepthMax = 12,
        UnindexedMax = 8,
    };

    public static SortedSetShape Shape(int which) => (which & 3) switch
    {
        0 => Tiny,
        1 => Colliding,
        2 => Middle,
        _ => SortedSetShape.Default,
    };

    /// <summary>Members of 0 to 300 bytes, all different, in an order that is not that of their numbers.</summary>
    public static string MemberOf(byte number) => number switch
    {
        0 => "",
        < 200 => ((number * 37) % 256).ToString("x2"),
        < 240 => new string((char)('a' + (number % 7)), number - 190),
        _ => "long" + new string('z', number) + number,
    };

    /// <summary>Scores with many ties, with -0 beside 0 and both infinities.</summary>
    public static double ScoreOf(sbyte number) => number switch
    {
        sbyte.MinValue => double.NegativeInfinity,
        sbyte.MaxValue => double.PositiveInfinity,
        100 => -0.0,
        _ => number / 8,
    };

    public static byte[] Bytes(string member) => Encoding.Latin1.GetBytes(member);

    public static string Text(ReadOnlySpan<byte> member) => Encoding.Latin1.GetString(member);

    public static List<(string Member, double Score)> Entries(SortedSetTree tree, Order order = Order.Ascending)
    {
        var entries = new List<(string, double)>();
        var cursor = tree.From(order == Order.Ascending ? 0 : tree.Count - 1, order);
        while (cursor.MoveNext()) entries.Add((Text(cursor.Member), cursor.Score));
        return entries;
    }
}

/// <summary>Keeps the effects of a structure.</summary>
internal sealed class EffectLog : IEffectSink
{
    public List<Effect> Effects { get; } = [];

    public void Report(Effect effect) => Effects.Add(effect);
}
