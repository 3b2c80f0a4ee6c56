using KvEmbedded.Conformance;
using KvEmbedded.Tests.Conformance;

namespace KvEmbedded.Tests.Differential;

/// <summary>All differences that are meant. <c>Differences.md</c> is made from this table.</summary>
internal static class KnownDifferences
{
    public static readonly KnownDifference RangeBeforeTheStart = new(
        "IKvString.GetRangeAsync", "A range that ends before the first byte is empty.",
        "`GETRANGE` moves such an end to the first byte and answers that byte.", "It is a slip of Redis, and .NET ranges are half open.");

    public static readonly KnownDifference BitRangeBeforeTheStart = new(
        "IBitmap.CountAsync, IBitmap.FindAsync", "A range that ends before the first byte or bit is empty.",
        "`BITCOUNT` and `BITPOS` move such an end to the first byte or bit.", "As with `GETRANGE`: .NET ranges are half open.");

    public static readonly KnownDifference LongerStringsCompared = new(
        "IKvString.GetCommonSubsequence…Async", "Strings whose lengths multiply to at most 2^30 bytes.",
        "`LCS` answers with an error where its table of 4 bytes a cell would be beyond 512 MiB, at 2^27.", "Our table has one bit a cell.");

    private static readonly KnownDifference[] All =
    [
        RangeBeforeTheStart,
        BitRangeBeforeTheStart,
        LongerStringsCompared,
        new("ICounter.GetFloatAsync, ICounter.IncrementFloatAsync, IHash.IncrementFloatAsync", "Numbers are decimal.", "`INCRBYFLOAT` also takes hexadecimal ones, `0x1A`.",
            "Nobody means them; C's `strtold` lets them in."),
        new("IKeys.RenameAsync", "A missing source answers false.", "`RENAME` answers an error.", "Absence is an answer, never an error."),
        new("IKvList.SetAsync", "A missing key and an index outside of the list answer false.", "`LSET` answers an error.", "Absence is an answer, never an error."),
        new("IKeys.CountAsync", "Keys that have expired do not count.", "`DBSIZE` counts them until they are removed.",
            "An expired key is missing to everyone, at once."),
        new("IKeys.ExpireAsync, Expiration.In", "Resolution 100 ns; a time that is too long to count lasts for the longest there is.",
            "Resolution 1 ms; a time that is too long is an error.", "`TimeSpan.MaxValue` is how .NET says for ever."),
        new("ICounter.GetAndResetAsync", "A string that is no integer is an error, and stays.", "`SET key 0 GET` answers any string and replaces it.",
            "The answer is a number; nothing is thrown away that cannot be answered."),
        new("ICounter.IncrementFloatAsync, IHash.IncrementFloatAsync", "Decimal addition as long as 28 digits are enough, else that of doubles.",
            "Addition of the machine's extended doubles.", "The answer is the same on every machine."),
        new("IBitmap.SetFieldAsync, RunFieldsAsync: saturating", "A number that is too low becomes the least of the field.",
            "`SET` of numbers near -2^63 into a signed field makes it the greatest.", "A subtraction overflows there."),
        new("IHyperLogLog: damaged registers", "Every command refuses them.",
            "A command notices only the damage that it meets on its way; `PFCOUNT` also answers an estimate that was kept.",
            "A value is read whole before it is believed."),
        new("IKvString.GetCommonSubsequenceMatchesAsync", "The first run comes first.", "`LCS IDX` has the last run first.",
            "Runs are read from the start."),
        new("ISortedSets.GetIntersectionAsync, StoreIntersectionAsync", "Infinity times a weight of 0 is 0, as in unions.",
            "It is 0 in `ZUNION`, but in `ZINTER` of the first set only: in the others NaN meets the aggregate.",
            "One rule for both; what NaN does there depends on the sizes of the sets."),
        new("IGeoIndex.SearchAsync", "An area that reaches over a pole, and members on longitude 180 or the highest latitude itself, are searched like all others.",
            "`GEOSEARCH` leaves out what lies east and west of an area that reaches over a pole, and finds members on the limits from there alone.",
            "A search finds what is there: it is tested to be the same as looking at every member."),
        new("IGeoIndex.SearchAsync, StoreSearchAsync", "A search around a missing member finds nothing and stores nothing.",
            "`GEOSEARCH` answers an error.", "Absence is an answer, never an error."),
        new("ISortedSet: a score of -0", "It stays -0.", "Small sets lose the sign, large ones keep it.", "One answer for all sizes."),
        new("IConsumerGroup, reads and claims", "A consumer is there from its first attempt on, also if that gets nothing.",
            "7.0 creates it with its first entry; 7.2 as here.", "Who waits is a consumer, with an idle time."),
        new("IConsumerGroup.ReadAsync, IStreams.ReadGroupAsync that wait", "The key deleted: `NoSuchGroupException`; replaced by another type: `WrongTypeException`.",
            "7.0 answers `UNBLOCKED` to both; 7.2 as here.", "The same errors as a moment later."),
        new("IConsumerGroup.ReadPendingAsync behind the greatest id", "Empty.", "`XREADGROUP` takes that id for `>` and delivers new entries.", "It is a slip of Redis."),
        new("IStream.TrimAsync, approximate", "Whole pages of ours go; one begins anew where the last id was set back over removed entries.",
            "Whole nodes of its own, which go on there.", "How much is left over is not promised."),
        new("IStream.AddAsync, NewStreamId.InMillisecond", "A millisecond whose numbers are used up: `StreamIdNotGreaterException`.",
            "`XADD ms-*` says that the elements are too large.", "It is a slip of Redis."),
    ];

