using System.Buffers.Binary;
using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.KeyTableWorld;

namespace KvEmbedded.Tests.Engine;

/// <summary>
/// Readers on other threads while the one writer overwrites, removes, puts back, splits and merges. A value proves itself:
/// every byte of it follows from its key and a number.
/// </summary>
public sealed class KeyTableConcurrencyTests
{
    private const int Stable = 64;
    private const int Comers = 400;
    private const int Steps = 300_000;

    [Theory]
    [InlineData(Crowded, 1)]
    [InlineData(40, 2)]
    [InlineData(672, 3)]
    public async Task No_reader_sees_a_torn_value_or_misses_a_key_that_is_always_there(int fullAt, int seed)
    {
        var table = new KeyTable(fullAt);
        for (var number = 0; number < Stable; number++) table.PutString(Key(number), Hash(number), Value(number, 0, 24));
        using var stop = new CancellationTokenSource();
        var readers = new[] { 1, 2 }
            .Select(reader => Task.Factory.StartNew(
                () => ReadAll(table, new Random(seed + reader), stop.Token), TaskCreationOptions.LongRunning))
            .ToArray();
        Write(table, new Random(seed));
        await stop.CancelAsync();
        var answers = await Task.WhenAll(readers);
        table.CheckInvariants();
        Assert.All(answers, answered => Assert.True(answered > 0, "A reader got no answer at all."));
    }

    [Fact]
    public async Task A_long_value_overwritten_in_place_all_the_time_is_never_torn()
    {
        var table = new KeyTable();
        var fills = new byte[8][];
        for (var fill = 0; fill < fills.Length; fill++)
        {
            fills[fill] = new byte[4000 - (fill * 30)];
            fills[fill].AsSpan().Fill((byte)fill);
        }

        var owner = table.PutString(Key(0), 1, fills[0]);
        await Beside(
            () =>
            {
                for (var step = 0; step < 200_000; step++) Assert.Same(owner, table.PutString(Key(0), 1, fills[step % 8]));
            },
            () =>
            {
                var read = table.Read(Key(0), 1);
                if (read.Outcome == ReadOutcome.Busy) return;
                Assert.Equal(ReadOutcome.Bytes, read.Outcome);
                Assert.True(fills[read.Bytes[0]].AsSpan().SequenceEqual(read.Bytes), "A torn value.");
            });
    }

    [Fact]
    public async Task A_key_is_never_missed_while_its_segment_splits_and_merges_all_the_time()
    {
        // One segment has room for the three keys that stay; twelve more come and go, and with them further segments.
        var table = new KeyTable(2 * Crowded);
        for (var number = 0; number < 3; number++) table.PutString(Key(number), Near(number), Key(number));
        await Beside(
            () =>
            {
                for (var step = 0; step < 15_000; step++)
                {
                    for (var number = 3; number < 15; number++) table.PutString(Key(number), Near(number), Key(number));
                    for (var number = 3; number < 15; number++)
                    {
                        table.TryFind(Key(number), Near(number), out var location);
                        table.Remove(location);
                    }
                }
            },
            () =>
            {
                for (var number = 0; number < 3; number++)
                {
                    var read = table.Read(Key(number), Near(number));
                    Assert.Equal(ReadOutcome.Bytes, read.Outcome);
                    Assert.Equal(Key(number), read.Bytes);
                }
            });
        table.CheckInvariants();
    }

    [Fact]
    public async Task A_key_is_never_missed_while_its_neighbours_slots_are_emptied_and_taken_again()
    {
        // All have one home, so the key that stays is reached over slots that are tombstones, empty or taken by turns.
        var table = new KeyTable();
        for (var number = 0; number < 6; number++) table.PutString(Key(number), 77, Key(number));
        await Beside(
            () =>
            {
                var random = new Random(1);
                for (var step = 0; step < 1_000_000; step++)
                {
                    var number = random.Next(12);
                    if (number == 5) continue;
                    if (table.TryFind(Key(number), 77, out var location)) table.Remove(location);
                    else table.PutString(location, Key(number), Key(number), Expiry.Never);
                }
            },
            () =>
            {
                var read = table.Read(Key(5), 77);
                Assert.Equal(ReadOutcome.Bytes, read.Outcome);
                Assert.Equal(Key(5), read.Bytes);
                var other = table.Read(Key(4), 77);
                if (other.Outcome == ReadOutcome.Bytes) Assert.Equal(Key(4), other.Bytes);
            });
        table.CheckInvariants();
    }

