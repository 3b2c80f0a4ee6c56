using System.Globalization;
using System.Text;
using KvEmbedded;

namespace Lloogg;

/// <summary>
/// What the keyspace holds about the logs, and the only class that knows it: counters of what is counted once a hit, sorted
/// sets of what has names and a best, a HyperLogLog and a bitmap of each day's visitors, the last hits of each visitor. The
/// key names are listed in the sample's README.
/// </summary>
/// <remarks>
/// <para>Several of these count into one keyspace at once; each of them has one caller.</para>
/// <para>
/// Whoever sends requests chooses the names of pages, referrers and programs. So each set of names is cut to its highest
/// <paramref name="namesMax"/> again after as many hits: it never holds more than twice that for each who counts.
/// </para>
/// </remarks>
/// <param name="keyspace">Where everything is kept.</param>
/// <param name="site">The site's own host name, whose pages are no referrers; empty if it is not known.</param>
/// <param name="top">Most entries of each list in <see cref="TotalsAsync"/>.</param>
/// <param name="namesMax">Names to keep of each kind.</param>
internal sealed partial class HitStore(IKeyspace keyspace, string site, int top, int namesMax = 100_000)
{
    /// <summary>A log may claim any size: a sum that has become too large stays at the largest.</summary>
    private static readonly IncrementOptions Saturating = new() { AtBound = AtBound.Saturate };

    /// <summary>Hits to keep of each visitor.</summary>
    private const int LastHitsMax = 10;

    private static readonly byte[] NoRequest = "(no request)"u8.ToArray();

    private readonly ICounter hits = keyspace.Counter("hits");
    private readonly ICounter views = keyspace.Counter("views");
    private readonly ICounter bytes = keyspace.Counter("bytes");
    private readonly ICounter unreadable = keyspace.Counter("unreadable");
    private readonly ICounter[] statuses = [.. Enumerable.Range(0, 10).Select(digit => keyspace.Counter($"status:{digit}"))];
    private readonly ISortedSet days = keyspace.SortedSet("days");
    private readonly ISortedSet visitors = keyspace.SortedSet("visitors");
    private readonly ISortedSet pages = keyspace.SortedSet("pages");
    private readonly ISortedSet referrers = keyspace.SortedSet("referrers");
    private readonly ISortedSet browsers = keyspace.SortedSet("browsers");
    private readonly ISortedSet missing = keyspace.SortedSet("missing");
    private readonly IHash numbers = keyspace.Hash("visitor-numbers");
    private readonly ICounter lastNumber = keyspace.Counter("last-visitor-number");
    private readonly IKvList firstUnreadable = keyspace.List("unreadable:first");
    private readonly Referrer referrer = new(site);
    private DayKeys today = new(keyspace, DateOnly.MinValue);
    private int hitsSinceTrim;

    /// <summary>Counts one hit. Its texts need to stay valid until this has ended.</summary>
    public async ValueTask AddAsync(AccessLogLine line)
    {
        var day = DateOnly.FromDateTime(line.Time.DateTime);
        if (today.Day != day) await EnterAsync(day);

        await hits.IncrementAsync();
        await bytes.IncrementAsync(line.Bytes, Saturating);
        await statuses[line.Status / 100].IncrementAsync();
        await today.Hits.IncrementAsync();
        await today.Bytes.IncrementAsync(line.Bytes, Saturating);

        // The logs may come in any order: a visitor was last seen at the latest time of all.
        var seen = line.Time.ToUnixTimeSeconds();
        await visitors.AddAsync(line.Client, seen, AddWhen.Greater);
        await today.Visitors.AddAsync(line.Client, seen, AddWhen.Greater);
        await today.Estimate.AddAsync(line.Client);
        await today.Active.SetAsync(await NumberAsync(line.Client));
        await browsers.IncrementAsync(Browser.Name(line.Agent));
        await AddNamesAsync(line);

        if (++hitsSinceTrim >= namesMax) await TrimAsync();
    }

    /// <summary>Remembers what a visitor asked for last, in the order of the calls.</summary>
    public async ValueTask RememberAsync(AccessLogLine line)
    {
        var request = line.HasRequest ? Page.Cut(line.Target) : NoRequest;
        await LastHits(line.Client).PushAndTrimAsync(request, LastHitsMax, ListEnd.Head);
    }

    /// <summary>Counts a line that could not be read, and keeps the first few to show.</summary>
    public async ValueTask AddUnreadableAsync(string log, LogText line, LineFault fault)
    {
        if (await unreadable.IncrementAsync() > top) return;
        var start = Encoding.UTF8.GetString(Page.Cut(line.Text).Span);
        await firstUnreadable.PushAsync(LiveState.Write(new UnreadableLine(log, line.Number, fault.Describe(), start)));
    }

    private async ValueTask EnterAsync(DateOnly day)
    {
        today = new DayKeys(keyspace, day);
        await days.AddAsync(DayKeys.Name(day), day.DayNumber);
    }

    /// <summary>
    /// The visitor's number, by which bitmaps know it: given once, in the order of coming. Of two who meet a new visitor at
    /// once one gives the number, and that of the other is never used.
    /// </summary>
    private async ValueTask<long> NumberAsync(ReadOnlyMemory<byte> client)
    {
        if (await numbers.GetAsync(client) is { } known) return (long)known;
        var number = await lastNumber.IncrementAsync();
        return await numbers.SetAsync(client, number, SetWhen.Missing) ? number : (long)(await numbers.GetAsync(client))!.Value;
    }

    private IKvList LastHits(KvValue client) => keyspace.List(((KvKey)client.ToMemory()).WithPrefix("last:"));

    private async ValueTask AddNamesAsync(AccessLogLine line)
    {
        var name = Page.Name(line.Target);
        if (name.IsEmpty) return;
        if (line.Status is 404 or 410) await missing.IncrementAsync(name);
        if (!Page.IsView(line, name)) return;

        await views.IncrementAsync();
        await pages.IncrementAsync(name);
        await today.Views.Counter(name).IncrementAsync();
        var from = referrer.Name(line.Referrer);
        if (!from.IsEmpty) await referrers.IncrementAsync(from);
    }

    private async ValueTask TrimAsync()
    {
        hitsSinceTrim = 0;
        foreach (var names in new[] { pages, referrers, browsers, missing }) await names.RemoveRangeAsync(..^namesMax);
    }

    /// <summary>The keys of one day.</summary>
    private sealed class DayKeys(IKeyspace keyspace, DateOnly day)
    {
        public DateOnly Day => day;

        public ICounter Hits { get; } = keyspace.Counter($"hits:{Name(day)}");

        public ICounter Bytes { get; } = keyspace.Counter($"bytes:{Name(day)}");

        public ISortedSet Visitors { get; } = keyspace.SortedSet($"visitors:{Name(day)}");

        /// <summary>Who came, about: 12 KiB for any number.</summary>
        public IHyperLogLog Estimate { get; } = keyspace.HyperLogLog($"unique:{Name(day)}");

        /// <summary>Who came, by number: a bit each.</summary>
        public IBitmap Active { get; } = keyspace.Bitmap($"active:{Name(day)}");

        /// <summary>A counter for each page that was viewed on this day.</summary>
        public IKeyspace Views { get; } = keyspace.WithPrefix($"views:{Name(day)}:");

        public static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
