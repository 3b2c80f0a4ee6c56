using System.Text.RegularExpressions;

namespace KvEmbedded.Tests.HouseRules;

/// <summary>Which files make up the structures: those of each data value, and of all that these are made of in their room.</summary>
internal static partial class Structures
{
    /// <summary>The engine's own structures, which are no data values.</summary>
    private static readonly string[] OfTheEngine = ["KeyTable", "TimerWheel", "TimerWheelNodes", "StringRecord"];

    public static IReadOnlyCollection<SourceFile> Of(IReadOnlyList<SourceFile> files)
    {
        var found = new HashSet<SourceFile>();
        foreach (var room in files.Where(static file => file.Room is not null).GroupBy(static file => file.Room))
        {
            var roots = room.Key == "Engine"
                ? OfTheEngine
                : Rules.DataTypeRooms.Contains(room.Key) ? room.SelectMany(DataValuesIn) : [];
            AddAllOf(roots, [.. room], found);
        }

        return found;
    }

    /// <summary>Names of the types that a file declares.</summary>
    public static IEnumerable<string> DeclaredIn(SourceFile file) =>
        file.Path.EndsWith(".cs", StringComparison.Ordinal)
            ? Declaration().Matches(file.Code).Select(static match => match.Groups[1].Value)
            : [];

    public static IReadOnlySet<string> WordsOf(SourceFile file) =>
        Word().Matches(file.Code).Select(static match => match.Value).ToHashSet();

    private static IEnumerable<string> DataValuesIn(SourceFile file) =>
        DataValue().Matches(file.Code).Select(static match => match.Groups[1].Value);

    private static void AddAllOf(IEnumerable<string> roots, List<SourceFile> room, HashSet<SourceFile> found)
    {
        var filesOf = room.SelectMany(static file => DeclaredIn(file).Select(type => (type, file))).ToLookup(static pair => pair.type, static pair => pair.file);
        var open = new Queue<string>(roots);
        var seen = new HashSet<string>();
        while (open.TryDequeue(out var type))
        {
            // Interfaces and handles are what the structure serves, not what it is made of.
            if (!seen.Add(type) || IsInterface().IsMatch(type) || (room[0].Room == "Engine" && !OfTheEngine.Contains(type))) continue;
            foreach (var file in filesOf[type])
            {
                found.Add(file);
                foreach (var word in WordsOf(file)) open.Enqueue(word);
            }
        }
    }

    [GeneratedRegex(@"\b(?:class|struct|record|interface|enum)\s+(?!struct\b|class\b)([A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bclass\s+(\w+)[^{;]*:\s*[^{;]*\bIDataValue\b")]
    private static partial Regex DataValue();

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Word();

    [GeneratedRegex(@"^I[A-Z]")]
    private static partial Regex IsInterface();
}
