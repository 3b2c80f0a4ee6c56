using System.Globalization;

namespace KvEmbedded.Tests.Differential;

/// <summary>Commands of <see cref="IHyperLogLog"/> and <see cref="IHyperLogLogs"/>.</summary>
internal static class HyperLogLogCommands
{
    public static readonly Func<Draw, ScriptCommand>[] All =
        [Add, Add, AddMany, AddMany, AddVeryMany, Count, Count, CountUnion, Merge, Merge, Damage];

    private static ScriptCommand Add(Draw draw)
    {
        var (key, element) = (draw.Key(), draw.Chance(30) ? draw.Value() : Element(draw.Number(0, 100_000)));
        return ScriptCommand.Of(keyspace => keyspace.HyperLogLog(key).AddAsync(element), Answer.YesNo, "PFADD", Draw.Word(key), element);
    }

    private static ScriptCommand AddMany(Draw draw) => AddSome(draw, draw.Number(0, 60));

    // A good thousand is where the sparse form ends.
    private static ScriptCommand AddVeryMany(Draw draw) => AddSome(draw, draw.Of(500, 1_000, 1_500, 4_000));

    private static ScriptCommand AddSome(Draw draw, int count)
    {
        var (key, from) = (draw.Key(), draw.Number(0, 100_000));
        KvValue[] elements = [.. Enumerable.Range(from, count).Select(Element)];
        return ScriptCommand.Of(keyspace => keyspace.HyperLogLog(key).AddAsync(elements), Answer.YesNo, ["PFADD", Draw.Word(key), .. elements]);
    }

    private static ScriptCommand Count(Draw draw)
    {
        var key = draw.Key();
        return ScriptCommand.Of(keyspace => keyspace.HyperLogLog(key).CountAsync(), Answer.Plain, "PFCOUNT", Draw.Word(key));
    }

    private static ScriptCommand CountUnion(Draw draw)
    {
        var keys = draw.SomeKeys();
        return ScriptCommand.Of(keyspace => keyspace.HyperLogLogs.CountUnionAsync(keys), Answer.Plain, ["PFCOUNT", .. Draw.Words(keys)]);
    }

    private static ScriptCommand Merge(Draw draw)
    {
        var (destination, keys) = (draw.Key(), draw.SomeKeys());
        return ScriptCommand.Of(
            async keyspace =>
            {
                await keyspace.HyperLogLogs.MergeAsync(destination, keys);
                return true;
            },
            Answer.YesNo, ["PFMERGE", Draw.Word(destination), .. Draw.Words(keys)]);
    }

    // What is written into the header leaves one that is none, or that has another estimate. See KnownDifferences for other damage.
    private static ScriptCommand Damage(Draw draw)
    {
        var (key, at) = (draw.Key(), draw.Of(0, 4, 5, 8, 15));
        var value = at == 4 ? [2] : draw.Of<byte[]>([0], [1], [0x80]);
        return draw.Chance(80)
            ? Count(draw)
            : ScriptCommand.Of(keyspace => keyspace.String(key).SetRangeAsync(at, value), Answer.Plain, "SETRANGE", Draw.Word(key), at, value);
    }

    private static KvValue Element(int number) => number.ToString("'visitor:'0", CultureInfo.InvariantCulture);
}
