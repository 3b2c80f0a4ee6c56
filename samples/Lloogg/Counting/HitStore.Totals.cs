using System.Globalization;
using KvEmbedded;

namespace Lloogg;

// Reading the figures.
internal sealed partial class HitStore
{
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
            Weeks = await LatestWeeksAsync(),
            Latest = await LatestVisitorAsync(),
            Unreadable = await unreadable.GetAsync() ?? 0,
            FirstUnreadable = [.. (await firstUnreadable.GetRangeAsync(..)).Select(LiveState.ReadUnreadable)],
        };
    }

    private async ValueTask<IReadOnlyList<DayTotals>> LatestDaysAsync()
    {
        var latest = new List<DayTotals>();
        foreach (var entry in await days.GetRangeAsync(^top..))
        {
            var keys = new DayKeys(keyspace, DateOnly.FromDayNumber((int)entry.Score));
            latest.Add(new DayTotals(
                keys.Day, await keys.Hits.GetAsync() ?? 0, await keys.Visitors.CountAsync(), await ReturningAsync(keys),
                await keys.Bytes.GetAsync() ?? 0));
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

    /// <summary>Visitors of a day that had come on an earlier one: the bits of both.</summary>
    private async ValueTask<long> ReturningAsync(DayKeys day)
    {
        var earlier = await days.GetRangeAsync(ScoreRange.Below(day.Day.DayNumber));
        if (earlier.Length == 0) return 0;

        await keyspace.Bitmaps.CombineAsync(
            BitOperation.Or, "active:earlier", [.. earlier.Select(entry => new DayKeys(keyspace, DateOnly.FromDayNumber((int)entry.Score)).Active.Key)]);
        await keyspace.Bitmaps.CombineAsync(BitOperation.And, "active:returning", ["active:earlier", day.Active.Key]);
        return await keyspace.Bitmap("active:returning").CountAsync();
    }

    /// <summary>The visitors of each week, about: the union of its days, of which all that is kept is an estimate.</summary>
    private async ValueTask<IReadOnlyList<WeekTotals>> LatestWeeksAsync()
    {
        var weeks = new List<WeekTotals>();
        var latest = (await days.GetRangeAsync(^(7 * top)..)).Select(entry => DateOnly.FromDayNumber((int)entry.Score));
        foreach (var week in latest.GroupBy(WeekName).TakeLast(top))
        {
            var whole = keyspace.HyperLogLog($"unique:{week.Key}");
            await keyspace.HyperLogLogs.MergeAsync(whole.Key, [.. week.Select(day => new DayKeys(keyspace, day).Estimate.Key)]);
            weeks.Add(new WeekTotals(week.Key, await whole.CountAsync()));
        }

        return weeks;
    }

    private async ValueTask<VisitorTotals?> LatestVisitorAsync()
    {
        if (await visitors.GetRangeAsync(^1..) is not [var visitor]) return null;
        var hits = await LastHits(visitor.Member).GetRangeAsync(..);
        return new VisitorTotals(visitor.Member.ToString(), [.. hits.Select(hit => hit.ToString())]);
    }

    private static string WeekName(DateOnly day)
    {
        var moment = day.ToDateTime(TimeOnly.MinValue);
        return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(moment)}-W{ISOWeek.GetWeekOfYear(moment):00}");
    }
}
