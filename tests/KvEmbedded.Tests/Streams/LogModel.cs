using KvEmbedded.Engine;
using KvEmbedded.Streams;

namespace KvEmbedded.Tests.Streams;

/// <summary>What a stream is, plainly: a list of entries, and what is remembered of those that are gone.</summary>
internal sealed class LogModel
{
    public List<(StreamId Id, string Fields)> Entries { get; } = [];

    public StreamHeader Header { get; set; }

    public void Append(StreamId id, string fields)
    {
        Entries.Add((id, fields));
        Header = Header with { LastId = id, EntriesAdded = Header.EntriesAdded + 1 };
    }

    public bool Remove(StreamId id)
    {
        if (Entries.RemoveAll(entry => entry.Id == id) == 0) return false;
        if (id > Header.MaxRemovedId) Header = Header with { MaxRemovedId = id };
        return true;
    }

    public LogModel Copy()
    {
        var copy = new LogModel { Header = Header };
        copy.Entries.AddRange(Entries);
        return copy;
    }

    public string Text() => $"{Header} {string.Join("; ", Entries.Select(static entry => $"{entry.Id} {entry.Fields}"))}";
}

/// <summary>A stream as text, and bytes of fields from text.</summary>
internal static class LogText
{
    /// <summary>Fields from <c>name=value name=value</c>.</summary>
    public static (int Count, byte[] Bytes) Fields(string text)
    {
        StreamField[] fields = [.. text.Split(' ').Select(static part => new StreamField(part.Split('=')[0], part.Split('=')[1]))];
        return (fields.Length, FieldBytes.Of(fields));
    }

    public static void Append(this StreamLog log, StreamId id, string fields)
    {
        var (count, bytes) = Fields(fields);
        log.Append(id, count, bytes);
    }

    public static string Of(StreamLog log) => $"{log.Header} {Of(Read(log, StreamId.MinValue, StreamId.MaxValue, Order.Ascending))}";

    public static string Of(IEnumerable<StreamEntry> entries) =>
        string.Join("; ", entries.Select(static entry => $"{entry.Id} {string.Join(' ', entry.Fields)}"));

    public static List<StreamEntry> Read(StreamLog log, StreamId first, StreamId last, Order order)
    {
        var entries = new List<StreamEntry>();
        StreamReads.Read(log, first, last, order, long.MaxValue, entries);
        return entries;
    }
}

internal sealed class EffectLog : IEffectSink
{
    public List<Effect> Effects { get; } = [];

    public void Report(Effect effect) => Effects.Add(effect);

    public void UndoOn(IDataValue value)
    {
        value.Effects = null;
        for (var at = Effects.Count - 1; at >= 0; at--) Effects[at].Undo(value);
        Effects.Clear();
    }
}