    public static string Table() => string.Join('\n',
    [
        "# Where the embedded keyspace differs from Redis 7.0 on purpose",
        "",
        "The same commands run on both and are compared (see this folder's `Differential`); all else that differs is a bug.",
        "This file is written from `Differential/KnownDifferences.cs`; a test holds both together.",
        "",
        "| Member | Here | Redis | Why |",
        "|---|---|---|---|",
        .. All.Select(difference => $"| {difference.Member} | {difference.Here} | {difference.Redis} | {difference.Why} |"),
        "",
        "# What `RedisKeyspace` has been tried on",
        "",
        "The contract suites run on redis-server 7.0 and on Garnet 2.2. What neither has was built after the documentation and is checked",
        "on scripted answers alone (`SketchWordsTests`, `DigestWordsTests`, `NewerWordsTests`): filters, sketches, t-digests, and the",
        "commands that came after Redis 7.0. Of those the times to live of fields run for real on Garnet, and nowhere else.",
        "",
        .. Section("Where `RedisKeyspace` on redis-server 7.0 differs from what the interfaces promise", RedisDifferences.All),
        .. Section("Where `RedisKeyspace` on Garnet 2.2 differs from what the interfaces promise", GarnetDifferences.All),
    ]);

    private static IEnumerable<string> Section(string title, IEnumerable<Difference> differences) =>
    [
        $"# {title}",
        "",
        "The contract suites run there too; the test named in a line asserts the difference.",
        "",
        "| Member | There | Why | Test |",
        "|---|---|---|---|",
        .. differences.GroupBy(static line => (line.Member, line.There, line.Why))
            .Select(static line => $"| {line.Key.Member} | {line.Key.There} | {line.Key.Why} | {Tests([.. line])} |"),
        "",
    ];

    /// <summary>The tests of one line; of many, the suite and their number.</summary>
    private static string Tests(IReadOnlyList<Difference> lines) =>
        lines.Count > 2
            ? $"{lines[0].Test.Split('.')[0]}, {lines.Count} tests"
            : string.Join("; ", lines.Select(static line => line.Test.Replace('_', ' ')));
}
