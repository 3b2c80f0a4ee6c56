using System.Reflection;
using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

/// <summary>Filters, sketches and digests on a server that does not have them: every test of theirs that gets as far as the server.</summary>
internal static class SketchDifferences
{
    /// <summary>Tests that end before anything of theirs is sent.</summary>
    private static readonly string[] NothingSent =
    [
        "BloomFilterContract.Sizes_out_of_range_are_refused",
        "CuckooFilterContract.Sizes_out_of_range_are_refused",
        "CountMinSketchContract.Arguments_out_of_range_are_refused",
        "TopKContract.Arguments_out_of_range_are_refused",
    ];

    /// <param name="why">Why the server does not have a command; its name goes in the place of {0}.</param>
    public static IEnumerable<Difference> On(string why) =>
    [
        .. Of(typeof(BloomFilterContract<>), "IBloomFilter", "BF.*", why),
        .. Of(typeof(CuckooFilterContract<>), "ICuckooFilter", "CF.*", why),
        .. Of(typeof(CountMinSketchContract<>), "ICountMinSketch", "CMS.*", why),
        .. Of(typeof(TopKContract<>), "ITopK", "TOPK.*", why),
        .. Of(typeof(TDigestContract<>), "ITDigest", "TDIGEST.*", why),
    ];

    private static IEnumerable<Difference> Of(Type suite, string member, string commands, string why) =>
        from method in suite.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(FactAttribute))
        let test = $"{suite.Name.Split('`')[0]}.{method.Name}"
        where !NothingSent.Contains(test)
        orderby test
        select new Difference(test, member, "`CommandNotSupportedException`.", string.Format(null, why, commands))
        {
            Error = typeof(CommandNotSupportedException),
        };
}
