namespace KvEmbedded.Tests.Keys;

public sealed class ExpirationTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_time_and_a_moment_say_the_same_as_In_and_At()
    {
        Assert.Equal(Expiration.In(TimeSpan.FromSeconds(1)), TimeSpan.FromSeconds(1));
        Assert.Equal(Expiration.At(Moment), Moment);
        Assert.True(Expiration.At(Moment) == Expiration.At(Moment.ToOffset(TimeSpan.FromHours(1))));
        Assert.True(Expiration.Never != Expiration.Keep);
    }

    [Fact]
    public void It_reads_as_what_it_means() => Assert.Equal(
        ["in 00:00:01", "at 2026-11-23T12:00:00.0000000+00:00", "as before", "never"],
        new[] { Expiration.In(TimeSpan.FromSeconds(1)), Expiration.At(Moment), Expiration.Keep, Expiration.Never }.Select(e => e.ToString()));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_time_at_all_is_refused(long ticks) => Assert.StartsWith(
        "A time to live must be greater than zero. To remove a key, delete it.",
        Assert.Throws<ArgumentOutOfRangeException>(() => Expiration.In(new TimeSpan(ticks))).Message, StringComparison.Ordinal);
}
