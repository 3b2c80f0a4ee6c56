using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.SortedSets;

// Waiting: see ServerDoor.PollAsync.
internal sealed partial class RedisSortedSet
{
    public ValueTask<SortedSetEntry?> PopAsync(SortedSetEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        var name = NameOf(end);
        return door.PollAsync(
            token => door.RunAsync(Of(name), EntryReply.FirstOrNull, token), static entry => entry is not null,
            Require.WaitingTime(waitingTime), cancellationToken);
    }

    public ValueTask<SortedSetEntry[]> PopAsync(
        int count, SortedSetEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var name = NameOf(end);
        return door.PollAsync(
            token => door.RunAsync(new Command(name, KeyType.SortedSet) { key, count }, EntryReply.All, token),
            static entries => entries.Length > 0, count == 0 ? TimeSpan.Zero : Require.WaitingTime(waitingTime), cancellationToken);
    }

    private static string NameOf(SortedSetEnd end) => Require.Named(end) == SortedSetEnd.Lowest ? "ZPOPMIN" : "ZPOPMAX";
}
