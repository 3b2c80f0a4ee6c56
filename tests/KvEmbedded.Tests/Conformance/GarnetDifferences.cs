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
        Lacks("HashContract.A_copy_of_a_hash_has_nothing_to_do_with_it", "IKeys.CopyAsync of a hash", "COPY"),
        new("HashExpiryContract.A_condition_is_asked_before_a_field_is_removed", "IHash.ExpireFieldsAsync, zero, with a condition",
            "The field is removed whatever the condition.", "Its HPEXPIRE looks at the time first.")
        {
            Instead = async keyspace =>
            {
                await keyspace.Hash("a").SetAsync("x", 1);
                Assert.Equal(
                    [FieldExpireResult.Removed], await keyspace.Hash("a").ExpireFieldsAsync(["x"], TimeSpan.Zero, ExpireWhen.WithExpiration));
            },
        },
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
        new("SetsContract.An_intersection_that_is_empty_already_still_refuses_what_is_no_set", "IKvSets.GetIntersectionAsync",
            "Empty where a key before is missing, also for a key of another type.", "Its SINTER does not look at the keys behind a missing one.")
        {
            Instead = async keyspace =>
            {
                await keyspace.SortedSet("sorted").AddAsync("member", 1);
                Assert.Empty(await keyspace.Sets.GetIntersectionAsync(["missing", "sorted"]));
            },
        },
        new("BitmapContract.A_clear_bit_is_found_behind_an_open_end_and_in_a_missing_key", "IBitmap.FindAsync of a clear bit, open range",
            "Null where all bits are set.", "Its BITPOS does not look behind the end.")
        {
            Instead = async keyspace =>
            {
                await keyspace.Strings.SetAsync("a", new byte[] { 0xFF });
                Assert.Null(await keyspace.Bitmap("a").FindAsync(false));
            },
        },
        new("BitmapContract.A_number_that_does_not_fit_wraps_saturates_or_is_refused", "IBitmap.IncrementFieldAsync, saturating",
            "An unsigned field that falls far below 0 gets its greatest number.", "Its BITFIELD looks at the lowest bits of the sum.")
        {
            Instead = async keyspace =>
            {
                await keyspace.Bitmap("a").SetFieldAsync(BitFieldType.Unsigned(8).At(0), 255);
                Assert.Equal(255, await keyspace.Bitmap("a").IncrementFieldAsync(BitFieldType.Unsigned(8).At(0), -300, BitOverflow.Saturate));
            },
        },
        new("BitmapContract.Operations_on_fields_are_one_step_and_each_sees_the_ones_before", "IBitmap.RunFieldsAsync",
            "The overflow of the last operation is that of all.", "Its BITFIELD reads all words first.")
        {
            Instead = async keyspace =>
            {
                var field = BitFieldType.Signed(64).At(0);
                var answers = await keyspace.Bitmap("a").RunFieldsAsync(
                [
                    BitFieldOperation.Set(field, long.MaxValue), BitFieldOperation.Increment(field, 1, BitOverflow.Fail),
                    BitFieldOperation.Increment(field, 1),
                ]);
                Assert.Equal(long.MinValue, answers[1]);
            },
        },
        new("GarnetBitOperationTests.Combining_strings_breaks_the_connection", "IBitmaps.CombineAsync", "`OutcomeUnknownException`.",
            "Its BITOP ends the connection. The suite does not run there: it would disturb those that do."),
        new("HyperLogLogContract.The_estimate_is_that_of_Redis", "IHyperLogLog.CountAsync", "Another estimate, of about the same error.",
            "Its hash is another one.")
        {
            Case = "count: 1000",
            Instead = async keyspace =>
            {
                await keyspace.HyperLogLog("a").AddAsync([.. Enumerable.Range(0, 1_000).Select(static i => (KvValue)i)]);
                Assert.InRange(await keyspace.HyperLogLog("a").CountAsync(), 950, 1_050);
            },
        },
        new("HyperLogLogContract.The_value_is_a_string_with_the_bytes_of_Redis", "IHyperLogLog", "The stored bytes are its own.",
            "Values go neither to Redis nor back.")
        {
            Instead = async keyspace =>
            {
                await keyspace.HyperLogLog("a").AddAsync("x");
                Assert.False((await keyspace.Strings.GetAsync("a")).ToString()!.StartsWith("HYLL", StringComparison.Ordinal));
            },
        },
        new("HyperLogLogContract.No_element_makes_a_missing_key", "IHyperLogLog.AddAsync of no element", "False.", "Its PFADD has changed no register then.")
        {
            Instead = async keyspace => Assert.False(await keyspace.HyperLogLog("a").AddAsync([])),
        },
        new("HyperLogLogContract.Merging_nothing_makes_one_that_has_seen_nothing", "IHyperLogLogs.MergeAsync of missing keys", "Makes no key.",
            "Its PFMERGE writes only what it has read.")
        {
            Instead = async keyspace =>
            {
                await keyspace.HyperLogLogs.MergeAsync("to", ["missing"]);
                Assert.False(await keyspace.Keys.ExistsAsync("to"));
            },
        },
        new("HyperLogLogContract.Adding_and_merging_keep_the_time_to_live", "IHyperLogLog.AddAsync", "A value that grows loses its time to live.",
            "Its PFADD writes it anew.")
        {
            Instead = async keyspace =>
            {
                await keyspace.HyperLogLog("a").AddAsync("x");
                await keyspace.Keys.ExpireAsync("a", TimeSpan.FromHours(1));
                await keyspace.HyperLogLog("a").AddAsync([.. Enumerable.Range(0, 20_000).Select(static i => (KvValue)i)]);
                Assert.Null(await keyspace.HyperLogLog("a").GetTimeToLiveAsync());
            },
        },
        new("HyperLogLogContract.A_key_of_another_type_is_an_error_and_stays_as_it_is", "IHyperLogLog, IHyperLogLogs",
            "`NotAHyperLogLogException` for a key of another type.", "It has one text for both.")
        {
            Error = typeof(NotAHyperLogLogException),
        },
        new("HyperLogLogContract.Damaged_registers_are_an_error", "IHyperLogLog, IHyperLogLogs",
            "`NotAHyperLogLogException` for damaged registers.", "It has one text for both.")
        {
            Error = typeof(NotAHyperLogLogException),
        },
        new("HyperLogLogContract.Another_string_is_an_error_and_stays_as_it_is", "IHyperLogLogs.MergeAsync into another string",
            "Is no error.", "Its PFMERGE does not look at the destination.")
        {
            Instead = async keyspace =>
            {
                await keyspace.Strings.SetAsync("a", "another string");
                await keyspace.HyperLogLog("b").AddAsync("x");
                await keyspace.HyperLogLogs.MergeAsync("a", ["b"]);
            },
        },
        Lacks("GarnetStreamTests.It_has_no_streams", "IStream, IStreams, IConsumerGroup", "any command of streams"),
        .. SketchDifferences.On("It does not have {0}."),
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