    /// <summary>Every hash has high bits of its own; the first three stand in three of the four quarters.</summary>
    private static uint Near(int number) => (uint)(29 - (number * 11 % 29)) << 27;

    /// <summary>One writer to its end, and readers beside it all the time.</summary>
    private static async Task Beside(Action write, Action read)
    {
        using var stop = new CancellationTokenSource();
        using var begun = new Barrier(3);
        var readers = new[] { 1, 2 }
            .Select(_ => Task.Factory.StartNew(
                () =>
                {
                    begun.SignalAndWait();
                    do
                    {
                        read();
                    }
                    while (!stop.IsCancellationRequested);
                },
                TaskCreationOptions.LongRunning))
            .ToArray();
        begun.SignalAndWait();
        write();
        await stop.CancelAsync();
        await Task.WhenAll(readers);
    }

    private static void Write(KeyTable table, Random random)
    {
        for (var step = 1; step <= Steps; step++)
        {
            // Crowds come and go, so that the table grows and shrinks all the time.
            var coming = step / 2000 % 2 == 0;
            var number = random.Next(4) == 0 ? random.Next(Stable) : Stable + random.Next(Comers);
            var location = Find(table, number);
            if (number >= Stable && !coming && random.Next(3) > 0)
            {
                if (location.Exists) table.Remove(location);
                continue;
            }

            var expiry = random.Next(8) == 0 ? new Expiry(Proof(number, step), step) : Expiry.Never;
            var preserve = random.Next(8) == 0;
            if (number % 16 == 5) table.PutInteger(location, Key(number), Proof(number, step), expiry, preserve);
            else table.PutString(location, Key(number), Value(number, step, random.Next(16, 80)), expiry, preserve);
        }
    }

    private static long ReadAll(KeyTable table, Random random, CancellationToken stop)
    {
        var answers = 0L;
        var buffer = new byte[100];
        while (!stop.IsCancellationRequested)
        {
            var number = random.Next(Stable + Comers);
            table.PrefetchSlot(Hash(number));
            table.PrefetchOwner(Hash(number));
            ReadOutcome outcome;
            if (number % 16 != 5 && random.Next(2) == 0)
            {
                outcome = table.TryRead(Key(number), Hash(number), buffer, out var length, out var deadline);
                if (outcome == ReadOutcome.Bytes) Check(number, buffer.AsSpan(0, length), deadline);
            }
            else
            {
                var read = table.Read(Key(number), Hash(number));
                outcome = read.Outcome;
                if (outcome == ReadOutcome.Bytes) Check(number, read.Bytes, read.Deadline);
                if (outcome == ReadOutcome.Integer) CheckProof(number, read.Integer, read.Deadline);
            }

            Assert.NotEqual(ReadOutcome.Other, outcome);
            if (number < Stable) Assert.NotEqual(ReadOutcome.Missing, outcome);
            if (outcome is ReadOutcome.Bytes or ReadOutcome.Integer) answers++;
        }

        return answers;
    }

    private static void Check(int number, ReadOnlySpan<byte> value, long deadline)
    {
        if (number % 16 == 5 && value.Length < 16) Assert.Fail("A number is no text.");
        var proof = BinaryPrimitives.ReadInt64LittleEndian(value);
        CheckProof(number, proof, deadline);
        Assert.Equal(Value(number, (int)(proof >> 32), value.Length), value.ToArray());
    }

    private static void CheckProof(int number, long proof, long deadline)
    {
        Assert.Equal(Proof(number, (int)(proof >> 32)), proof);
        if (deadline != Expiry.NoDeadline) Assert.Equal(proof, deadline);
    }

    private static long Proof(int number, int step) => ((long)step << 32) | Spread(number ^ (step * 31));

    private static byte[] Value(int number, int step, int length)
    {
        var value = new byte[length];
        BinaryPrimitives.WriteInt64LittleEndian(value, Proof(number, step));
        value.AsSpan(8).Fill((byte)(step + number + length));
        return value;
    }
}
