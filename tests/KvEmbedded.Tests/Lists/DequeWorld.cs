using System.Text;
using KvEmbedded.Engine;
using KvEmbedded.Lists;

namespace KvEmbedded.Tests.Lists;

/// <summary>Small worlds: a dozen elements already split, slide and join chunks, and grow the tree.</summary>
internal static class DequeWorld
{
    public static readonly ListShape Tiny = new() { ChunkBytes = 32, NodeCapacity = 4 };

    public static readonly ListShape Small = new() { ChunkBytes = 64, NodeCapacity = 5 };

    public static readonly ListShape Middle = new() { ChunkBytes = 256, NodeCapacity = 8 };

    public static ListShape Shape(int which) => (which & 3) switch
    {
        0 => Tiny,
        1 => Small,
        2 => Middle,
        _ => ListShape.Default,
    };

    /// <summary>Elements of 0 to some hundred bytes, many equal to each other, a few longer than a chunk.</summary>
    public static byte[] ElementOf(byte number) => number switch
    {
        0 => [],
        < 120 => Bytes($"{number % 10}"),
        < 200 => Bytes(new string((char)('a' + (number % 7)), number % 23)),
        < 245 => Bytes($"{number}" + new string('m', number % 60)),
        _ => Bytes(new string('l', (number - 240) * 40)),
    };

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> element) => Encoding.Latin1.GetString(element);

    public static List<string> Elements(ListDeque list, ListEnd from = ListEnd.Head)
    {
        var elements = new List<string>();
        var cursor = list.From(from == ListEnd.Head ? 0 : list.Count - 1, from);
        while (cursor.MoveNext()) elements.Add(Text(cursor.Current));
        return elements;
    }

    public static ListDeque Filled(ListShape shape, IEnumerable<byte> numbers)
    {
        var list = new ListDeque(shape);
        foreach (var number in numbers) list.Push(number % 3 == 0 ? ListEnd.Head : ListEnd.Tail, ElementOf(number));
        return list;
    }
}

/// <summary>Keeps the effects of a structure.</summary>
internal sealed class EffectNotes : IEffectSink
{
    public List<Effect> Effects { get; } = [];

    public void Report(Effect effect) => Effects.Add(effect);
}
