namespace KvEmbedded.Tests.HouseRules;

/// <summary>The sources keep the rules of the house, and each rule catches what breaks it.</summary>
public sealed class HouseRulesTests
{
    private static readonly IReadOnlyList<SourceFile> Files = SourceFile.ReadAll();

    [Fact]
    public void The_sources_are_found() => Assert.Contains(Files, static file => file.Path == "src/KvEmbedded/Engine/Dispatcher.cs");

    [Fact]
    public void No_room_names_what_it_must_not_know() => Assert.Empty(Rules.Walls(Files));

    [Fact]
    public void Structures_know_no_key_turn_clock_task_or_lock() => Assert.Empty(Rules.PlainStructures(Files));

    [Fact]
    public void There_is_one_clock() => Assert.Empty(Files.SelectMany(Rules.OneClock));

    [Fact]
    public void Locks_are_in_the_lane_alone() => Assert.Empty(Files.SelectMany(Rules.NoLocks));

    [Fact]
    public void Nobody_blocks_on_a_task() => Assert.Empty(Files.SelectMany(Rules.NoSyncOverAsync));

    [Fact]
    public void The_core_knows_no_wire_text() => Assert.Empty(Files.SelectMany(Rules.NoWireText));

    [Fact]
    public void Nobody_sleeps() => Assert.Empty(Files.SelectMany(Rules.NoSleep));

    [Fact]
    public void Files_are_short() => Assert.Empty(Files.SelectMany(Rules.ShortFiles));

    [Fact]
    public void Classes_are_sealed_or_abstract() => Assert.Empty(Files.SelectMany(Rules.SealedOrAbstract));

    [Fact]
    public void Things_have_names() => Assert.Empty(Files.SelectMany(Rules.NamesOfThings));

    [Fact]
    public void Nothing_knows_the_machine_it_was_written_on() => Assert.Empty(Files.SelectMany(Rules.NoMachine));

    [Fact]
    public void Nothing_points_to_papers_that_are_not_here() => Assert.Empty(Files.SelectMany(Rules.NoOtherPapers));

    [Theory]
    [InlineData("Engine/X.cs", "using KvEmbedded.Strings;")]
    [InlineData("Engine/X.cs", "KvEmbedded.SortedSets.SortedSetTree tree;")]
    [InlineData("Engine/X.cs", "var tree = new Tree();")]
    [InlineData("SortedSets/X.cs", "using KvEmbedded.Strings;")]
    [InlineData("Keys/X.cs", "using static KvEmbedded.Strings.StringReads;")]
    [InlineData("Errors/X.cs", "using KvEmbedded.Engine;")]
    [InlineData("DependencyInjection/X.cs", "using KvEmbedded.Engine;")]
    public void A_room_that_names_another_is_caught(string path, string text) =>
        Assert.NotEmpty(Rules.Walls([File(path, text), File("Sets/Tree.cs", "namespace KvEmbedded;\npublic sealed class Tree;")]));

    [Theory]
    [InlineData("Connection", "using KvEmbedded.Redis.Strings;")]
    [InlineData("Strings", "using KvEmbedded.Redis.SortedSets;")]
    public void A_room_of_the_server_that_names_another_is_caught(string room, string text)
    {
        Assert.NotEmpty(Rules.Walls([new SourceFile($"src/KvEmbedded.Redis/{room}/X.cs", text)]));
        Assert.Empty(Rules.Walls([new SourceFile($"src/KvEmbedded.Redis/{room}/X.cs", "using KvEmbedded.Redis.Connection;")]));
    }

    [Theory]
    [InlineData("Engine/X.cs", "using KvEmbedded.Diagnostics; // not KvEmbedded.Strings")]
    [InlineData("Engine/X.cs", "/// <see cref=\"Tree\"/>\nvar text = \"Tree\";")]
    [InlineData("Strings/X.cs", "using KvEmbedded.Engine;")]
    [InlineData("X.cs", "using KvEmbedded.Strings;")]
    public void A_room_may_name_what_it_may_know(string path, string text) =>
        Assert.Empty(Rules.Walls([File(path, text), File("Sets/Tree.cs", "namespace KvEmbedded;\npublic sealed class Tree;")]));

    [Theory]
    [InlineData("Tree.cs", "internal sealed partial class Tree : IDataValue { void M(Turn turn) { } }")]
    [InlineData("Tree.More.cs", "internal sealed partial class Tree { Task t; }")]
    [InlineData("Leaf.cs", "internal sealed class Leaf { TimeProvider time; }")]
    [InlineData("Leaf.cs", "internal sealed class Leaf { void M() { lock (this) { } } }")]
    public void A_structure_that_knows_too_much_is_caught(string name, string text)
    {
        List<SourceFile> files =
        [
            File("Sets/Tree.cs", "internal sealed partial class Tree : IDataValue { private Leaf leaf; }"),
            File("Sets/Leaf.cs", "internal sealed class Leaf;"),
            File("Sets/SetHandle.cs", "internal sealed class SetHandle { Turn turn; Tree tree; Task task; }"),
        ];
        Assert.Empty(Rules.PlainStructures(files));
        Assert.NotEmpty(Rules.PlainStructures([.. files, File($"Sets/{name}", text)]));
    }

