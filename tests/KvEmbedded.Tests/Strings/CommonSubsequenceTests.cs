using FsCheck.Xunit;
using KvEmbedded.Strings;

namespace KvEmbedded.Tests.Strings;

public sealed class CommonSubsequenceTests
{
    [Fact]
    public async Task The_example_of_the_command_has_the_known_answer()
    {
        await using var world = new StringWorld();
        await world["key1"].SetAsync("ohmytext");
        await world["key2"].SetAsync("mynewtext");
        Assert.Equal("mytext", (await world["key1"].GetCommonSubsequenceAsync("key2")).ToString());
        Assert.Equal(6, await world["key1"].GetCommonSubsequenceLengthAsync("key2"));
        var all = await world["key1"].GetCommonSubsequenceMatchesAsync("key2");
        Assert.Equal(6, all.Length);
        Assert.Equal([new(2, 0, 2), new(4, 5, 4)], all.Matches);
        var some = await world["key1"].GetCommonSubsequenceMatchesAsync("key2", 4);
        Assert.Equal(6, some.Length);
        Assert.Equal([new(4, 5, 4)], some.Matches);
    }

    [Fact]
    public async Task Missing_and_empty_strings_have_nothing_in_common_with_anything()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync("text");
        await world["empty"].SetAsync("");
        foreach (var (one, other) in new[] { ("a", "missing"), ("missing", "a"), ("missing", "missing"), ("a", "empty"), ("empty", "a") })
        {
            Assert.Equal(KvValue.Empty, await world[one].GetCommonSubsequenceAsync(other));
            Assert.Equal(0, await world[one].GetCommonSubsequenceLengthAsync(other));
            var matches = await world[one].GetCommonSubsequenceMatchesAsync(other);
            Assert.Equal(0, matches.Length);
            Assert.Empty(matches.Matches);
        }
    }

    [Fact]
    public async Task A_string_is_its_own_subsequence()
    {
        await using var world = new StringWorld();
        var text = new string('x', 200) + new string('y', 20_000);
        await world["a"].SetAsync(text);
        await world.Keyspace.Counter("n").SetAsync(12345);
        Assert.Equal(text, (await world["a"].GetCommonSubsequenceAsync("a")).ToString());
        Assert.Equal([new(0, 0, 5)], (await world["n"].GetCommonSubsequenceMatchesAsync("n")).Matches);
    }

    [Fact]
    public async Task Strings_that_are_too_long_are_refused_before_anything_is_copied()
    {
        await using var world = new StringWorld();
        await world["a"].SetAsync(new byte[40_000]);
        await world["b"].SetAsync(new byte[30_000]);
        const string Expected =
            "Comparing key 'a' of 40000 bytes with key 'b' of 30000 bytes would take more than the 1073741824 steps that are allowed. " +
            "Compare shorter strings, or parts of them.";
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = await Assert.ThrowsAsync<ComparisonTooLargeException>(async () => await world["a"].GetCommonSubsequenceAsync("b"));
        Assert.Equal((Expected, 40_000L, 30_000L, "b"), (error.Message, error.Length, error.OtherLength, error.OtherKey.ToString()));
        await Assert.ThrowsAsync<ComparisonTooLargeException>(async () => await world["a"].GetCommonSubsequenceLengthAsync("b"));
        await Assert.ThrowsAsync<ComparisonTooLargeException>(async () => await world["a"].GetCommonSubsequenceMatchesAsync("b"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000);
    }

    [Fact]
    public void The_largest_comparison_stays_within_its_memory()
    {
        var (rows, columns) = (new byte[32_768], new byte[32_768]);
        new Random(1).NextBytes(rows);
        new Random(2).NextBytes(columns);
        Assert.True(CommonSubsequenceTable.Allows(rows.Length, columns.Length));
        Assert.False(CommonSubsequenceTable.Allows(rows.Length + 1, columns.Length));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var table = new CommonSubsequenceTable(rows, columns);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 128 << 20, 132 << 20);
        Assert.Equal(table.Length, CommonSubsequenceTable.LengthOf(rows, columns));
        Assert.Equal(table.Length, table.Text().Length);
    }

    // Four letters: then there are many equally long subsequences, and it matters which of them is found.
    [Property(MaxTest = 500)]
    public bool The_bits_say_what_the_classic_table_says(byte[] one, byte[] other, byte repeats)
    {
        one = Letters(one, repeats);
        other = Letters(other, repeats);
        var (text, matches) = Classic(one, other);
        var table = new CommonSubsequenceTable(one, other);
        return table.Length == text.Length
            && CommonSubsequenceTable.LengthOf(one, other) == text.Length
            && table.Text().SequenceEqual(text)
            && table.Matches(0).SequenceEqual(matches)
            && table.Matches(2).SequenceEqual(matches.Where(match => match.Length >= 2));
    }

    // Repeated, so that rows are longer than one word.
    private static byte[] Letters(byte[] bytes, byte repeats) =>
        [.. Enumerable.Repeat(bytes, 1 + (repeats % 8)).SelectMany((part, i) => part.Select(b => (byte)('a' + ((b + i) % 4))))];

    /// <summary>The textbook's table, and the way back through it that Redis takes.</summary>
    private static (byte[] Text, List<CommonSubsequenceMatch> Matches) Classic(byte[] one, byte[] other)
    {
        var lengths = new int[one.Length + 1, other.Length + 1];
        for (var i = 1; i <= one.Length; i++)
        {
            for (var j = 1; j <= other.Length; j++)
            {
                lengths[i, j] = one[i - 1] == other[j - 1]
                    ? lengths[i - 1, j - 1] + 1
                    : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        var (text, places) = (new List<byte>(), new List<(int, int)>());
        for (var (i, j) = (one.Length, other.Length); i > 0 && j > 0;)
        {
            if (one[i - 1] == other[j - 1])
            {
                text.Insert(0, one[i - 1]);
                places.Insert(0, (--i, --j));
            }
            else if (lengths[i - 1, j] > lengths[i, j - 1])
            {
                i--;
            }
            else
            {
                j--;
            }
        }

        var matches = new List<CommonSubsequenceMatch>();
        foreach (var (i, j) in places)
        {
            if (matches.Count > 0 && matches[^1] is var last && last.Start + last.Length == i && last.OtherStart + last.Length == j)
                matches[^1] = last with { Length = last.Length + 1 };
            else
                matches.Add(new CommonSubsequenceMatch(i, j, 1));
        }

        return ([.. text], matches);
    }
}
