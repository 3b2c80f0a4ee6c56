using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace KvEmbedded.Tests.Strings;

public sealed class CounterFloatTests
{
    [Theory]
    [InlineData("0.1", 0.2, "0.3")]
    [InlineData("10.50", 0.1, "10.6")]
    [InlineData("5.0e3", 2.0e2, "5200")]
    [InlineData("3.0", 0, "3")]
    [InlineData("-0.0", -0.0, "0")]
    [InlineData("1e20", 1, "100000000000000000001")]
    [InlineData("1e-20", 0, "0")]
    [InlineData("0", 1e-17, "0.00000000000000001")]
    [InlineData("12345678.1", 0.2, "12345678.3")]
    [InlineData("-1.5", 1.5, "0")]
    [InlineData("9007199254740993", 1, "9007199254740994")]
    [InlineData(".5", -0.25, "0.25")]
    [InlineData("+7", 0, "7")]
    [InlineData("1e300", -1e300, "0")]
    [InlineData("1e-300", 1, "1")]
    public async Task Decimal_numbers_add_up_as_on_paper(string text, double by, string expected)
    {
        await using var world = new StringWorld();
        await world["f"].SetAsync(text, TimeSpan.FromMinutes(1));
        var sum = await world.Keyspace.Counter("f").IncrementFloatAsync(by);
        Assert.Equal(expected, await world.TextAsync("f"));
        Assert.Equal(double.Parse(expected, CultureInfo.InvariantCulture), sum);
        Assert.Equal(sum, await world.Keyspace.Counter("f").GetFloatAsync());
        Assert.Equal(TimeSpan.FromMinutes(1), await world.GetTimeToLiveAsync("f"));
    }

    [Fact]
    public async Task Huge_numbers_are_written_in_full()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("f");
        Assert.Equal(1e300, await counter.IncrementFloatAsync(1e300));
        Assert.Equal(301, await world["f"].GetLengthAsync());
        Assert.Equal(1e300, await counter.GetFloatAsync());
        Assert.True((await world["f"].GetAsync())!.Value.TryGetDouble(out var read));
        Assert.Equal(1e300, read);
        Assert.Equal(double.MaxValue, await world.Keyspace.Counter("g").IncrementFloatAsync(double.MaxValue));
        Assert.Equal(0, await world.Keyspace.Counter("g").IncrementFloatAsync(double.MinValue));
    }

    [Fact]
    public async Task A_hundred_cents_are_one()
    {
        await using var world = new StringWorld();
        for (var i = 0; i < 100; i++) await world.Keyspace.Counter("f").IncrementFloatAsync(0.01);
        Assert.Equal(1, await world.Keyspace.Counter("f").GetAsync());
    }

    [Theory]
    [InlineData("7\0")]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("abc")]
    [InlineData("nan")]
    [InlineData("1e400")]
    [InlineData("1,5")]
    [InlineData("long")]
    public async Task What_spells_no_number_is_refused_and_stays(string text)
    {
        await using var world = new StringWorld();
        if (text == "long") text = new string('1', 401);
        await world["f"].SetAsync(text);
        var error = await Assert.ThrowsAsync<NotANumberException>(async () => await world.Keyspace.Counter("f").IncrementFloatAsync(1));
        Assert.Equal("Key 'f' holds a string that is not a number. Set the key to a number first, or use another key.", error.Message);
        await Assert.ThrowsAsync<NotANumberException>(async () => await world.Keyspace.Counter("f").GetFloatAsync());
        Assert.Equal(text, await world.TextAsync("f"));
    }

    [Theory]
    [InlineData("1.7e308", 1.7e308, "inf")]
    [InlineData("-1.7e308", -1.7e308, "-inf")]
    [InlineData("inf", -1, "inf")]
    public async Task A_sum_that_is_not_finite_is_refused_and_the_number_stays(string text, double by, string sum)
    {
        await using var world = new StringWorld();
        await world["f"].SetAsync(text);
        var error = await Assert.ThrowsAsync<NumberOverflowException>(async () => await world.Keyspace.Counter("f").IncrementFloatAsync(by));
        Assert.Equal(
            $"Adding at key 'f' would give {sum}, which is outside the finite numbers. Nothing was changed; add less, or reset the number first.",
            error.Message);
        Assert.Equal(text, await world.TextAsync("f"));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task Only_finite_numbers_can_be_added(double by)
    {
        await using var world = new StringWorld();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => world.Keyspace.Counter("f").IncrementFloatAsync(by));
        Assert.StartsWith("Only a finite number can be added.", error.Message, StringComparison.Ordinal);
        Assert.Null(await world["f"].GetAsync());
    }

    [Fact]
    public async Task A_float_may_become_an_integer_again()
    {
        await using var world = new StringWorld();
        var counter = world.Keyspace.Counter("f");
        await counter.IncrementFloatAsync(1.5);
        await Assert.ThrowsAsync<NotANumberException>(async () => await counter.IncrementAsync());
        Assert.Equal(3, await counter.IncrementFloatAsync(1.5));
        Assert.Equal(4, await counter.IncrementAsync());
    }

    // Thousandths, so that every sum is exact in decimals and the model can be a plain integer.
    [Property]
    public Property Sums_of_thousandths_are_exact(int[] thousandths) =>
        Prop.Label(RunAsync(thousandths).GetAwaiter().GetResult(), "the sum of the thousandths");

    private static async Task<bool> RunAsync(int[] thousandths)
    {
        await using var world = new StringWorld();
        var sum = 0L;
        foreach (var thousandth in thousandths)
        {
            sum += thousandth;
            var result = await world.Keyspace.Counter("f").IncrementFloatAsync(thousandth / 1000.0);
            if (result != sum / 1000.0) return false;
        }

        return thousandths.Length == 0
            || decimal.Parse((await world.TextAsync("f"))!, CultureInfo.InvariantCulture) == sum / 1000m;
    }
}
