namespace KvEmbedded.Tests.Hashes;

/// <summary>What hashes mean, in the plainest form: dictionaries, and a clock that removes what is due whenever it moves.</summary>
internal sealed class HashModel
{
    private readonly SortedDictionary<string, SortedDictionary<string, Entry>> keys = new(StringComparer.Ordinal);

    /// <summary>Milliseconds since the start.</summary>
    public long Now { get; private set; }

    /// <summary>The fields at a key; those of a missing key are not kept until <see cref="Keep"/>.</summary>
    public SortedDictionary<string, Entry> At(string key) =>
        keys.TryGetValue(key, out var fields) ? fields : new SortedDictionary<string, Entry>(StringComparer.Ordinal);

    /// <summary>Puts what <see cref="At"/> gave, changed, back.</summary>
    public void Keep(string key, SortedDictionary<string, Entry> fields)
    {
        if (fields.Count > 0) keys[key] = fields;
        else keys.Remove(key);
    }

    public void Pass(long milliseconds)
    {
        Now += milliseconds;
        foreach (var (key, fields) in keys.ToArray())
        {
            foreach (var (field, entry) in fields.ToArray())
            {
                if (entry.Deadline <= Now) fields.Remove(field);
            }

            Keep(key, fields);
        }
    }

    public string Text(string key) => string.Join(' ', At(key).Select(static pair => $"{pair.Key}={pair.Value.Value}"));

    public HashModel Copy()
    {
        var copy = new HashModel { Now = Now };
        foreach (var (key, fields) in keys) copy.keys[key] = new SortedDictionary<string, Entry>(fields, StringComparer.Ordinal);
        return copy;
    }

    /// <summary>A value, and when it ends: a time in milliseconds, or never.</summary>
    public readonly record struct Entry(string Value, long Deadline = long.MaxValue);
}
