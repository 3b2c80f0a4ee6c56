using KvEmbedded.Redis.Connection;
using StackExchange.Redis;

namespace KvEmbedded.Redis.Strings;

internal sealed partial class RedisString
{
    /// <summary>Steps that the server allows: its table has 4 bytes for each, and at most 512 MiB in all.</summary>
    private const long StepsMax = 1L << 27;

    public ValueTask<KvValue> GetCommonSubsequenceAsync(KvKey other, CancellationToken cancellationToken) =>
        door.RunAsync(Compare(other), Reply.Value, cancellationToken);

    public ValueTask<int> GetCommonSubsequenceLengthAsync(KvKey other, CancellationToken cancellationToken) =>
        door.RunAsync(Compare(other, "LEN"), Reply.Length, cancellationToken);

    public ValueTask<CommonSubsequenceMatches> GetCommonSubsequenceMatchesAsync(
        KvKey other, int matchLengthMin, CancellationToken cancellationToken) =>
        door.RunAsync(
            Compare(other, "IDX", "MINMATCHLEN", ((KvValue)(long)matchLengthMin).ToString()), MatchesIn, cancellationToken);

    private Command Compare(KvKey other, params string[] options)
    {
        var otherKey = door.Encode(other);
        return new Command("LCS", KeyType.String) { key, otherKey, options }
            .FailsIf("Insufficient memory", async door => await door.RunTogetherAsync(
                [new Command("STRLEN", KeyType.String) { key }, new Command("STRLEN", KeyType.String) { otherKey }],
                lengths => new ComparisonTooLargeException(
                    ServerDoor.Whole(key), (long)lengths[0], ServerDoor.Whole(otherKey), (long)lengths[1], StepsMax),
                CancellationToken.None).ConfigureAwait(false));
    }

    /// <summary>The server answers names and what they stand for, and has the last run first.</summary>
    private static CommonSubsequenceMatches MatchesIn(RedisResult answer)
    {
        var facts = Reply.Pairs(answer, static (name, value) => (Name: (string)name!, Value: value)).ToDictionary(fact => fact.Name, fact => fact.Value);
        var matches = Reply.Each(facts["matches"], static match =>
        {
            var start = (int)match[0][0];
            return new CommonSubsequenceMatch(start, (int)match[1][0], (int)match[0][1] - start + 1);
        });
        Array.Reverse(matches);
        return new CommonSubsequenceMatches((int)facts["len"], matches);
    }
}
