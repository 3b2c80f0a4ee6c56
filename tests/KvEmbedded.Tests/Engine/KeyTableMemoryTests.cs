using KvEmbedded.Engine;
using static KvEmbedded.Tests.Engine.KeyTableWorld;

namespace KvEmbedded.Tests.Engine;

[CollectionDefinition(nameof(KeyTableMemoryTests), DisableParallelization = true)]
public sealed class AloneWithTheCollector;

/// <summary>What the table says it takes beside what the garbage collector says.</summary>
[Collection(nameof(KeyTableMemoryTests))]
public sealed class KeyTableMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_figure_agrees_with_the_collector(int kind)
    {
        var shared = new PlainValue(0);

        Assert.InRange(Heap.Accounted(() => Filled(kind, shared), static table => table.MemoryBytes), 0.97, 1.03);
    }

    [Fact]
    public void A_short_key_and_value_take_what_the_design_allows()
    {
        const int keys = 1_000_000;
        var table = new KeyTable();
        Span<byte> key = stackalloc byte[16];
        for (var number = 0; number < keys; number++)
        {
            BitConverter.TryWriteBytes(key, number);
            table.PutString(key, Spread(number), new byte[16]);
        }

        Assert.InRange(table.MemoryBytes / (double)keys, 64, 95);
    }

    private static KeyTable Filled(int kind, PlainValue shared)
    {
        const int keys = 200_000;
        var table = new KeyTable();
        for (var number = 0; number < keys; number++)
        {
            var key = Key(number);
            table.TryFind(key, Spread(number), out var location);
            if (kind == 0) table.PutString(location, key, new byte[number % 100], Expiry.Never);
            else if (kind == 1) table.PutInteger(location, key, number, new Expiry(number, number));
            else table.PutEntry(location, key, shared, Expiry.Never);
        }

        return table;
    }
}
