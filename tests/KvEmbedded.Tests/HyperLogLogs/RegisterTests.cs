using FsCheck.Xunit;
using KvEmbedded.Engine;
using KvEmbedded.HyperLogLogs;
using KvEmbedded.Strings;

namespace KvEmbedded.Tests.HyperLogLogs;

/// <summary>Both forms beside plain registers.</summary>
public sealed class RegisterTests
{
    [Property(MaxTest = 300, EndSize = 400)]
    public void Registers_are_those_of_a_plain_array_whatever_their_form((ushort Index, byte Rank, byte Kind)[] raises, bool isDense)
    {
        var blob = Empty(isDense);
        var (plain, effects, states) = (new byte[RegisterValue.Registers], new Effects(), new Stack<byte[]>());
        blob.Effects = effects;
        foreach (var (index, rank, kind) in raises)
        {
            // A small world of neighbours, and some far away; ranks that fit the sparse form, and one that does not.
            var register = new RegisterValue(kind % 3 == 0 ? index % RegisterValue.Registers : index % 40, (byte)(kind == 255 ? 40 : 1 + (rank % 4)));
            var reported = effects.Count;
            states.Push(blob.Span.ToArray());
            Assert.Equal(plain[register.Index] < register.Rank, HyperLogLogValue.Raise(blob, register));
            plain[register.Index] = Math.Max(plain[register.Index], register.Rank);
            if (effects.Count == reported) states.Pop();
            while (states.Count < effects.Count) states.Push([]);
        }

        AssertHolds(plain, blob);
        blob.Effects = null;
        while (effects.TryPop(out var effect))
        {
            effect.Undo(blob);
            if (states.Pop() is { Length: > 0 } state) Assert.Equal(state, blob.Span);
        }

        AssertHolds(new byte[RegisterValue.Registers], blob);
    }

    [Fact]
    public void A_value_becomes_dense_where_it_would_be_too_long()
    {
        var (blob, plain, random) = (Empty(isDense: false), new byte[RegisterValue.Registers], new Random(1));
        var longest = 0;
        while (!HyperLogLogFormat.IsDense(blob.Span))
        {
            longest = blob.Length;
            var register = new RegisterValue(random.Next(RegisterValue.Registers), (byte)random.Next(1, 33));
            HyperLogLogValue.Raise(blob, register);
            plain[register.Index] = Math.Max(plain[register.Index], register.Rank);
        }

        Assert.InRange(longest, SparseRegisters.LengthMax - 3, SparseRegisters.LengthMax);
        AssertHolds(plain, blob);
        Assert.False(HyperLogLogFormat.IsStale(blob.Span));
        HyperLogLogValue.MakeStale(blob);
        Assert.True(HyperLogLogFormat.IsStale(blob.Span));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_histogram_that_is_kept_is_that_of_the_registers(bool isDense)
    {
        var (blob, random) = (Empty(isDense), new Random(2));
        for (var i = 0; i < 20_000; i++)
        {
            HyperLogLogValue.Raise(blob, RegisterValue.Of(BitConverter.GetBytes(random.NextInt64())));
            if (i % 1_000 == 5) HyperLogLogValue.Count(blob);
            if (i % 1_000 == 7) HyperLogLogValue.MakeStale(blob);
        }

        AssertSame(DenseRegisters.Histogram(blob.Span), Assert.IsType<RegisterHistogram>(blob.Companion));
        blob.Write(20, "x"u8);
        Assert.Null(blob.Companion);
        AssertSame(DenseRegisters.Histogram(blob.Span), DenseRegisters.HistogramOf(blob));
    }

    [Property(MaxTest = 2_000)]
    public void Damaged_codes_are_seen_for_what_they_are(byte[] codes, (ushort At, byte Value)[] damage)
    {
        var blob = Empty(isDense: false);
        foreach (var code in codes) HyperLogLogValue.Raise(blob, new RegisterValue(code * 64, (byte)(1 + (code % 9))));
        var value = blob.Span.ToArray();
        foreach (var (at, to) in damage) value[HyperLogLogFormat.HeaderLength + (at % (value.Length - HyperLogLogFormat.HeaderLength))] = to;

        if (!HyperLogLogValue.IsWhole(value)) return;
        var (whole, plain) = (StringBlob.Of(value), new byte[RegisterValue.Registers]);
        HyperLogLogValue.MergeInto(value, plain);
        AssertHolds(plain, whole);
        for (var i = 0; i < RegisterValue.Registers; i += 97) HyperLogLogValue.Raise(whole, new RegisterValue(i, 33));
    }

    [Property]
    public void Random_codes_are_refused_or_read_inside_their_bounds(byte[] codes)
    {
        byte[] value = [.. HyperLogLogFormat.Empty().AsSpan(0, HyperLogLogFormat.HeaderLength), .. codes];
        if (HyperLogLogValue.IsWhole(value)) HyperLogLogValue.MergeInto(value, new byte[RegisterValue.Registers]);
    }

    [Fact]
    public void The_standard_error_is_below_one_per_cent()
    {
        // 0.81 % is that of the algorithm; a hundred estimates of each number of elements give it within a fifth or so.
        foreach (var count in new[] { 1_000, 10_000, 100_000 })
        {
            var (random, squares) = (new Random(count), 0.0);
            for (var run = 0; run < 100; run++)
            {
                var plain = new byte[RegisterValue.Registers];
                for (var i = 0; i < count; i++)
                {
                    var register = RegisterValue.Of(BitConverter.GetBytes(random.NextInt64()));
                    plain[register.Index] = Math.Max(plain[register.Index], register.Rank);
                }

                squares += Math.Pow((HyperLogLogValue.CountOf(plain) / (double)count) - 1, 2);
            }

            Assert.InRange(Math.Sqrt(squares / 100), 0.001, 0.01);
        }
    }

    [Fact]
    public void The_extremes_are_estimated_too()
    {
        var ranks = new byte[RegisterValue.Registers];
        Assert.Equal(0, HyperLogLogValue.CountOf(ranks));
        ranks.AsSpan().Fill(RegisterValue.RankMax);
        Assert.True(HyperLogLogValue.CountOf(ranks) > 1L << 62);
    }

    private static StringBlob Empty(bool isDense)
    {
        var blob = StringBlob.Owning(HyperLogLogFormat.Empty());
        return isDense ? SparseRegisters.Densify(blob) : blob;
    }

    private static void AssertHolds(byte[] plain, StringBlob blob)
    {
        var value = blob.Span.ToArray();
        var ranks = new byte[RegisterValue.Registers];
        Assert.True(HyperLogLogFormat.IsOne(value));
        Assert.True(HyperLogLogValue.IsWhole(value));
        HyperLogLogValue.MergeInto(value, ranks);
        Assert.Equal(plain, ranks);
        Assert.Equal(HyperLogLogValue.CountOf(plain), HyperLogLogValue.HistogramOf(value).Estimate());
        blob.CheckInvariants();
    }

    private static void AssertSame(RegisterHistogram expected, RegisterHistogram actual) =>
        Assert.All(Enumerable.Range(0, 64), rank => Assert.Equal(expected[rank], actual[rank]));

    private sealed class Effects : Stack<Effect>, IEffectSink
    {
        public void Report(Effect effect) => Push(effect);
    }
}
