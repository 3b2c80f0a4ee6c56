using System.Collections;
using System.Globalization;
using System.Text;

namespace KvEmbedded.Tests.Differential;

/// <summary>The one text that an answer has, whichever side gives it.</summary>
internal static class Answer
{
    public const string Nil = "nil";
    public const string Yes = "yes";
    public const string No = "no";
    public const string NoMember = "no such member";

    /// <summary>What our side answers.</summary>
    public static string Of(object? answer) => answer switch
    {
        null => Nil,
        bool yes => yes ? Yes : No,
        string text => text,
        int or long => Convert.ToString(answer, CultureInfo.InvariantCulture)!,
        double number => Of(number),
        KvValue value => Quoted(value.ToArray()),
        KvKey key => Quoted(key.ToArray()),
        KeyType type => type.ToString(),
        TimeSpan time => Of(time),
        SortedSetEntry entry => $"{Of(entry.Member)}={Of(entry.Score)}",
        SortedSetRank rank => $"{rank.Rank}, {Of(rank.Score)}",
        SortedSetPop pop => $"{Of(pop.Key)} {Of(pop.Entries)}",
        ListPop pop => $"{Of(pop.Key)} {Of(pop.Elements)}",
        KeyLifetime lifetime => lifetime.TimeToLive is { } left ? Of(left) : lifetime.Exists ? "endless" : "missing",
        CommonSubsequenceMatches matches => $"{matches.Length}: {Of(matches.Matches)}",
        CommonSubsequenceMatch match => $"{match.Start}~{match.OtherStart}+{match.Length}",
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        _ => throw new ArgumentException($"There is no text for a {answer.GetType()}."),
    };

    /// <summary>What our side answers by throwing.</summary>
    public static string Of(Exception error) => error switch
    {
        WrongTypeException => "! wrong type",
        NotANumberException => "! not a number",
        NumberOverflowException => "! overflow",
        ValueTooLongException => "! too long",
        NotAHyperLogLogException => "! no HyperLogLog",
        CorruptHyperLogLogException => "! corrupt",
        NoSuchGroupException or NoSuchStreamException => "! missing",
        GroupExistsException => "! group exists",
        StreamIdNotGreaterException => "! id not greater",
        StreamIdExhaustedException => "! id exhausted",
        StreamCounterException => "! counter",
        ArgumentException => "! argument",
        _ => $"! {error}",
    };

    /// <summary>What Redis answers, read by <paramref name="read"/> unless it is an error.</summary>
    public static string Of(Reply reply, Func<Reply, string> read) => reply.IsError ? KindOf(reply.Line) : read(reply);

    public static string Plain(Reply reply) => reply switch
    {
        { IsNil: true } => Nil,
        { Items: { } items } => $"[{string.Join(", ", items.Select(item => Of(item, Plain)))}]",
        { Bytes: { } bytes } => Quoted(bytes),
        _ => reply.Line,
    };

    /// <summary>1 and OK are yes, 0 and nil are no.</summary>
    public static string YesNo(Reply reply) => reply switch
    {
        { IsNil: true } or { Kind: ':', Line: "0" } => No,
        { Kind: ':', Line: "1" } or { Kind: '+', Line: "OK" } => Yes,
        _ => $"neither yes nor no: {Plain(reply)}",
    };

    /// <summary>What only has to be there: there is no saying what it is.</summary>
    public static string Presence(Reply reply) => reply.IsNil ? No : Yes;

    public static string Integer(Reply reply) =>
        reply.IsNil ? Nil : long.TryParse(reply.Text, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == reply.Text ? reply.Text : "! not a number";

    public static string Score(Reply reply) => reply.IsNil ? Nil : Of(NumberOf(reply.Text));

    public static string Scores(Reply reply) => $"[{string.Join(", ", reply.Items!.Select(Score))}]";

    /// <summary>Members and scores, one after the other.</summary>
    public static string Entries(Reply reply) => $"[{string.Join(", ", Pairs(reply))}]";

    /// <summary>As <see cref="Entries"/>, where the order is the server's own.</summary>
    public static string EntriesInNoOrder(Reply reply) => $"[{string.Join(", ", Pairs(reply).Order(StringComparer.Ordinal))}]";

    public static string FirstEntry(Reply reply) => reply.IsNil ? Nil : Pairs(reply).FirstOrDefault(Nil);

    /// <summary>A moment far away, coarse enough for the time that a run takes not to be seen in it.</summary>
    public static string TimeLeft(Reply reply) => reply.Number switch
    {
        -2 => "missing",
        -1 => "endless",
        var milliseconds => Of(TimeSpan.FromMilliseconds(milliseconds)),
    };

    public static string Quoted(byte[] bytes)
    {
        var text = new StringBuilder("'");
        foreach (var value in bytes)
        {
            if (value is >= 0x20 and < 0x7F) text.Append((char)value);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        }

        return text.Append('\'').ToString();
    }

    private static IEnumerable<string> Pairs(Reply reply) =>
        reply.Items!.Chunk(2).Select(pair => $"{Plain(pair[0])}={Score(pair[1])}");

    // Of zeros Redis keeps the sign in large sets and loses it in small ones: see KnownDifferences.
    private static string Of(double number) => (number == 0 ? 0 : number).ToString("R", CultureInfo.InvariantCulture);

    private static string Of(TimeSpan time) =>
        $"{Math.Round(time / Draw.TimeUnit, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture)} units of time";

    private static double NumberOf(string text) => text.ToLowerInvariant() switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string KindOf(string error)
    {
        foreach (var (part, kind) in Kinds)
        {
            if (error.Contains(part, StringComparison.Ordinal)) return kind;
        }

        return $"! {error}";
    }

    private static readonly (string Part, string Kind)[] Kinds =
    [
        ("not a valid HyperLogLog", "! no HyperLogLog"),
        ("Corrupted HLL", "! corrupt"),
        ("WRONGTYPE", "! wrong type"),
        ("The specified keys must contain string values", "! wrong type"),
        ("not an integer or out of range", "! not a number"),
        ("not a valid float", "! not a number"),
        ("hash value is not an integer", "! not a number"),
        ("hash value is not a float", "! not a number"),
        ("would overflow", "! overflow"),
        ("would produce NaN or Infinity", "! overflow"),
        ("score is not a number (NaN)", "! overflow"),
        ("exceeds maximum allowed size", "! too long"),
        ("source and destination objects are the same", "! argument"),
        ("Elements are too large", "! id not greater"),
        ("NOGROUP", "! missing"),
        ("requires the key to exist", "! missing"),
        ("BUSYGROUP", "! group exists"),
        ("smaller than the target stream length", "! counter"),
        ("is equal or smaller than the target", "! id not greater"),
        ("is smaller than the", "! id not greater"),
        ("is smaller than current max_deleted_entry_id", "! id not greater"),
        ("exhausted the last possible ID", "! id exhausted"),
        ("no such key", No),
        ("index out of range", No),
        ("could not decode requested zset member", NoMember),
    ];
}
