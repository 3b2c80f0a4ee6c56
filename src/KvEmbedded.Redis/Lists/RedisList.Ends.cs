using KvEmbedded.Redis.Connection;

namespace KvEmbedded.Redis.Lists;

// Waiting: see ServerDoor.PollAsync.
internal sealed partial class RedisList
{
    public ValueTask<long> PushAsync(KvValue element, ListEnd end, CancellationToken cancellationToken) =>
        door.RunAsync(PushOf(end, "PUSH", [element]), Reply.Integer, cancellationToken);

    public ValueTask<long> PushAsync(IReadOnlyCollection<KvValue> elements, ListEnd end, CancellationToken cancellationToken) =>
        door.RunAsync(PushOf(end, "PUSH", elements), Reply.Integer, cancellationToken);

    public ValueTask<long> PushIfPresentAsync(KvValue element, ListEnd end, CancellationToken cancellationToken) =>
        door.RunAsync(PushOf(end, "PUSHX", [element]), Reply.Integer, cancellationToken);

    public ValueTask<long> PushIfPresentAsync(
        IReadOnlyCollection<KvValue> elements, ListEnd end, CancellationToken cancellationToken) =>
        door.RunAsync(PushOf(end, "PUSHX", elements), Reply.Integer, cancellationToken);

    public ValueTask<long> PushAndTrimAsync(KvValue element, long lengthMax, ListEnd end, CancellationToken cancellationToken) =>
        PushAndTrimAsync([element], lengthMax, end, cancellationToken);

    public ValueTask<long> PushAndTrimAsync(
        IReadOnlyCollection<KvValue> elements, long lengthMax, ListEnd end, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lengthMax, 1);
        if (lengthMax == long.MaxValue) return PushAsync(elements, end, cancellationToken);

        var trim = end == ListEnd.Head
            ? new Command("LTRIM", KeyType.List) { key, 0L, lengthMax - 1 }
            : new Command("LTRIM", KeyType.List) { key, -lengthMax, -1L };
        var pushes = Require.Some(elements, "element").Chunk(ServerDoor.ScriptedWordsMax - 2).Select(some => PushOf(end, "PUSH", some));
        return door.RunTogetherAsync([.. pushes, trim], answers => Math.Min((long)answers[^2], lengthMax), cancellationToken);
    }

    public ValueTask<KvValue?> PopAsync(ListEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        var name = Letter(end) + "POP";
        return door.PollAsync(
            token => door.RunAsync(Of(name), Reply.ValueOrNull, token), static element => element is not null,
            Require.WaitingTime(waitingTime), cancellationToken);
    }

    public ValueTask<KvValue[]> PopAsync(int count, ListEnd end, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var name = Letter(end) + "POP";
        return door.PollAsync(
            token => door.RunAsync(new Command(name, KeyType.List) { key, (long)count }, Reply.Values, token),
            static elements => elements.Length > 0, count == 0 ? TimeSpan.Zero : Require.WaitingTime(waitingTime), cancellationToken);
    }

    public ValueTask<KvValue?> MoveAsync(
        KvKey destination, ListEnd from, ListEnd to, TimeSpan waitingTime, CancellationToken cancellationToken)
    {
        var command = new Command("LMOVE", KeyType.List) { key, door.Encode(destination), Word(from), Word(to) };
        return door.PollAsync(
            token => door.RunAsync(command, Reply.ValueOrNull, token), static element => element is not null,
            Require.WaitingTime(waitingTime), cancellationToken);
    }

    /// <summary>An end, in the words of LMOVE and LMPOP.</summary>
    public static string Word(ListEnd end) => Require.Named(end) == ListEnd.Head ? "LEFT" : "RIGHT";

    private static string Letter(ListEnd end) => Word(end)[..1];

    private Command PushOf(ListEnd end, string name, IReadOnlyCollection<KvValue> elements) =>
        new(Letter(end) + name, KeyType.List) { key, Require.Some(elements, "element") };
}
