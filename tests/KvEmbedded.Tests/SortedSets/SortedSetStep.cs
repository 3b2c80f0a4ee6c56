using System.Globalization;
using static KvEmbedded.Tests.SortedSets.BoardWorld;

namespace KvEmbedded.Tests.SortedSets;

/// <summary>
/// One command on sorted sets, of a small world: two keys, some thirty members, scores with ties and infinities. It runs on a
/// keyspace and on the plain model, and both say what came of it.
/// </summary>
/// <param name="Kind">Which command.</param>
/// <param name="Key">Which key.</param>
/// <param name="Member">Which member.</param>
/// <param name="Score">Which score, or how much.</param>
/// <param name="From">Where a range starts, and which condition.</param>
/// <param name="To">Where a range ends, and in which order.</param>
public readonly record struct SortedSetStep(byte Kind, byte Key, byte Member, sbyte Score, byte From, byte To)
{
    private const int Kinds = 22;

    private string KeyName => Key % 3 == 0 ? "y" : "x";

    private string OtherName => To % 3 == 0 ? "y" : "x";

    private string Name => SortedSetWorld.MemberOf(Member < 245 ? (byte)(Member % 32) : Member);

    private string OtherMember => SortedSetWorld.MemberOf((byte)(From % 32));

    private double Number => SortedSetWorld.ScoreOf(Score);

    private AddWhen When => (AddWhen)(From % 7);

    private Order Direction => (Order)(To % 2);

    private SortedSetEnd End => (SortedSetEnd)(To % 2);

    private Range Ranks => new(new Index(From % 16, From >= 128), new Index(To / 2 % 16, To >= 128));

    private (long Skip, long Take) Part => (From % 4, To % 8 == 0 ? long.MaxValue : To % 8);

    private ScoreRange Scores
    {
        get
        {
            var range = From % 2 == 0 ? ScoreRange.AtLeast(Number) : ScoreRange.Above(Number);
            var high = SortedSetWorld.ScoreOf((sbyte)Math.Min(sbyte.MaxValue, Score + To));
            return (To % 3) switch { 0 => range, 1 => range.AndAtMost(high), _ => range.AndBelow(high) };
        }
    }

    private SortedSetEntry[] Many => [new(Name, Number), new(OtherMember, Score), new(Name, -Number), new(OtherName, To)];

    internal async Task<string> RunAsync(IKeyspace keyspace)
    {
        var (set, (skip, take)) = (keyspace.SortedSet(KeyName), Part);
        try
        {
            return (Kind % Kinds) switch
            {
                0 or 1 or 2 => Of(await set.AddAsync(Name, Number, When)),
                3 or 4 => Of(await set.AddAsync(Many, When, AddCount.Changed)),
                5 => Of(await set.IncrementAsync(Name, Number)),
                6 => Of(await set.TryIncrementAsync(Name, Number, When)),
                7 or 8 => Of(await set.RemoveAsync(Name)),
                9 => Of(await set.RemoveAsync([Name, OtherMember, Name])),
                10 => Of(await set.RemoveRangeAsync(Ranks)),
                11 => Of(await set.RemoveRangeAsync(Scores)),
                12 => Of(await set.CountAsync(Scores)),
                13 => Of((await set.GetScoresAsync([Name, OtherMember]))[0]) + Of(await set.GetScoreAsync(OtherMember)),
                14 => Of(await set.GetRankAndScoreAsync(Name, Direction)),
                15 => Text(await set.GetRangeAsync(Ranks, Direction)),
                16 => Text(await set.GetRangeAsync(Scores, Direction, skip, take)),
                17 => Of(await set.StoreRangeAsync(OtherName, Ranks, Direction)),
                18 => Of(await set.StoreRangeAsync(OtherName, Scores, new RangePart { Order = Direction, Skip = skip, Take = take })),
                19 => Text(await set.PopAsync(End)),
                20 => Text(await set.PopAsync(From % 5, End)),
                _ => Of(await set.CountAsync()),
            };
        }
        catch (NumberOverflowException)
        {
            return "NaN";
        }
    }

    internal string Run(SortedSetsModel model)
    {
        var step = this;
        var (set, (skip, take)) = (model.At(KeyName), Part);
        return (Kind % Kinds) switch
        {
            0 or 1 or 2 => Of(SortedSetsModel.Add(set, Name, Number, When) == 'N'),
            3 or 4 => Of((long)Many.Count(entry => SortedSetsModel.Add(set, entry.Member.ToString(), entry.Score, step.When) != ' ')),
            5 => Incremented(set, AddWhen.Always),
            6 => Incremented(set, When),
            7 or 8 => Of(set.Remove(Name)),
            9 => Of((set.Remove(Name) ? 1L : 0) + (set.Remove(OtherMember) ? 1 : 0)),
            10 => Of(Removed(set, SortedSetsModel.ByRank(set, Ranks, Order.Ascending))),
            11 => Of(Removed(set, SortedSetsModel.ByScore(set, Scores, Order.Ascending))),
            12 => Of((long)SortedSetsModel.ByScore(set, Scores, Order.Ascending).Length),
            13 => Of(set.ScoreOf(Name)) + Of(set.ScoreOf(OtherMember)),
            14 => Of(SortedSetsModel.Rank(set, Name, Direction)),
            15 => Text(SortedSetsModel.ByRank(set, Ranks, Direction)),
            16 => Text(SortedSetsModel.ByScore(set, Scores, Direction, skip, take)),
            17 => Of(model.Store(OtherName, SortedSetsModel.ByRank(set, Ranks, Direction))),
            18 => Of(model.Store(OtherName, SortedSetsModel.ByScore(set, Scores, Direction, skip, take))),
            19 => Text(Popped(set, 1) is [var one] ? one : null),
            20 => Text(Popped(set, From % 5)),
            _ => Of((long)set.Count),
        };
    }

    private string Incremented(SortedSetModel set, AddWhen when)
    {
        var (old, score) = (set.ScoreOf(Name), Number);
        if (old is null ? !SortedSetsModel.MayAdd(when) : when == AddWhen.Missing) return Of((double?)null);
        if (old is not null) score += old.Value;
        if (double.IsNaN(score)) return "NaN";
        if (old is not null && !SortedSetsModel.MayScore(when, old.Value, score)) return Of((double?)null);
        set.Put(Name, score);
        return Of(score);
    }

    private SortedSetEntry[] Popped(SortedSetModel set, int count)
    {
        var entries = SortedSetsModel.ByRank(set, ..count, End == SortedSetEnd.Lowest ? Order.Ascending : Order.Descending);
        Removed(set, entries);
        return entries;
    }

    private static long Removed(SortedSetModel set, SortedSetEntry[] entries)
    {
        foreach (var entry in entries) Assert.True(set.Remove(entry.Member.ToString()));
        return entries.Length;
    }

    private static string Of<T>(T result) => string.Create(CultureInfo.InvariantCulture, $"{result}") is { Length: > 0 } text ? text : "none";
}
