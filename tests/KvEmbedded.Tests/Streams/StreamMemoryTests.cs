using KvEmbedded.Streams;
using KvEmbedded.Tests.SortedSets;

namespace KvEmbedded.Tests.Streams;

/// <summary>Alone in the process: the garbage collector's figures are those of everybody.</summary>
[Collection("Memory figures")]
public sealed class StreamMemoryTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(3_000)]
    [InlineData(200_000)]
    public void Memory_is_what_the_garbage_collector_says(int count)
    {
        var streams = Math.Max(1, 200_000 / count);
        var ratio = Heap.Accounted(
            () => Enumerable.Range(0, streams).Select(_ => Filled(count)).ToArray(), static logs => logs.Sum(static log => log.MemoryBytes));

        Assert.InRange(ratio, 0.95, 1.05);
    }

    [Fact]
    public void Groups_and_what_is_pending_are_accounted_and_given_back()
    {
        var ratio = Heap.Accounted(() => Delivered(100_000), static log => log.MemoryBytes);
        Assert.InRange(ratio, 0.95, 1.05);

        var log = Delivered(100_000);
        var (full, group) = (log.MemoryBytes, log.Groups[0]);
        for (var i = 0; i < 100_000; i++) log.Settle(group, IdOf(i));
        Assert.InRange(log.MemoryBytes, 0, Filled(100_000).MemoryBytes + 20_000);
        log.TrimToCount(0, false, long.MaxValue);
        Assert.InRange(log.MemoryBytes, 0, 30_000);
        log.RemoveGroup(group);
        log.CheckInvariants();
        Assert.True(full > 5_000_000);
    }

    [Fact]
    public void A_small_stream_with_a_group_takes_few_bytes()
    {
        var ratio = Heap.Accounted(
            static () => Enumerable.Range(0, 10_000).Select(static _ => Small()).ToArray(), static logs => logs.Sum(static log => log.MemoryBytes));
        Assert.InRange(ratio, 0.95, 1.05);

        var (log, bare) = (Small(), Filled(1));
        log.CheckInvariants();
        Assert.InRange(bare.MemoryBytes, 0, 600);
        Assert.InRange(log.MemoryBytes - bare.MemoryBytes, 0, 1_000);
        ((StreamLog)log.Copy()).CheckInvariants();

        static StreamLog Small()
        {
            var log = Filled(1);
            var group = log.AddGroup("g"u8, default);
            log.SetPending(group, new PendingRecord(IdOf(0), 0, 1, log.AddConsumer(group, "alice"u8, 0).Number));
            return log;
        }
    }

    [Fact]
    public void A_short_entry_takes_few_bytes() => Assert.InRange(Filled(100_000).MemoryBytes / 100_000.0, 0, 20);

    [Fact]
    public void Nothing_is_allocated_by_a_delivery_that_is_settled_at_once()
    {
        var log = Delivered(1_000);
        var (group, consumer) = (log.Groups[0], log.Groups[0].Consumers[0]);
        for (var i = 0; i < 1_000; i++) log.Settle(group, IdOf(i));
        Work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Work();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Work()
        {
            for (var i = 0; i < 1_000; i++)
            {
                log.SetPending(group, new PendingRecord(IdOf(i), i, 1, consumer.Number));
                log.Settle(group, IdOf(i));
            }
        }
    }

    private static StreamId IdOf(int number) => new(1_700_000_000_000 + (ulong)(number / 3), (ulong)(number % 3));

    private static StreamLog Filled(int count)
    {
        var log = new StreamLog();
        var fields = LogText.Fields("temperature=21.5").Bytes;
        for (var i = 0; i < count; i++) log.Append(IdOf(i), 1, fields);
        return log;
    }

    private static StreamLog Delivered(int count)
    {
        var log = Filled(count);
        var group = log.AddGroup("g"u8, default);
        StreamConsumer[] consumers = [log.AddConsumer(group, "alice"u8, 0), log.AddConsumer(group, "bob"u8, 0)];
        for (var i = 0; i < count; i++) log.SetPending(group, new PendingRecord(IdOf(i), i, 1, consumers[i % 2].Number));
        return log;
    }
}
