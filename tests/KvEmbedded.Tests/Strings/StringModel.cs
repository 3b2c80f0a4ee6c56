using System.Globalization;
using System.Text;

namespace KvEmbedded.Tests.Strings;

/// <summary>Strings as they should be: a plain dictionary, and every command the obvious way.</summary>
internal sealed class StringModel
{
    private readonly Dictionary<string, (byte[] Bytes, DateTimeOffset? End)> keys = [];

    public StringModel Copy()
    {
        var copy = new StringModel();
        foreach (var (key, entry) in keys) copy.keys[key] = entry;
        return copy;
    }

    public byte[]? Get(string key, DateTimeOffset now)
    {
        if (keys.TryGetValue(key, out var entry) && entry.End <= now) keys.Remove(key);
        return keys.TryGetValue(key, out entry) ? entry.Bytes : null;
    }

    public DateTimeOffset? EndOf(string key) => keys[key].End;

    public void Put(string key, byte[] bytes, DateTimeOffset? end) => keys[key] = (bytes, end);

    public void Edit(string key, byte[] bytes) => keys[key] = (bytes, keys.TryGetValue(key, out var entry) ? entry.End : null);

    public void Remove(string key) => keys.Remove(key);

    /// <summary>The integer that bytes spell as Redis writes one.</summary>
    public static long? IntegerOf(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : null;
    }
}
