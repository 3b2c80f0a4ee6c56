using KvEmbedded.Tests.Strings;

namespace KvEmbedded.Tests.Keys;

/// <summary>What a caller is told who asks for something that there cannot be: the whole text.</summary>
public sealed class ArgumentTextTests
{
    private static readonly (string Name, Func<Keyspace, object?> Run, string Text)[] Mistakes =
    [
        ("no item for a Bloom filter", static k => k.BloomFilter("a").AddAsync([]), "At least one item is needed. (Parameter 'items')"),
        ("no item for a cuckoo filter", static k => k.CuckooFilter("a").AddAsync([]), "At least one item is needed. (Parameter 'items')"),
        ("no item to be counted", static k => k.CountMinSketch("a").CountAsync([]), "At least one item is needed. (Parameter 'items')"),
        ("no item for a top-k list", static k => k.TopK("a").AddAsync([]), "At least one item is needed. (Parameter 'items')"),
        ("no increment for a top-k list", static k => k.TopK("a").IncrementAsync([]), "At least one increment is needed. (Parameter 'increments')"),
        ("no increment for a count-min sketch", static k => k.CountMinSketch("a").IncrementAsync([]), "At least one increment is needed. (Parameter 'increments')"),
        ("too few weights", static k => k.SortedSets.GetUnionAsync(["a", "b"], new CombineOptions { Weights = [1] }),
            "There are 2 keys and 1 weights. Give one weight for each key. (Parameter 'options')"),
        ("a weight that is no number", static k => k.SortedSets.GetUnionAsync(["a", "b"], new CombineOptions { Weights = [1, double.NaN] }),
            "A weight is NaN. Give numbers; infinities are allowed. (Parameter 'options')"),
        ("a decrement without a counterpart", static k => k.Counter("a").DecrementAsync(long.MinValue),
            $"The least 64-bit integer has no positive counterpart. Take it in two steps. (Parameter 'by'){Environment.NewLine}Actual value was -9223372036854775808."),
        ("text for an integer", static _ => (long)(KvValue)"1.5", "The value of 3 bytes is not a 64-bit integer. Use TryGetInt64 to ask first."),
        ("text for a number", static _ => (double)(KvValue)"many", "The value of 4 bytes is not a number. Use TryGetDouble to ask first."),
        ("any of all that are in an area", static k => k.GeoIndex("a").SearchAsync(new GeoPoint(0, 0), GeoArea.Circle(1), new GeoSearchOptions { AnyWillDo = true }),
            "AnyWillDo is set and CountMax is not: which ones will do if all are wanted? Set CountMax, or leave AnyWillDo false. (Parameter 'options')"),
        ("any of all around a member", static k => k.GeoIndex("a").SearchAsync("m", GeoArea.Circle(1), new GeoSearchOptions { AnyWillDo = true }),
            "AnyWillDo is set and CountMax is not: which ones will do if all are wanted? Set CountMax, or leave AnyWillDo false. (Parameter 'options')"),
    ];

    public static TheoryData<string> Names => [.. Mistakes.Select(static mistake => mistake.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Says_what_was_expected(string name)
    {
        await using var world = new StringWorld();
        var (_, run, text) = Mistakes.Single(mistake => mistake.Name == name);

        var error = Assert.ThrowsAny<Exception>(() => run(world.Keyspace));

        Assert.True(error is ArgumentException or FormatException, error.GetType().Name);
        Assert.Equal(text, error.Message);
    }
}