    [Theory]
    [InlineData("var now = DateTime.UtcNow;")]
    [InlineData("var now = DateTimeOffset.Now;")]
    [InlineData("var watch = Stopwatch.StartNew();")]
    [InlineData("var ticks = Environment.TickCount64;")]
    [InlineData("using var timer = new Timer(Tick);")]
    [InlineData("source.CancelAfter(10);")]
    [InlineData("new PeriodicTimer(period)")]
    public void Another_clock_is_caught(string text) => Caught(Rules.OneClock, text);

    [Theory]
    [InlineData("lock (gate) { }")]
    [InlineData("Monitor.Enter(gate);")]
    [InlineData("private readonly Lock gate = new();")]
    [InlineData("new SemaphoreSlim(1)")]
    [InlineData("new ManualResetEventSlim()")]
    public void A_lock_is_caught(string text) => Caught(Rules.NoLocks, text);

    [Theory]
    [InlineData("return task.Result;")]
    [InlineData("task.Wait();")]
    [InlineData("task.GetAwaiter().GetResult();")]
    [InlineData("Task.WaitAll(tasks);")]
    public void Blocking_on_a_task_is_caught(string text) => Caught(Rules.NoSyncOverAsync, text);

    [Theory]
    [InlineData("throw new X(\"WRONGTYPE Operation against a key\");")]
    [InlineData("\"ERR syntax error\"")]
    [InlineData("Write(\"+OK\")")]
    [InlineData("Write(\"a\\r\\n\")")]
    public void Wire_text_is_caught(string text) => Caught(Rules.NoWireText, text);

    [Theory]
    [InlineData("Thread.Sleep(10);")]
    [InlineData("await Task.Delay(10);")]
    public void Sleeping_is_caught(string text)
    {
        Caught(Rules.NoSleep, text);
        Assert.NotEmpty(Rules.NoSleep(new SourceFile("tests/T/XTests.cs", text)));
        Assert.Empty(Rules.NoSleep(new SourceFile("tests/T/XTests.cs", "await Task.Delay(second, fakeTime);")));
    }

    [Fact]
    public void A_long_file_is_caught()
    {
        Assert.Empty(Rules.ShortFiles(File("X.cs", string.Concat(Enumerable.Repeat("\n", 400)))));
        Caught(Rules.ShortFiles, string.Concat(Enumerable.Repeat("//\n", 401)));
    }

    [Theory]
    [InlineData("public class X")]
    [InlineData("    private class X : Y")]
    [InlineData("internal partial class X(int y)")]
    [InlineData("public record X(int Y);")]
    public void An_open_class_is_caught(string text)
    {
        Caught(Rules.SealedOrAbstract, text);
        Assert.Empty(Rules.SealedOrAbstract(File("X.cs", text.Replace("class", "struct").Replace("record", "record struct"))));
        Assert.Empty(Rules.SealedOrAbstract(File("X.cs", "public sealed class X { } internal static class Y; file abstract record Z;")));
    }

    [Theory]
    [InlineData("src/KvEmbedded/Utils/X.cs", "")]
    [InlineData("tests/T/Helpers/X.cs", "")]
    [InlineData("src/KvEmbedded/X.cs", "    #region all")]
    [InlineData("tests/T/X.cs", "namespace X\n{\n}")]
    [InlineData("src/KvEmbedded/X.cs", "    private readonly int _field = 1;")]
    [InlineData("src/KvEmbedded/X.cs", "// TODO later")]
    public void A_bad_name_is_caught(string path, string text) => Assert.NotEmpty(Rules.NamesOfThings(new SourceFile(path, text)));

    [Theory]
    [InlineData("cd /" + "work/main")]
    [InlineData("\"/tmp/wt/x\"")]
    [InlineData("/" + "root/.nuget")]
    [InlineData("C:\\Users\\me")]
    [InlineData("<add key=\"feed\" value=\"https://feed.example/v3/index.json\" />")]
    [InlineData("https://artifactory.example/api")]
    public void A_trace_of_a_machine_is_caught(string text) => Assert.NotEmpty(Rules.NoMachine(new SourceFile("README.md", text)));

    [Theory]
    [InlineData("// absence is an answer (DESIGN D5)")]
    [InlineData("// FEATURES, trap 3")]
    public void A_paper_from_elsewhere_is_caught(string text) => Caught(Rules.NoOtherPapers, text);

    [Fact]
    public void Comments_and_literals_are_no_code()
    {
        var file = File("X.cs", """"
            a(); // lock (b)
            /* Task.Delay(1) */ c("lock (d) \" e"); f(@"x "" lock (g)", '"', """lock (h)""");
            i();
            """");

        Assert.DoesNotContain("lock", file.Code, StringComparison.Ordinal);
        Assert.DoesNotContain("Delay", file.Code, StringComparison.Ordinal);
        Assert.Equal(3, file.Code.Split('\n').Length);
        Assert.Contains("i();", file.Code, StringComparison.Ordinal);
        Assert.Contains("lock (h)", file.CodeWithLiterals, StringComparison.Ordinal);
    }

    private static void Caught(Func<SourceFile, IEnumerable<string>> rule, string text)
    {
        Assert.NotEmpty(rule(File("Strings/X.cs", text)));
        Assert.Empty(rule(File("Strings/X.cs", "public sealed class X;")));
    }

    private static SourceFile File(string path, string text) => new($"src/KvEmbedded/{path}", text);
}
