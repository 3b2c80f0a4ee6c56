using KvEmbedded.Engine;
using KvEmbedded.Strings;

namespace KvEmbedded.Tests.Engine;

/// <summary>All that can be seen of a store, as text: content, deadlines, order of the scan, accounting.</summary>
internal static class StoreSnapshot
{
    public static string Of(EngineWorld world) => $"{world.Turn.MemoryBytes} bytes, {ContentOf(world)}";

    /// <summary>Without the memory: a record written anew has no slack, one overwritten in place may have.</summary>
    public static string ContentOf(EngineWorld world)
    {
        var turn = world.Turn;
        turn.Table.CheckInvariants();
        var owners = new List<object>();
        uint cursor = 0;
        do cursor = turn.Table.Scan(cursor, 5, owners);
        while (cursor != 0);

        return $"{turn.Table.Count} keys, {turn.ExpiredKeys} expired\n"
            + string.Join('\n', owners.Select(owner => Line(turn, owner)));
    }

    private static string Line(Turn turn, object owner)
    {
        var key = KeyTable.KeyOf(owner).ToArray();
        Assert.True(turn.Table.TryFind(key, ByteHash.Of(key), out var location));
        Assert.Same(owner, location.Owner);
        location.Entry?.Value.CheckInvariants();
        Assert.Null(location.Entry?.Value.Effects);
        var content = location.Entry?.Value switch
        {
            null => System.Text.Encoding.UTF8.GetString(location.CopyString()),
            Basket basket => string.Join(' ', basket.ToArray()),
            StringBlob blob => $"{blob.Length} x {(char)blob.Span[0]}",
            var other => throw new InvalidOperationException(other.ToString()),
        };
        return $"{System.Text.Encoding.UTF8.GetString(key)} = {content} until {location.Deadline}";
    }
}
