using KvEmbedded.Streams;

namespace KvEmbedded.Tests.Streams;

/// <summary>Every sequence of a few mutations, on pages of three entries, against a plain list; each is also taken back.</summary>
public sealed class StreamLogSmallWorldTests
{
    private static readonly (string Name, Func<StreamLog, LogModel, bool> Run)[] Steps =
    [
        ("add in the same millisecond", static (log, model) => Add(log, model, model.Header.LastId.Next, "f=1")),
        ("add in the next one", static (log, model) => Add(log, model, new StreamId(model.Header.LastId.Milliseconds + 200), "f=2")),
        ("add with other names", static (log, model) => Add(log, model, model.Header.LastId.Next, "g=3 f=4")),
        ("remove the first", static (log, model) => RemoveAt(log, model, 0)),
        ("remove the second", static (log, model) => RemoveAt(log, model, 1)),
        ("remove the last", static (log, model) => RemoveAt(log, model, model.Entries.Count - 1)),
        ("trim to two", static (log, model) => TrimToCount(log, model, 2)),
        ("trim to the third id", static (log, model) => TrimToThird(log, model)),
        ("trim pages", static (log, model) => TrimPages(log, model)),
    ];

    [Theory]
    [InlineData(3, 4096, 6)]
    [InlineData(2, 4096, 6)]
    [InlineData(100, 12, 6)]
    public void Every_sequence_of_mutations_leaves_what_a_plain_list_holds(int entriesPerPage, int bytesPerPage, int depth)
    {
        var sequences = 0;
        Visit(new StreamLog(new StreamShape(entriesPerPage, bytesPerPage, 4)), new LogModel(), depth, ref sequences);
        Assert.InRange(sequences, 10_000, int.MaxValue);
    }

    private static void Visit(StreamLog log, LogModel model, int depth, ref int sequences)
    {
        sequences++;
        Check(log, model);
        if (depth == 0) return;
        foreach (var (_, run) in Steps)
        {
            var (next, nextModel) = ((StreamLog)log.Copy(), model.Copy());
            if (run(next, nextModel))
            {
                // Of steps that leave the same there are many ways: removals and trims need something to remove.
                var undone = (StreamLog)log.Copy();
                var effects = new EffectLog();
                undone.Effects = effects;
                run(undone, model.Copy());
                effects.UndoOn(undone);
                undone.CheckInvariants();
                Assert.Equal(LogText.Of(log), LogText.Of(undone));
                Visit(next, nextModel, depth - 1, ref sequences);
            }
        }
    }

    private static void Check(StreamLog log, LogModel model)
    {
        log.CheckInvariants();
        Assert.Equal(model.Text(), LogText.Of(log));
        Assert.Equal(model.Entries.Count, log.Count);
        Assert.Equal(model.Entries.FirstOrDefault().Id, log.FirstId);

        // Every end there can be: each id, and the ones beside it.
        StreamId[] ends = [StreamId.MinValue, .. model.Entries.SelectMany(static entry => new[] { entry.Id.Previous, entry.Id, entry.Id.Next }), StreamId.MaxValue];
        foreach (var first in ends)
        {
            var expected = model.Entries.Where(entry => entry.Id >= first).ToList();
            Assert.Equal(Text(expected), LogText.Of(LogText.Read(log, first, StreamId.MaxValue, Order.Ascending)));
            expected = [.. model.Entries.Where(entry => entry.Id <= first).Reverse()];
            Assert.Equal(Text(expected), LogText.Of(LogText.Read(log, StreamId.MinValue, first, Order.Descending)));
            Assert.Equal(model.Entries.Any(entry => entry.Id == first), log.Contains(first));
        }
    }

    private static string Text(List<(StreamId Id, string Fields)> entries) =>
        string.Join("; ", entries.Select(static entry => $"{entry.Id} {entry.Fields}"));

    private static bool Add(StreamLog log, LogModel model, StreamId id, string fields)
    {
        log.Append(id, fields);
        model.Append(id, fields);
        return true;
    }

    private static bool RemoveAt(StreamLog log, LogModel model, int at)
    {
        if (at < 0 || at >= model.Entries.Count) return false;
        var id = model.Entries[at].Id;
        Assert.True(log.Remove(id));
        Assert.False(log.Remove(id));
        return model.Remove(id);
    }

    private static bool TrimToCount(StreamLog log, LogModel model, int count)
    {
        var surplus = Math.Max(0, model.Entries.Count - count);
        Assert.Equal(surplus, log.TrimToCount(count, false, long.MaxValue));
        model.Entries.RemoveRange(0, surplus);
        return surplus > 0;
    }

    private static bool TrimToThird(StreamLog log, LogModel model)
    {
        if (model.Entries.Count < 3) return false;
        Assert.Equal(2, log.TrimToId(model.Entries[2].Id, false, long.MaxValue));
        model.Entries.RemoveRange(0, 2);
        return true;
    }

    /// <summary>Approximately: how much goes is for the pages to say, but never more than asked for.</summary>
    private static bool TrimPages(StreamLog log, LogModel model)
    {
        var removed = (int)log.TrimToCount(1, true, 3);
        Assert.InRange(removed, 0, Math.Max(0, Math.Min(3, model.Entries.Count - 1)));
        model.Entries.RemoveRange(0, removed);
        return removed > 0;
    }
}
