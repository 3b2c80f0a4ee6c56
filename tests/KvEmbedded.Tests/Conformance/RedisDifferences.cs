using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

/// <summary>
/// Where a keyspace on redis-server 7.0 differs from what the interfaces promise. <c>Differences.md</c> is made from this table
/// (run <c>DifferencesTests</c> with KVEMBEDDED_WRITE_DIFFERENCES=1).
/// </summary>
/// <remarks>
/// To add a line: name the contract test that fails, as <c>Suite.Test</c>; the member; what it does there; and why. A command that
/// the server lacks is <see cref="Lacks"/>. For anything else give <see cref="Difference.Error"/> or
/// <see cref="Difference.Instead"/>: the test then asserts that. Of a theory, <see cref="Difference.Case"/> picks cases. A test
/// that is no contract test may be named too: one that shows the difference by itself.
/// </remarks>
internal static class RedisDifferences
{
    public static IReadOnlyList<Difference> All { get; } =
    [
        new("WaitingPollTests.Who_came_last_may_be_served_first", "Members with a waiting time",
            "Those who wait are not served in the order in which they came.", "They ask again and again; one connection is shared, so none may block it."),
        new("ExpiredKeysTests.The_count_may_have_keys_that_have_expired", "IKeys.CountAsync", "Keys that have expired count until they are removed.",
            "`DBSIZE` does; a view, which counts its keys one by one, does not have them."),
    ];

    /// <summary>A command that Redis 7.0 does not have.</summary>
    internal static Difference Lacks(string test, string member, string command) =>
        new(test, member, "`CommandNotSupportedException`.", $"Redis 7.0 does not have {command}.") { Error = typeof(CommandNotSupportedException) };
}
