using FsCheck.Xunit;
using KvEmbedded.Keys;

namespace KvEmbedded.Tests.Keys;

public sealed class ScanCursorTests
{
    [Fact]
    public void Zero_is_the_start_and_the_end()
    {
        Assert.Equal(0UL, ScanCursor.Seal(0));
        Assert.True(ScanCursor.TryOpen(0, out var position));
        Assert.Equal(0u, position);
    }

    [Property(MaxTest = 5000)]
    public void What_is_sealed_opens_to_the_same_position(uint position)
    {
        var cursor = ScanCursor.Seal(position);

        Assert.Equal(position == 0, cursor == 0);
        Assert.InRange(cursor, 0UL, (1UL << 48) - 1);
        Assert.True(ScanCursor.TryOpen(cursor, out var opened));
        Assert.Equal(position, opened);
    }

    [Fact]
    public void No_two_positions_have_one_cursor()
    {
        var cursors = new HashSet<ulong>();
        for (var position = 0u; position < 100_000; position++) Assert.True(cursors.Add(ScanCursor.Seal(position * 42_949)));
    }

    [Fact]
    public void Neighbours_have_nothing_in_common()
    {
        // Half of 48 bits change, give or take: an order or a difference of positions does not show.
        var changed = 0;
        for (var position = 1u; position <= 1000; position++)
            changed += System.Numerics.BitOperations.PopCount(ScanCursor.Seal(position) ^ ScanCursor.Seal(position + 1));

        Assert.InRange(changed / 1000.0, 23, 25);
    }

    [Fact]
    public void Almost_no_invented_cursor_opens()
    {
        var opened = 0;
        for (var cursor = 1UL; cursor <= 250_000; cursor++)
        {
            if (ScanCursor.TryOpen(cursor, out _)) opened++;
        }

        // One in 65,536: about 4.
        Assert.InRange(opened, 0, 30);
        Assert.False(ScanCursor.TryOpen(1UL << 48, out _));
        Assert.False(ScanCursor.TryOpen(ulong.MaxValue, out _));
    }
}
