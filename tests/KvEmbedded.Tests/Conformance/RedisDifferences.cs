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
        new("WaitingPollTests.A_key_that_comes_to_hold_another_type_ends_a_wait_at_several", "Members that wait at several keys",
            "`WrongTypeException` if one of the keys comes to hold another data type meanwhile; nothing is taken.",
            "They ask again and again, and the server says so each time. Embedded, as `BLPOP` on a server, such a key is passed over."),
        new("ServerDifferenceTests.The_count_may_have_keys_that_have_expired", "IKeys.CountAsync",
            "Keys that have expired count until they are removed.", "`DBSIZE` does; a view, which counts its keys one by one, does not have them."),
        new("ServerDifferenceTests.A_scan_may_return_a_key_twice_while_keys_go", "Scans",
            "What is there throughout comes at least once, and twice where the server's table becomes smaller meanwhile.",
            "That is what `SCAN` and its kin promise."),
        new("ServerDifferenceTests.Any_cursor_is_one", "Scans in pages", "A cursor that nobody gave out is no error.", "The server cannot tell."),
        new("ServerDifferenceTests.Times_are_whole_milliseconds", "Times to live, moments",
            "Whole milliseconds: times are rounded up, moments down.", "So the server counts."),
        new("ServerDifferenceTests.A_set_is_a_sorted_set_whose_scores_are_1", "ISortedSets: keys that are read",
            "A set counts as a sorted set whose scores are all 1.", "`ZUNION` and its kin read both."),
        new("ServerErrorTextTests.Times_of_fields_are_no_longer_than_the_server_takes", "IHash: times to live of fields",
            "At most 2^47 milliseconds, which is 4,459 years.", "`HPEXPIRE` refuses moments beyond 2^48 milliseconds."),
        new("ServerErrorTextTests.More_words_than_one_call_takes_are_not_sent", "Members that take collections",
            "`ArgumentException` for more than 1,048,575 arguments.", "Servers take no longer commands; several would not be one step."),
        new("ChannelPrefixTests.A_channel_without_a_name_cannot_be_subscribed_to", "IPubSub.SubscribeAsync",
            "`ArgumentException` for an empty channel or pattern without a prefix.", "The client library knows no such channel."),
        new("ServerDifferenceTests.An_error_inside_of_a_list_is_an_answer_that_is_lost",
            "IBloomFilter.AddAsync, InsertAsync, ICountMinSketch.IncrementAsync of several",
            "`OutcomeUnknownException` where the server takes some and refuses others, such as a filter that becomes full.",
            "The client library (StackExchange.Redis 3.4) reads no error inside of a list."),
        Lacks("StreamContract.Entries_are_removed_with_their_references_or_only_if_they_have_none", "IStream.RemoveAsync with references", "XDELEX"),
        Lacks("ConsumerGroupContract.Entries_are_acknowledged_and_removed_in_one_step", "IConsumerGroup.AcknowledgeAndRemoveAsync with references", "XACKDEL"),
        Lacks("ConsumerGroupContract.Entries_are_given_back_and_taken_over_by_whoever_reads_next", "IConsumerGroup.ReleaseAsync", "XNACK"),
        Lacks("StreamWaitingContract.Who_waits_takes_over_what_has_become_idle_meanwhile", "IConsumerGroup.ReadOrClaimAsync", "XREADGROUP … CLAIM"),
        Lacks("NewerBitmapsContract.The_first_string_has_a_part_of_its_own", "IBitmaps.CombineAsync, the operations of Redis 8.2",
            "BITOP DIFF, DIFF1, ANDOR and ONE"),
        .. SketchDifferences.On("Redis 7.0 has {0} in a module alone."),
        Lacks("HashExpiryContract.A_field_that_has_expired_is_missing", "IHash.ExpireFieldAsync, ExpireFieldsAsync", "HPEXPIRE"),
        Lacks("HashExpiryContract.A_condition_is_asked_of_each_field", "IHash.ExpireFieldAsync, ExpireFieldsAsync with a condition", "HPEXPIRE"),
        Lacks("HashExpiryContract.A_condition_is_asked_before_a_field_is_removed", "IHash.ExpireFieldsAsync, zero, with a condition", "HPEXPIRE"),
        Lacks("HashExpiryContract.A_time_to_live_of_nothing_removes_the_field", "IHash.ExpireFieldAsync, ExpireFieldsAsync, zero", "HPEXPIRE"),
        Lacks("HashExpiryContract.Fields_expire_at_a_moment", "IHash.ExpireFieldAtAsync, ExpireFieldsAtAsync", "HPEXPIREAT"),
        Lacks("HashExpiryContract.A_field_says_whether_it_is_there_whether_it_expires_and_when", "IHash.GetFieldLifetimeAsync, GetFieldLifetimesAsync", "HPTTL"),
        Lacks("HashExpiryContract.A_time_to_live_is_taken_away", "IHash.PersistFieldAsync, PersistFieldsAsync", "HPERSIST"),
        Lacks("HashExpiryContract.Setting_takes_a_time_to_live_away_and_adding_keeps_it", "IHash.SetAsync, IncrementAsync of a field that expires", "HPEXPIRE"),
        Lacks("HashExpiryContract.Fields_are_set_together_with_their_time_to_live", "IHash.SetAsync with a time to live", "HPEXPIRE"),
        Lacks("HashExpiryContract.Fields_are_read_and_given_a_time_to_live", "IHash.GetAndExpireAsync", "HPEXPIRE"),
        Lacks("HashExpiryContract.A_key_of_another_type_has_no_fields_that_expire", "Fields that expire, in a key of another type", "HPEXPIRE"),
    ];

    /// <summary>A command that Redis 7.0 does not have.</summary>
    internal static Difference Lacks(string test, string member, string command) =>
        new(test, member, "`CommandNotSupportedException`.", $"Redis 7.0 does not have {command}.") { Error = typeof(CommandNotSupportedException) };
}
