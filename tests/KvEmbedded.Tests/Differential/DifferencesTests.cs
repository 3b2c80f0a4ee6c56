using KvEmbedded.Conformance;
using KvEmbedded.Tests.Conformance;

namespace KvEmbedded.Tests.Differential;

public sealed class DifferencesTests
{
    [Fact]
    public void The_list_of_differences_is_the_table_in_the_code()
    {
        var path = Path.Combine(Repository(), "tests", "KvEmbedded.Tests", "Differences.md");
        if (Environment.GetEnvironmentVariable("KVEMBEDDED_WRITE_DIFFERENCES") == "1") File.WriteAllText(path, KnownDifferences.Table());

        Assert.True(
            File.ReadAllText(path) == KnownDifferences.Table(),
            "Differences.md is not what KnownDifferences.cs says. Run this test with KVEMBEDDED_WRITE_DIFFERENCES=1 to write it anew.");
    }

    [Fact]
    public void Every_line_names_a_test_that_is_there()
    {
        var tests = typeof(Difference).Assembly.GetTypes().Concat(typeof(DifferencesTests).Assembly.GetTypes())
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name.Split('`')[0]}.{method.Name}")).ToHashSet();

        Assert.All(RedisDifferences.All.Concat(GarnetDifferences.All), line => Assert.Contains(line.Test, tests));
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "KvEmbedded.sln"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
