using KvEmbedded.Engine;

namespace KvEmbedded.Lists;

internal sealed partial class ListHandle
{
    public ValueTask<long> PushAsync(KvValue element, ListEnd end, CancellationToken cancellationToken) =>
        RunOnElementAsync(
            element, Require.Named(end), static (turn, key, element, end) => Push(turn, key, element, end), cancellationToken);

    public ValueTask<long> PushAsync(IReadOnlyCollection<KvValue> elements, ListEnd end, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Elements: EncodeAll(elements), End: Require.Named(end)),
            static (turn, key, a) => PushMany(turn, key, a.Elements, a.End), cancellationToken);

    public ValueTask<long> PushIfPresentAsync(KvValue element, ListEnd end, CancellationToken cancellationToken) =>
        RunOnElementAsync(
            element, Require.Named(end), static (turn, key, element, end) => turn.Find<ListDeque>(key) is null ? 0 : Push(turn, key, element, end),
            cancellationToken);

    public ValueTask<long> PushIfPresentAsync(
        IReadOnlyCollection<KvValue> elements, ListEnd end, CancellationToken cancellationToken) =>
        door.RunMeasuredAsync(
            key, (Elements: EncodeAll(elements), End: Require.Named(end)),
            static (turn, key, a) => turn.Find<ListDeque>(key) is null ? 0 : PushMany(turn, key, a.Elements, a.End), cancellationToken);

    public ValueTask<long> PushAndTrimAsync(KvValue element, long lengthMax, ListEnd end, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lengthMax, 1);
        return RunOnElementAsync(
            element, (lengthMax, End: Require.Named(end)),
            static (turn, key, element, a) =>
            {
                Push(turn, key, element, a.End);
                return TrimTo(turn, key, a.lengthMax, a.End);
            },
            cancellationToken);
    }

    public ValueTask<long> PushAndTrimAsync(
        IReadOnlyCollection<KvValue> elements, long lengthMax, ListEnd end, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lengthMax, 1);
        return door.RunMeasuredAsync(
            key, (Elements: EncodeAll(elements), lengthMax, End: Require.Named(end)),
            static (turn, key, a) =>
            {
                PushMany(turn, key, a.Elements, a.End);
                return TrimTo(turn, key, a.lengthMax, a.End);
            },
            cancellationToken);
    }

    /// <summary>Pushes an element (LPUSH, RPUSH).</summary>
    private static long Push(Turn turn, EncodedKey key, ReadOnlySpan<byte> element, ListEnd end)
    {
        var list = turn.FindOrCreate<ListDeque>(key);
        ListWrites.Push(turn, key, list, element, end);
        return list.Count;
    }

    /// <summary>Pushes elements (LPUSH, RPUSH).</summary>
    private static long PushMany(Turn turn, EncodedKey key, ReadOnlyMemory<byte>[] elements, ListEnd end)
    {
        turn.RequireMemory(key, BytesToCome(turn, elements));
        var list = turn.FindOrCreate<ListDeque>(key);
        foreach (var element in elements) list.Push(end, element.Span);
        turn.Changed(key, ListWrites.PushedAt(end));
        return list.Count;
    }

    /// <summary>Drops what is too much at the other end (LTRIM), of a list that is there.</summary>
    private static long TrimTo(Turn turn, EncodedKey key, long lengthMax, ListEnd end)
    {
        var list = turn.FindToChange<ListDeque>(key)!;
        if (list.Count <= lengthMax) return list.Count;
        list.Remove(end.Other(), (int)(list.Count - lengthMax));
        turn.Changed(key, KeyEventKind.ListTrimmed);
        return list.Count;
    }

    /// <summary>How much the list will grow by these elements, about.</summary>
    private static long BytesToCome(Turn turn, ReadOnlyMemory<byte>[] elements)
    {
        if (turn.Options.MemoryLimitBytes is null) return 0;
        var bytes = 0L;
        foreach (var element in elements) bytes += ElementCode.Size(element.Length);
        return bytes;
    }
}
