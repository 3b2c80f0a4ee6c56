using System.Globalization;
using System.Text;
using KvEmbedded;

namespace Lloogg;

/// <summary>
/// What the keyspace holds about the logs, and the only class that knows it: counters of what is counted once a hit, sorted
/// sets of what has names and a best. The key names are listed in the sample's README.
/// </summary>
/// <remarks>
/// Whoever sends requests chooses the names of pages, referrers and programs. So each set of names is cut to its highest
/// <paramref name="namesMax"/> again after as many hits: it never holds more than twice that.
/// </remarks>
/// <param name="keyspace">Where everything is kept.</param>
/// <param name="site">The site's own host name, whose pages are no referrers; empty if it is not known.</param>
/// <param name="top">Most entries of each list in <see cref="TotalsAsync"/>.</param>
/// <param name="namesMax">Names to keep of each kind.</param>
internal sealed class HitStore(IKeyspace keyspace, string site, int top, int namesMax = 100_000)
{
    /// <summary>A log may claim any size: a sum that has become too large stays at the largest.</summary>
    private static readonly IncrementOptions Saturating = new() { AtBound = AtBound.Saturate };

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
    private readonly Referrer referrer = new(site);
    private readonly List<UnreadableLine> firstUnreadable = [];
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
        await browsers.IncrementAsync(Browser.Name(line.Agent));
        await AddNamesAsync(line);

        if (++hitsSinceTrim >= namesMax) await TrimAsync();
    }

    /// <summary>Counts a line that could not be read, and keeps the first few to show.</summary>
    public async ValueTask AddUnreadableAsync(string log, LogText line, LineFault fault)
    {
        await unreadable.IncrementAsync();
        if (firstUnreadable.Count < top)
        {
            var start = Encoding.UTF8.GetString(Page.Cut(line.Text).Span);
            firstUnreadable.Add(new UnreadableLine(log, line.Number, fault.Describe(), start));
        }
    }

    /// <summary>All figures as they are now.</summary>
    public async ValueTask<Totals> TotalsAsync()
    {
        var classes = new long[statuses.Length];
        for (var digit = 0; digit < classes.Length; digit++) classes[digit] = await statuses[digit].GetAsync() ?? 0;

        return new Totals
        {
            Hits = await hits.GetAsync() ?? 0,
            PageViews = await views.GetAsync() ?? 0,
            Bytes = await bytes.GetAsync() ?? 0,
            Visitors = await visitors.CountAsync(),
            HitsByStatusClass = classes,
            DayCount = await days.CountAsync(),
            Days = await LatestDaysAsync(),
            Pages = await TopPagesAsync(),
            Missing = await TopAsync(missing),
            Referrers = await TopAsync(referrers),
            Browsers = await TopAsync(browsers),
            Unreadable = await unreadable.GetAsync() ?? 0,
            FirstUnreadable = [.. firstUnreadable],
        };
    }

    private async ValueTask EnterAsync(DateOnly day)
    {
        today = new DayKeys(keyspace, day);
        await days.AddAsync(DayKeys.Name(day), day.DayNumber);
    }

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

    private async ValueTask<IReadOnlyList<DayTotals>> LatestDaysAsync()
    {
        var latest = new List<DayTotals>();
        foreach (var entry in await days.GetRangeAsync(^top..))
        {
            var keys = new DayKeys(keyspace, DateOnly.FromDayNumber((int)entry.Score));
            latest.Add(new DayTotals(
                keys.Day, await keys.Hits.GetAsync() ?? 0, await keys.Visitors.CountAsync(), await keys.Bytes.GetAsync() ?? 0));
        }

        return latest;
    }

    private async ValueTask<IReadOnlyList<PageTotals>> TopPagesAsync()
    {
        if (await days.GetRangeAsync(^1..) is not [var lastDay]) return [];
        var last = new DayKeys(keyspace, DateOnly.FromDayNumber((int)lastDay.Score));
        var list = new List<PageTotals>();
        foreach (var page in await pages.GetRangeAsync(..top, Order.Descending))
        {
            var viewsOnLastDay = await last.Views.Counter(page.Member.ToMemory()).GetAsync() ?? 0;
            list.Add(new PageTotals(page.Member.ToString(), (long)page.Score, viewsOnLastDay));
        }

        return list;
    }

    private async ValueTask<IReadOnlyList<NameTotals>> TopAsync(ISortedSet names) =>
    [
        .. (await names.GetRangeAsync(..top, Order.Descending))
            .Select(entry => new NameTotals(entry.Member.ToString(), (long)entry.Score)),
    ];

    /// <summary>The keys of one day.</summary>
    private sealed class DayKeys(IKeyspace keyspace, DateOnly day)
    {
        public DateOnly Day => day;

        public ICounter Hits { get; } = keyspace.Counter($"hits:{Name(day)}");

        public ICounter Bytes { get; } = keyspace.Counter($"bytes:{Name(day)}");

        public ISortedSet Visitors { get; } = keyspace.SortedSet($"visitors:{Name(day)}");

        /// <summary>A counter for each page that was viewed on this day.</summary>
        public IKeyspace Views { get; } = keyspace.WithPrefix($"views:{Name(day)}:");

        public static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
