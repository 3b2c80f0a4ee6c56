using System.Globalization;
using System.Text.RegularExpressions;
using Lloogg;

namespace KvEmbedded.Tests.Samples;

/// <summary>
/// Counts a log a second time, with nothing of the sample but the shape of its totals: one regular expression, dictionaries,
/// all lines in memory. What the sample says has to be this.
/// </summary>
internal sealed partial class NaiveCount(string site)
{
    private const int Patience = 10_000;
    private readonly List<Match> hits = [];
    private long unreadable;

    [GeneratedRegex("""^(?<client>\S+) \S+ .+? \[(?<day>[^:]+):(?<clock>\S+) (?<zone>[-+]\d{4})\] "(?<request>(?:[^"\\]|\\.)*)" (?<status>\d{3}) (?<bytes>\d+|-)(?: "(?<referrer>(?:[^"\\]|\\.)*)")?(?: "(?<agent>(?:[^"\\]|\\.)*)")?$""", RegexOptions.None, Patience)]
    private static partial Regex Line();

    [GeneratedRegex("""^GET (?<name>[^?# ]*)[^ ]*(?: .*)?$""", RegexOptions.None, Patience)]
    private static partial Regex Get();

    [GeneratedRegex("""^[-A-Z_]{1,32} (?<target>.+?)(?: HTTP/[^ ]*)?$""", RegexOptions.None, Patience)]
    private static partial Regex Request();

    [GeneratedRegex("""^[-A-Z_]+ (?<name>[^?# ]*)""", RegexOptions.None, Patience)]
    private static partial Regex Any();

    [GeneratedRegex("""\.(?:css|m?js|map|ico|png|jpe?g|gif|svg|webp|avif|woff2?|ttf|txt|xml|json|webmanifest)$""", RegexOptions.None, Patience)]
    private static partial Regex Asset();

    public NaiveCount Read(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (Line().Match(line) is { Success: true } hit) hits.Add(hit);
            else unreadable++;
        }

        return this;
    }

    public Totals Totals(int top)
    {
        var views = hits.Where(IsView).ToList();
        var days = hits.GroupBy(Day).OrderBy(day => day.Key).ToList();
        var classes = new long[10];
        foreach (var hit in hits) classes[hit.Groups["status"].Value[0] - '0']++;
        return new Totals
        {
            Hits = hits.Count,
            PageViews = views.Count,
            Bytes = hits.Sum(Bytes),
            Visitors = hits.Select(Client).Distinct().Count(),
            HitsByStatusClass = classes,
            DayCount = days.Count,
            Days =
            [
                .. days.TakeLast(top).Select(day => new DayTotals(
                    day.Key, day.Count(), day.Select(Client).Distinct().Count(),
                    day.Select(Client).Intersect(hits.Where(hit => Day(hit) < day.Key).Select(Client)).Count(), day.Sum(Bytes))),
            ],
            Weeks = [.. days.TakeLast(7 * top).GroupBy(day => Week(day.Key)).TakeLast(top).Select(week => new WeekTotals(week.Key, week.SelectMany(day => day.Select(Client)).Distinct().Count()))],
            Latest = Latest(),
            Pages = [.. Top(views.Select(Name), top).Select(page => new PageTotals(page.Name, page.Count,
                views.Count(hit => Name(hit) == page.Name && Day(hit) == days[^1].Key)))],
            Missing = Top(hits.Where(hit => hit.Groups["status"].Value is "404" or "410").Select(Name), top),
            Referrers = Top(views.Select(Referrer), top),
            Browsers = Top(hits.Select(Browser), top),
            Unreadable = unreadable,
        };
    }

    private static List<NameTotals> Top(IEnumerable<string> names, int top) =>
    [
        .. names.Where(name => name.Length > 0)
            .Select(name => name[..Math.Min(name.Length, 256)])
            .GroupBy(name => name)
            .Select(group => new NameTotals(group.Key, group.Count()))
            .OrderByDescending(entry => entry.Count)
            .ThenByDescending(entry => entry.Name, StringComparer.Ordinal)
            .Take(top),
    ];

    /// <summary>The one seen last, of several at the same moment the last by name; the last ten hits of its own.</summary>
    private VisitorTotals? Latest()
    {
        if (hits.Count == 0) return null;
        var last = hits.Max(Moment);
        var client = hits.Where(hit => Moment(hit) == last).Select(Client).Order(StringComparer.Ordinal).Last();
        return new VisitorTotals(client, [.. hits.Where(hit => Client(hit) == client).Reverse().Take(10).Select(Target)]);
    }

    private static DateTimeOffset Moment(Match hit) => DateTimeOffset.ParseExact(
        $"{hit.Groups["day"].Value}:{hit.Groups["clock"].Value} {hit.Groups["zone"].Value.Insert(3, ":")}", "dd/MMM/yyyy:HH:mm:ss zzz",
        CultureInfo.InvariantCulture);

    private static string Target(Match hit) =>
        Request().Match(hit.Groups["request"].Value) is { Success: true } request
            ? request.Groups["target"].Value[..Math.Min(256, request.Groups["target"].Length)]
            : "(no request)";

    private static string Week(DateOnly day)
    {
        // Weeks begin on Monday; the first is the one with the first Thursday.
        var thursday = day.AddDays(3 - (((int)day.DayOfWeek + 6) % 7));
        return $"{thursday.Year}-W{((thursday.DayOfYear - 1) / 7) + 1:00}";
    }

    private static DateOnly Day(Match hit) => DateOnly.ParseExact(hit.Groups["day"].Value, "dd/MMM/yyyy", CultureInfo.InvariantCulture);

    private static string Client(Match hit) => hit.Groups["client"].Value;

    private static long Bytes(Match hit) => hit.Groups["bytes"].Value is "-" ? 0 : long.Parse(hit.Groups["bytes"].Value, CultureInfo.InvariantCulture);

    private static bool IsView(Match hit) => hit.Groups["status"].Value is ['2', ..] or "304"
        && Get().Match(hit.Groups["request"].Value) is { Success: true } get && !Asset().IsMatch(get.Groups["name"].Value);

    private static string Name(Match hit) => Any().Match(hit.Groups["request"].Value).Groups["name"].Value;

    private string Referrer(Match hit)
    {
        var referrer = hit.Groups["referrer"].Value;
        if (referrer is "-" or "") return "";
        referrer = referrer.Split('?', '#')[0];
        var parts = referrer.Split("://", 2);
        var name = parts[^1];
        if (name.EndsWith('/')) name = name[..^1];
        return name.Split('/', ':')[0] == site ? "" : name;
    }

    private static string Browser(Match hit)
    {
        var agent = hit.Groups["agent"].Value;
        if (agent is "-" or "") return "(no name)";
        var robot = agent.Split(' ', ';', '/', '(', ')', ',', '+').FirstOrDefault(word => word.Length > 3 && word.EndsWith("bot", StringComparison.OrdinalIgnoreCase));
        if (robot is not null) return robot;
        if (!agent.StartsWith("Mozilla/", StringComparison.Ordinal)) return agent.Split('/', ' ')[0];
        return agent.Contains("Edg/", StringComparison.Ordinal) ? "Edge"
            : agent.Contains("OPR/", StringComparison.Ordinal) ? "Opera"
            : agent.Contains("Firefox/", StringComparison.Ordinal) ? "Firefox"
            : agent.Contains("Chrome/", StringComparison.Ordinal) ? "Chrome"
            : agent.Contains("Safari/", StringComparison.Ordinal) ? "Safari"
            : "other browsers";
    }
}
