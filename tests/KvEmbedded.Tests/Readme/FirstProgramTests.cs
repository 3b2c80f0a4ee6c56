using KvEmbedded.Tests.HouseRules;

namespace KvEmbedded.Tests.Readme;

/// <summary>The README's first program is this very code, and does what the README lets one expect.</summary>
public sealed class FirstProgramTests
{
    private readonly List<string?> lines = [];

    private FirstProgramTests Console => this;

    [Fact]
    public async Task The_first_program_of_the_README_says_hello_and_counts()
    {
        await RunAsync();

        Assert.Equal(["hello", "bob is at rank 1", "visit number 1"], lines);
    }

    [Fact]
    public void The_first_program_of_the_README_is_the_one_that_is_tested()
    {
        var files = SourceFile.ReadAll();
        var readme = files.Single(file => file.Path == "README.md").Text;
        var block = readme.Split("```csharp\n")[1].Split("```")[0].Replace("using KvEmbedded;\n\n", "", StringComparison.Ordinal);
        var source = files.Single(file => file.FileName == "FirstProgramTests.cs").Text;
        var body = source.Split("        // The first program.\n")[1].Split("        // Its end.")[0];

        Assert.Equal(block.Trim(), string.Join('\n', body.Split('\n').Select(line => line.Trim())).Trim());
    }

    private async Task RunAsync()
    {
        // The first program.
        await using var keyspace = new Keyspace();

        await keyspace.Strings.SetAsync("greeting", "hello", TimeSpan.FromMinutes(5));
        Console.WriteLine(await keyspace.Strings.GetAsync("greeting"));

        var board = keyspace.SortedSet("board");
        await board.AddAsync("alice", 9850);
        await board.AddAsync("bob", 9720);
        Console.WriteLine($"bob is at rank {await board.GetRankAsync("bob", Order.Descending)}");

        var visits = await keyspace.Counter("visits").IncrementAsync();
        Console.WriteLine($"visit number {visits}");
        // Its end.
    }

    private void WriteLine(object? value) => lines.Add(value?.ToString());
}
