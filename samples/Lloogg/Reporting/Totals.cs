namespace Lloogg;

/// <summary>What the keyspace holds about the logs, as read at one moment; all that a report is made from.</summary>
internal sealed record Totals
{
    /// <summary>Nothing read yet.</summary>
    public static Totals None { get; } = new();

    /// <summary>Requests, whatever came of them.</summary>
    public long Hits { get; init; }

    /// <summary>Successful GETs of pages: no assets, no errors, no redirects.</summary>
    public long PageViews { get; init; }

    /// <summary>Bytes of all answers.</summary>
    public long Bytes { get; init; }

    /// <summary>Different client addresses over all days.</summary>
    public long Visitors { get; init; }

    /// <summary>Hits by the first digit of the status, 0 to 9; what is neither 1xx to 5xx is odd, but kept.</summary>
    public IReadOnlyList<long> HitsByStatusClass { get; init; } = new long[10];

    /// <summary>Days with hits, over all.</summary>
    public long DayCount { get; init; }

    /// <summary>The latest days, in order.</summary>
    public IReadOnlyList<DayTotals> Days { get; init; } = [];

    /// <summary>The latest weeks, in order.</summary>
    public IReadOnlyList<WeekTotals> Weeks { get; init; } = [];

    /// <summary>Who came last, with the last hits; null before the first hit.</summary>
    public VisitorTotals? Latest { get; init; }

    /// <summary>Pages, most viewed first.</summary>
    public IReadOnlyList<PageTotals> Pages { get; init; } = [];

    /// <summary>Addresses that were not there, most asked for first.</summary>
    public IReadOnlyList<NameTotals> Missing { get; init; } = [];

    /// <summary>Where page views came from, without query and scheme.</summary>
    public IReadOnlyList<NameTotals> Referrers { get; init; } = [];

    /// <summary>Families of browsers, and other programs by their own names, by hits.</summary>
    public IReadOnlyList<NameTotals> Browsers { get; init; } = [];

    /// <summary>Lines that could not be read.</summary>
    public long Unreadable { get; init; }

    /// <summary>The first of the lines that could not be read.</summary>
    public IReadOnlyList<UnreadableLine> FirstUnreadable { get; init; } = [];
}

/// <summary>One day, in the log's own time zone.</summary>
/// <param name="Day">Which one.</param>
/// <param name="Hits">Requests.</param>
/// <param name="Visitors">Different client addresses.</param>
/// <param name="Returning">How many of them had come on an earlier day.</param>
/// <param name="Bytes">Bytes of all answers.</param>
internal sealed record DayTotals(DateOnly Day, long Hits, long Visitors, long Returning, long Bytes);

/// <summary>A week by its ISO 8601 name, with an estimate (0.81 % standard error) of its different visitors.</summary>
internal sealed record WeekTotals(string Week, long Visitors);

/// <summary>A visitor and what it asked for last, the newest first.</summary>
internal sealed record VisitorTotals(string Client, IReadOnlyList<string> LastHits);

/// <summary>A page with its views over all, and on the latest day that the log knows.</summary>
internal sealed record PageTotals(string Name, long Views, long ViewsOnLastDay);

/// <summary>A name and how often it was counted.</summary>
internal sealed record NameTotals(string Name, long Count);

/// <summary>A line that could not be read: where, why, and how it begins.</summary>
internal sealed record UnreadableLine(string Log, long Number, string Reason, string Start);

/// <summary>How far the reading has come.</summary>
internal sealed record Progress
{
    /// <summary>The log being read.</summary>
    public string Log { get; init; } = "";

    /// <summary>Bytes read of all logs.</summary>
    public long BytesRead { get; init; }

    /// <summary>Bytes of all logs; null where a stream is among them, whose length nobody knows.</summary>
    public long? BytesTotal { get; init; }

    /// <summary>Lines read of all logs.</summary>
    public long Lines { get; init; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>True once all logs are read and what is added to them is waited for.</summary>
    public bool IsFollowing { get; init; }
}
