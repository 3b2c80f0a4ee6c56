using System.Text.RegularExpressions;

namespace KvEmbedded.Tests.HouseRules;

/// <summary>The rules of the house, each a function from the sources to its faults.</summary>
internal static partial class Rules
{
    /// <summary>Rooms of one data type each. A new one is a new name here.</summary>
    public static readonly string[] DataTypeRooms =
    [
        "Strings", "Hashes", "Lists", "Sets", "SortedSets", "Streams", "HyperLogLogs", "Bitmaps", "Geo", "BloomFilters", "CuckooFilters",
        "CountMinSketches", "TopKs", "TDigests", "PubSub",
    ];

    /// <summary>Where the rooms below are.</summary>
    private const string Core = "src/KvEmbedded/";

    /// <summary>What every data type may know; and types that are another one, read in another way.</summary>
    private static readonly string[] KnownToDataTypes = ["Engine", "Keys", "Records"];

    private static readonly Dictionary<string, string> ReadsAnotherType = new()
    {
        ["HyperLogLogs"] = "Strings",
        ["Bitmaps"] = "Strings",
        ["Geo"] = "SortedSets",
        ["PubSub"] = "Events",
    };

    /// <summary>What a room may name besides itself, the front and the errors. Rooms not listed may name everything.</summary>
    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Engine"] = ["Diagnostics", "Events", "Transactions"],
        ["Transactions"] = ["Engine"],
        ["Events"] = ["Engine", "Diagnostics", "Keys"],
        ["Diagnostics"] = ["Engine", "Events"],
        ["Errors"] = [],
        ["Keys"] = ["Engine"],
        ["Records"] = ["Engine"],
        ["DependencyInjection"] = ["Diagnostics"],
    };

    /// <summary>The only files that may lock or block: everything else leaves that to them.</summary>
    private static readonly string[] LockingFiles = ["Engine/SynchronousLane.cs", "Engine/Dispatcher.cs"];

    /// <summary>Files that take the result of what they know to have ended.</summary>
    private static readonly string[] ResultFiles =
        ["Engine/Dispatcher.Run.cs", "Engine/Dispatcher.Transactions.cs", "SortedSets/SortedSetHandle.Range.cs", "Sets/SetReading.cs"];

    /// <summary>No room names what it must not know; the engine names no data type.</summary>
    public static IEnumerable<string> Walls(IReadOnlyList<SourceFile> files)
    {
        foreach (var file in files)
        {
            if (file.Room is not { Length: > 0 } room) continue;
            if (!file.Path.StartsWith(Core, StringComparison.Ordinal))
            {
                foreach (var other in NamedRoomOfRedis().Matches(file.Code).Select(static match => match.Groups[1].Value).Distinct())
                {
                    if (DataTypeRooms.Contains(other) && DataTypeRooms.Append("Connection").Append("Keys").Contains(room) && other != room && ReadsAnotherType.GetValueOrDefault(room) != other)
                        yield return $"{file.Path} names {other}.";
                }

                continue;
            }

            var allowed = DataTypeRooms.Contains(room) ? KnownToDataTypes : MayName.GetValueOrDefault(room);
            if (allowed is null) continue;
            foreach (var other in NamedRoom().Matches(file.Code).Select(static match => match.Groups[1].Value).Distinct())
            {
                if (other != room && other != "Errors" && !allowed.Contains(other) && ReadsAnotherType.GetValueOrDefault(room) != other) yield return $"{file.Path} names {other}.";
            }
        }

        foreach (var fault in EngineNamesTypes(files)) yield return fault;
    }

    /// <summary>A structure is plain synchronous C#: it knows no key, turn, clock, task or lock.</summary>
    public static IEnumerable<string> PlainStructures(IReadOnlyList<SourceFile> files) =>
        from file in Structures.Of(files)
        from Match match in NotForStructures().Matches(file.Code)
        select $"{file.Path} is part of a structure and names {match.Value}.";

    /// <summary>There is one clock.</summary>
    public static IEnumerable<string> OneClock(SourceFile file) =>
        file.Room is null ? [] : Named(file, OtherClocks(), "is another clock than TimeProvider");

    public static IEnumerable<string> NoLocks(SourceFile file) =>
        file.Room is null || LockingFiles.Any(file.Path.EndsWith)
            ? []
            : Named(file, file.Path.EndsWith("Engine/Completion.cs", StringComparison.Ordinal) ? LocksAlone() : Locks(), "is a lock outside the lane");

    public static IEnumerable<string> NoSyncOverAsync(SourceFile file) =>
        file.Room is null || LockingFiles.Concat(ResultFiles).Any(file.Path.EndsWith)
            ? []
            : Named(file, Blocking(), "blocks on a task");

    /// <summary>The core does not know how anything is said on a wire.</summary>
    public static IEnumerable<string> NoWireText(SourceFile file) =>
        file.Path.StartsWith("src/KvEmbedded/", StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal)
            ? WireText().Matches(file.CodeWithLiterals).Select(match => $"{file.Path} knows the wire text {match.Value}")
            : [];

    /// <summary>Nothing sleeps, neither the product nor its tests: time is the test's.</summary>
    public static IEnumerable<string> NoSleep(SourceFile file) =>
        file.Path.StartsWith("src/", StringComparison.Ordinal) || file.Path.StartsWith("tests/", StringComparison.Ordinal)
            ? Named(file, Sleeps(), "sleeps")
            : [];

    public static IEnumerable<string> ShortFiles(SourceFile file)
    {
        var lines = file.Text.AsSpan().TrimEnd('\n').Count('\n') + 1;
        return file.Path.EndsWith(".cs", StringComparison.Ordinal) && lines > 400 ? [$"{file.Path} has {lines} lines; 400 are allowed."] : [];
    }

    /// <summary>Every class of the product says whether it is meant to be derived from.</summary>
    public static IEnumerable<string> SealedOrAbstract(SourceFile file) =>
        file.Room is null || !file.Path.EndsWith(".cs", StringComparison.Ordinal)
            ? []
            : from Match match in Class().Matches(file.Code)
              where !SealedAbstractStatic().IsMatch(match.Groups["modifiers"].Value)
              select $"{file.Path}: class {match.Groups["name"].Value} is neither sealed nor abstract nor static.";

    public static IEnumerable<string> NamesOfThings(SourceFile file)
    {
        if (VagueFolder().Match(file.Path) is { Success: true } folder) yield return $"{file.Path} is in a folder that says nothing: {folder.Value}.";
        if (!file.Path.EndsWith(".cs", StringComparison.Ordinal)) yield break;
        foreach (Match match in RegionOrBlockNamespace().Matches(file.Code)) yield return $"{file.Path}: {match.Value.Trim()}";
        if (file.Room is null) yield break;
        foreach (Match match in UnderscoredField().Matches(file.Code)) yield return $"{file.Path}: {match.Value.Trim()} has an underscore.";
        if (Unfinished().Match(file.Text) is { Success: true } left) yield return $"{file.Path} says {left.Value}.";
    }

    /// <summary>Nothing that is tracked knows the machine it was written on, or from where its packages came.</summary>
    public static IEnumerable<string> NoMachine(SourceFile file) =>
        file.Path.Contains("/HouseRules/", StringComparison.Ordinal)
            ? []
            : Machine().Matches(file.Text).Select(match => $"{file.Path} knows {match.Value.Trim()}");

    /// <summary>Nothing that is tracked points to papers that are not: who reads it has the repository alone.</summary>
    public static IEnumerable<string> NoOtherPapers(SourceFile file) =>
        file.Path.Contains("/HouseRules/", StringComparison.Ordinal)
            ? []
            : OtherPaper().Matches(file.Text).Select(match => $"{file.Path} points to {match.Value}, which is not in the repository.");

    private static IEnumerable<string> EngineNamesTypes(IReadOnlyList<SourceFile> files)
    {
        // Types in the namespace of the front need no using: the engine could name them unseen.
        var types = files.Where(static file => DataTypeRooms.Contains(file.Room) && FrontNamespace().IsMatch(file.Code))
            .SelectMany(static file => TopLevelType().Matches(file.Code)).Select(static match => match.Groups[1].Value).ToHashSet();
        return from file in files
               where file.Room == "Engine"
               from name in Structures.WordsOf(file).Where(types.Contains)
               select $"{file.Path} names {name}, which belongs to a data type.";
    }

    private static IEnumerable<string> Named(SourceFile file, Regex forbidden, string why) =>
        file.Path.EndsWith(".cs", StringComparison.Ordinal)
            ? forbidden.Matches(file.Code).Select(match => $"{file.Path}: {match.Value.Trim()} {why}.")
            : [];

    [GeneratedRegex(@"^namespace KvEmbedded;", RegexOptions.Multiline)]
    private static partial Regex FrontNamespace();

    [GeneratedRegex(@"^\w[\w ]*\b(?:class|struct|record|interface|enum) ([A-Z]\w*)", RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"\bKvEmbedded\.Redis\.([A-Z]\w*)")]
    private static partial Regex NamedRoomOfRedis();

    [GeneratedRegex(@"\bKvEmbedded\.([A-Z]\w*)")]
    private static partial Regex NamedRoom();

    [GeneratedRegex(@"\b(Turn|Door|Dispatcher|Clock|TimeProvider|Task|ValueTask|CancellationToken|SemaphoreSlim|lock|EncodedKey|KvKey)\b")]
    private static partial Regex NotForStructures();

    [GeneratedRegex(@"\b(DateTime(Offset)?\.(Utc)?(Now|Today)|Stopwatch\b|Environment\.TickCount(64)?|new (System\.Threading\.)?Timer\(|CancelAfter\(|new PeriodicTimer\([^,)]*\))")]
    private static partial Regex OtherClocks();

    [GeneratedRegex(@"\block ?\(|\bMonitor\.(Enter|TryEnter|Exit|Wait|Pulse)|\b(Lock|Mutex|Semaphore(Slim)?|SpinLock|Barrier|(Manual|Auto)ResetEvent(Slim)?|ReaderWriterLock(Slim)?|CountdownEvent)\b")]
    private static partial Regex Locks();

    [GeneratedRegex(@"\block ?\(|\bMonitor\.(Enter|TryEnter|Exit|Wait|Pulse)|\b(Lock|Mutex|SpinLock|Barrier|(Manual|Auto)ResetEvent(Slim)?|ReaderWriterLock(Slim)?|CountdownEvent)\b|\.Wait\(")]
    private static partial Regex LocksAlone();

    [GeneratedRegex(@"\.Result\b(?!\s*=[^=])|\.Wait\(\)|\.GetAwaiter\(\)\s*\.GetResult\(|\.WaitAll\(|\.WaitAny\(")]
    private static partial Regex Blocking();

    [GeneratedRegex("\"(WRONGTYPE|ERR |NOAUTH|NOPROTO|BUSYGROUP|NOGROUP|EXECABORT|-ERR|\\+OK|QUEUED)[^\"]*\"|\\\\r\\\\n")]
    private static partial Regex WireText();

    [GeneratedRegex(@"\bThread\.Sleep\(|\bTask\.Delay\((?![^;\n]*(time|Time))")]
    private static partial Regex Sleeps();

    [GeneratedRegex(@"^[ \t]*(?<modifiers>((public|internal|private|protected|file|static|sealed|abstract|partial|unsafe|readonly|new)[ \t]+)*)(?<kind>class|record)[ \t]+(?!struct\b)(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();

    [GeneratedRegex(@"\b(sealed|abstract|static)\b")]
    private static partial Regex SealedAbstractStatic();

    [GeneratedRegex(@"(^|/)(Utils?|Utilities|Common|Helpers?|Misc|Shared)/")]
    private static partial Regex VagueFolder();

    [GeneratedRegex(@"^[ \t]*#region.*$|^[ \t]*namespace [\w.]+[ \t]*(\{|$)", RegexOptions.Multiline)]
    private static partial Regex RegionOrBlockNamespace();

    [GeneratedRegex(@"^[ \t]*private [^(=;{]*\b_\w+[ \t]*(;|=)", RegexOptions.Multiline)]
    private static partial Regex UnderscoredField();

    [GeneratedRegex(@"\b(DESIGN|FEATURES|RELIABILITY|ROADMAP)\b")]
    private static partial Regex OtherPaper();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"(?<![\w.~$}/-])/(tmp|work|root|home|Users|mnt|var/tmp)/[\w.]+|\b[A-Z]:\\\\?Users\b|https?://[^\s""'<>]*(/v3/index\.json|nuget|pypi|npmjs|artifactory|nexus|proxy)[^\s""'<>]*|<add key=[^>]*value=""https?:")]
    private static partial Regex Machine();
}
