using KvEmbedded.Bitmaps;
using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Bitmaps;

/// <summary>Bitmaps at several keys of a server.</summary>
internal sealed class RedisBitmaps(ServerDoor door) : IBitmaps
{
    public ValueTask<int> CombineAsync(
        BitOperation operation, KvKey destination, IReadOnlyCollection<KvKey> keys, CancellationToken cancellationToken)
    {
        var encoded = door.Encode(keys);
        BitmapsHandle.RequireCount(Require.Named(operation), encoded.Length, nameof(keys));
        var command = new Command("BITOP", KeyType.String) { WordOf(operation) };
        command.AddDestination(door.Encode(destination));
        command.Add(encoded);
        return door.RunAsync(command, Reply.Length, cancellationToken);
    }

    private static string WordOf(BitOperation operation) => operation switch
    {
        BitOperation.And => "AND",
        BitOperation.Xor => "XOR",
        BitOperation.Not => "NOT",
        BitOperation.Difference => "DIFF",
        BitOperation.OthersWithoutFirst => "DIFF1",
        BitOperation.FirstAndAnyOther => "ANDOR",
        BitOperation.ExactlyOne => "ONE",
        _ => "OR",
    };
}
