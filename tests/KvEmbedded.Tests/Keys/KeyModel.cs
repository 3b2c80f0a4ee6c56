using System.Text;

namespace KvEmbedded.Tests.Keys;

/// <summary>The plain model: a dictionary of values and the moments at which they end.</summary>
internal sealed class KeyModel
{
    private readonly Dictionary<string, (object Value, TimeSpan? End)> keys = [];
    private TimeSpan now;

    public void Advance(TimeSpan time)
    {
        now += time;
        foreach (var (key, held) in keys.ToArray())
        {
            if (held.End <= now) keys.Remove(key);
        }
    }

    public bool Set(string key, string value)
    {
        keys[key] = (value, null);
        return true;
    }

    public bool? Add(string key, int number)
    {
        if (!keys.TryGetValue(key, out var held)) keys[key] = held = (new SortedSet<int>(), null);
        if (held.Value is not SortedSet<int> numbers) return null;
        numbers.Add(number);
        return true;
    }

    public bool Delete(string key) => keys.Remove(key);

    public long Delete(params string[] names) => names.Count(keys.Remove);

    public long CountExisting(params string[] names) => names.Count(keys.ContainsKey);

    public bool Expire(string key, TimeSpan time, ExpireWhen when)
    {
        if (!keys.TryGetValue(key, out var held)) return false;
        var end = now + time;
        var allowed = when switch
        {
            ExpireWhen.WithoutExpiration => held.End is null,
            ExpireWhen.WithExpiration => held.End is not null,
            ExpireWhen.Later => held.End is { } present && end > present,
            ExpireWhen.Sooner => held.End is null || end < held.End,
            _ => true,
        };
        if (!allowed) return false;
        if (end <= now) keys.Remove(key);
        else keys[key] = (held.Value, end);
        return true;
    }

    public bool Persist(string key)
    {
        if (!keys.TryGetValue(key, out var held) || held.End is null) return false;
        keys[key] = (held.Value, null);
        return true;
    }

    public bool Rename(string source, string destination, ExistingDestination existing)
    {
        if (!keys.TryGetValue(source, out var held)) return false;
        if (existing == ExistingDestination.Keep && keys.ContainsKey(destination)) return false;
        keys.Remove(source);
        keys[destination] = held;
        return true;
    }

    public bool Copy(string source, string destination, ExistingDestination existing)
    {
        if (!keys.TryGetValue(source, out var held)) return false;
        if (existing == ExistingDestination.Keep && keys.ContainsKey(destination)) return false;
        keys[destination] = (held.Value is SortedSet<int> numbers ? new SortedSet<int>(numbers) : held.Value, held.End);
        return true;
    }

    /// <summary>What <see cref="KeyStep.Look"/> must see.</summary>
    public string Look()
    {
        var text = new StringBuilder();
        foreach (var (key, held) in keys.OrderBy(held => held.Key, StringComparer.Ordinal))
        {
            var value = held.Value is string set ? Short(set) : string.Join(' ', (SortedSet<int>)held.Value);
            text.Append(key).Append('=').Append(value).Append(" ttl ").Append(held.End - now).Append('\n');
        }

        text.Append(keys.Count).Append(" keys\n");
        return text.Append(string.Join(' ', keys.Keys.Order(StringComparer.Ordinal))).ToString();
    }

    /// <summary>A value, or of a long one what tells it from the others.</summary>
    public static string Short(KvValue value) => value.Length < 100 ? value.ToString() : $"{value.ToArray()[0]} x {value.Length}";
}
