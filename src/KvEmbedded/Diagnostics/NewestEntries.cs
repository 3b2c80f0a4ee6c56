namespace KvEmbedded.Diagnostics;

/// <summary>The newest so many entries of a log. Any thread adds and reads, without a lock.</summary>
/// <remarks>An entry's number decides its place, so a place never goes back to an older entry than it holds.</remarks>
internal sealed class NewestEntries<TEntry>(int capacity) where TEntry : class
{
    private readonly Numbered?[] places = new Numbered?[capacity];
    private long last;

    /// <summary>Entries ever added.</summary>
    public long Count => Volatile.Read(ref last);

    /// <param name="make">Makes the entry, given its number: 1, 2, 3 and so on.</param>
    public TEntry Add<TArgs>(TArgs args, Func<long, TArgs, TEntry> make)
    {
        var number = Interlocked.Increment(ref last);
        var entry = new Numbered(number, make(number, args));
        ref var place = ref places[number % capacity];
        for (var seen = Volatile.Read(ref place); seen is null || seen.Number < number;)
        {
            var found = Interlocked.CompareExchange(ref place, entry, seen);
            if (ReferenceEquals(found, seen)) break;
            seen = found;
        }

        return entry.Entry;
    }

    /// <summary>What is kept at this moment, newest first.</summary>
    public TEntry[] Snapshot()
    {
        var kept = new List<Numbered>(Math.Min(capacity, (int)Math.Min(Count, capacity)));
        foreach (ref var place in places.AsSpan())
        {
            if (Volatile.Read(ref place) is { } entry) kept.Add(entry);
        }

        kept.Sort(static (left, right) => right.Number.CompareTo(left.Number));
        return [.. kept.Select(static entry => entry.Entry)];
    }

    private sealed record Numbered(long Number, TEntry Entry);
}
