using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Lists;

/// <summary>Lists at several keys of a server.</summary>
internal sealed class RedisLists(ServerDoor door) : IKvLists
{
    public ValueTask<ListPop?> PopAsync(
        IReadOnlyCollection<KvKey> keys, int count, ListEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var encoded = door.Encode(keys);
        var command = new Command("LMPOP", KeyType.List) { (long)encoded.Length, encoded, RedisList.Word(end), "COUNT", (long)count };
        return door.PollAsync(
            token => door.RunAsync(
                command, answer => answer.IsNull ? null : new ListPop(door.Decode(answer[0]), Reply.Values(answer[1])), token),
            static popped => popped is not null, Require.WaitingTime(waitingTime), cancellationToken);
    }
}
