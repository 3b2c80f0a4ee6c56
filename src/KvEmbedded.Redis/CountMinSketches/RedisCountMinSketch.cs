using KvEmbedded.CountMinSketches;
using KvEmbedded.Redis.Connection;
using KvEmbedded.Redis.Keys;
using StackExchange.Redis;

namespace KvEmbedded.Redis.CountMinSketches;

/// <summary>The count-min sketch at one key of a server that has RedisBloom's commands.</summary>
internal sealed class RedisCountMinSketch(ServerDoor door, RedisKey key) : RedisHandle(door, key), ICountMinSketch
{
    public ValueTask CreateAsync(long width, int depth, CancellationToken cancellationToken)
    {
        CountMinSizes.Check(width, depth);
        return DoneAsync(new Command("CMS.INITBYDIM", KeyType.CountMinSketch) { key, width, depth }.FailsIfThere(), cancellationToken);
    }

    public ValueTask CreateForErrorAsync(double errorRate, double errorProbability, CancellationToken cancellationToken)
    {
        CountMinSizes.CheckShare(errorRate);
        CountMinSizes.CheckShare(errorProbability);
        CountMinSizes.Check(CountMinSizes.Width(errorRate), CountMinSizes.Depth(errorProbability));
        return DoneAsync(
            new Command("CMS.INITBYPROB", KeyType.CountMinSketch) { key, errorRate, errorProbability }.FailsIfThere(), cancellationToken);
    }

    public ValueTask<long> IncrementAsync(KvValue item, long by, CancellationToken cancellationToken) =>
        door.RunAsync(
            Writing(new Command("CMS.INCRBY", KeyType.CountMinSketch) { key, item, Require.AtLeastOne(by) }),
            answer => Count(answer[0]), cancellationToken);

    public ValueTask<long[]> IncrementAsync(IReadOnlyCollection<ItemIncrement> increments, CancellationToken cancellationToken)
    {
        Require.Some(increments, "increment");
        var command = new Command("CMS.INCRBY", KeyType.CountMinSketch) { key };
        foreach (var (item, by) in increments) command.Add(new Command("") { item, Require.AtLeastOne(by, nameof(increments)) });
        return door.RunAsync(Writing(command), answer => Reply.Each(answer, Count), cancellationToken);
    }

    public ValueTask<long> CountAsync(KvValue item, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("CMS.QUERY", KeyType.CountMinSketch) { key, item }.MissingIfNotThere(),
            static answer => answer.IsNull ? 0 : (long)answer[0], cancellationToken);

    public ValueTask<long[]> CountAsync(IReadOnlyCollection<KvValue> items, CancellationToken cancellationToken)
    {
        var count = Require.Some(items, "item").Count;
        return door.RunAsync(
            new Command("CMS.QUERY", KeyType.CountMinSketch) { key, items }.MissingIfNotThere(),
            answer => answer.IsNull ? new long[count] : Reply.Each(answer, Reply.Integer), cancellationToken);
    }

    public ValueTask MergeAsync(
        IReadOnlyCollection<KvKey> sources, IReadOnlyList<long>? weights, CancellationToken cancellationToken)
    {
        var keys = door.Encode(sources);
        CountMinSizes.CheckWeights(weights, keys.Length);
        var command = new Command("CMS.MERGE", KeyType.CountMinSketch) { key, keys.Length, keys };
        if (weights is not null)
        {
            command.Add("WEIGHTS");
            foreach (var weight in weights) command.Add(weight);
        }

        return DoneAsync(Writing(command).FailsIf("is not equal", door => MismatchAsync(door, command)), cancellationToken);
    }

    public ValueTask<CountMinSketchInfo?> GetInfoAsync(CancellationToken cancellationToken) =>
        GetInfoAsync(door, key, cancellationToken);

    private static ValueTask<CountMinSketchInfo?> GetInfoAsync(ServerDoor door, RedisKey key, CancellationToken cancellationToken) =>
        door.RunAsync(
            new Command("CMS.INFO", KeyType.CountMinSketch) { key }.MissingIfNotThere(),
            static answer => Facts.Read(answer, static facts => new CountMinSketchInfo(facts["width"], (int)facts["depth"], facts["count"])),
            cancellationToken);

    private async ValueTask DoneAsync(Command command, CancellationToken cancellationToken) =>
        await door.RunAsync(command, Reply.IsThere, cancellationToken).ConfigureAwait(false);

    private Command Writing(Command command) => command.FailsIfNotThere().FailsIf("overflow", Overflow);

    private long Count(RedisResult answer) => SketchErrors.IsError(answer) ? throw Overflow() : (long)answer;

    private NumberOverflowException Overflow() =>
        new(Key, "a counter above 4294967295 or a count of 2^63 and more", "the counters of a count-min sketch");

    /// <summary>The first of the sources whose sizes are others.</summary>
    private static async ValueTask<Exception> MismatchAsync(ServerDoor door, Command command)
    {
        var (width, depth, _) = await GetInfoAsync(door, command.Keys[0], CancellationToken.None).ConfigureAwait(false) ?? new CountMinSketchInfo(0, 0, 0);
        var (other, otherWidth, otherDepth) = (command.Keys[0], 0L, 0);
        foreach (var source in command.Keys.Skip(1))
        {
            var info = await GetInfoAsync(door, source, CancellationToken.None).ConfigureAwait(false);
            (other, otherWidth, otherDepth) = (source, info?.Width ?? 0, info?.Depth ?? 0);
            if ((otherWidth, otherDepth) != (width, depth)) break;
        }

        return new SketchMismatchException(
            ServerDoor.Whole(command.Keys[0]), width, depth, ServerDoor.Whole(other), otherWidth, otherDepth);
    }
}
