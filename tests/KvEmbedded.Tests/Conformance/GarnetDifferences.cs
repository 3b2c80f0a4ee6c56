using KvEmbedded.Conformance;

namespace KvEmbedded.Tests.Conformance;

/// <summary>Where a keyspace on Garnet 2.2 differs from what the interfaces promise. See <see cref="RedisDifferences"/> for how a line is added.</summary>
internal static class GarnetDifferences
{
    private const string NotThere = "`CommandNotSupportedException`.";

    public static IReadOnlyList<Difference> All { get; } =
    [
        Lacks("KeysContract.Touching_a_key_asks_whether_it_exists", "IKeys.TouchAsync", "TOUCH"),
        Lacks("KeysContract.A_key_named_twice_exists_twice_and_is_deleted_once", "IKeys.TouchAsync (several keys)", "TOUCH"),
        Lacks("KeysContract.A_copy_has_nothing_to_do_with_its_source", "IKeys.CopyAsync", "COPY"),
        Lacks("KeysContract.Copying_spares_a_key_that_is_there_unless_told_otherwise", "IKeys.CopyAsync, Overwrite", "COPY"),
        Lacks("ExpiryContract.A_renamed_key_and_a_copy_end_when_their_source_would_have", "IKeys.CopyAsync of a key that expires", "COPY"),
        Lacks("StringContract.Setting_says_anew_when_the_key_ends", "IKvString.SetAsync with a moment", "SET … PXAT"),
        new("StringContract.Reading_may_say_anew_when_the_key_ends", "IKvString.GetAndExpireAsync with a past moment",
            "The key stays.", "Its GETEX takes no past moments.")
        {
            Instead = async keyspace =>
            {
                await keyspace.Strings.SetAsync("a", "x");
                await keyspace.String("a").GetAndExpireAsync(DateTimeOffset.UnixEpoch.AddDays(1));
                Assert.True(await keyspace.Keys.ExistsAsync("a"));
            },
        },
        new("StringContract.Writing_into_a_value_fills_gaps_with_zeros", "IKvString.SetRangeAsync of nothing",
            "Writes zeros up to the offset.", "Its SETRANGE does not look whether there is something to write.")
        {
            Instead = async keyspace => Assert.Equal(5, await keyspace.String("a").SetRangeAsync(5, "")),
        },
        new("StringContract.A_key_of_another_type_is_an_error_and_stays_as_it_is", "IKvString.CompareAndSetAsync, CompareAndDeleteAsync",
            "A key of another type counts as one that is not the expected value.", "GET in its scripts does not tell of other types.")
        {
            Instead = async keyspace =>
            {
                await keyspace.SortedSet("a").AddAsync("member", 1);
                Assert.False(await keyspace.String("a").CompareAndSetAsync("x", "y"));
            },
        },
        new("CounterContract.A_key_of_another_type_is_an_error", "ICounter.IncrementAsync within bounds, GetAndResetAsync",
            "A key of another type is overwritten.", "GET in its scripts does not tell of other types.")
        {
            Instead = async keyspace =>
            {
                await keyspace.SortedSet("a").AddAsync("member", 1);
                Assert.Equal(new IncrementResult(1, 1, false), await keyspace.Counter("a").IncrementAsync(1, new IncrementOptions()));
            },
        },
        new("CounterContract.A_sum_beyond_64_bits_is_an_error_and_changes_nothing", "ICounter.IncrementAsync",
            "`NotANumberException` where the sum is beyond 64 bits.", "Its INCRBY tells the two errors with one text.")
        {
            Error = typeof(NotANumberException),
        },
        new("SortedSetContract.A_key_of_another_type_is_an_error_also_to_those_who_ask_it_for_nothing", "ISortedSet.GetRandomAsync(0)",
            "Empty, also for a key of another type.", "Its ZRANDMEMBER does not look at the key then.")
        {
            Instead = async keyspace =>
            {
                await keyspace.Strings.SetAsync("a", "x");
                Assert.Empty(await keyspace.SortedSet("a").GetRandomAsync(0));
            },
        },
        new("KeyspaceContract.Key_events_come_in_the_order_of_commits_without_the_prefix", "IKeyspace.SubscribeToEventsAsync", NotThere,
            "Garnet does not tell of changes of keys.") { Error = typeof(CommandNotSupportedException) },
        Geohashes("A_place_is_kept_to_half_a_metre_and_what_is_missing_has_none", "IGeoIndex.GetPositionAsync"),
        Geohashes("Distances_come_in_any_unit", "IGeoIndex.GetDistanceAsync"),
        Geohashes("A_match_tells_distance_place_and_hash", "IGeoIndex.SearchAsync"),
        Geohashes("A_result_can_be_stored_with_hashes_or_distances", "IGeoIndex.StoreSearchAsync"),
        Geohashes("It_is_a_sorted_set", "IGeoIndex.AddAsync"),
    ];

    private static Difference Lacks(string test, string member, string command) =>
        new(test, member, NotThere, $"It does not have {command}.") { Error = typeof(CommandNotSupportedException) };

    private static Difference Geohashes(string test, string member) => new(
        $"GeoIndexContract.{test}", member, "Scores are other numbers, places and distances differ by half a metre.",
        "Its geohashes span all latitudes, those of Redis those of web maps.")
    {
        Instead = async keyspace =>
        {
            await keyspace.GeoIndex("g").AddAsync("palermo", new GeoPoint(13.361389, 38.115556));
            Assert.Equal(3476004292229755, await keyspace.SortedSet("g").GetScoreAsync("palermo"));
        },
    };
}
