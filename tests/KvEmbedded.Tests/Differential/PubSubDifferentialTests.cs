using KvEmbedded.Tests.PubSub;

namespace KvEmbedded.Tests.Differential;

/// <summary>
/// The same subscribers come, go and are published to here and at the real server: as many are reached, and each hears the
/// same. Its sessions are connections, which no script of single commands has, so it has a runner of its own.
/// </summary>
public sealed class PubSubDifferentialTests(RealRedis server) : IClassFixture<RealRedis>
{
    private const int Listeners = 4;

    private static readonly string[] Names = ["a", "b", "ab", "a[b]", "*", "a*", "", "é"];
    private static readonly string[] Globs = ["*", "a*", "?", "*b", "a[b]", "a\\[b]", "[^a]", "\\*", "", "**", "é", "??"];

    [Fact]
    public async Task The_same_are_reached_and_hear_the_same()
    {
        using var redis = server.ConnectAnother();
        for (var seed = 0; seed < Comparison.ScriptCount; seed++) await RunAsync(redis, new Random(seed), $"seed {seed}");
    }

    private async Task RunAsync(RespConnection redis, Random random, string script)
    {
        await using var keyspace = new Keyspace();
        var listeners = new List<Listener>();
        try
        {
            for (var step = 0; step < Script.Length; step++)
            {
                switch (random.Next(10))
                {
                    case < 3 when listeners.Count < Listeners:
                        listeners.Add(await Listener.MakeAsync(keyspace.PubSub, server.ConnectAnother(), random));
                        break;
                    case 3 when listeners.Count > 0:
                        var leaving = listeners[random.Next(listeners.Count)];
                        listeners.Remove(leaving);
                        leaving.EndAndCompare(script);
                        break;
                    default:
                        var (channel, message) = (Names[random.Next(Names.Length)], $"{step:00}");
                        redis.Add("PUBLISH", channel, message);
                        Assert.Equal((script, redis.Send()[0].Number), (script, await keyspace.PubSub.PublishAsync(channel, message)));
                        break;
                }

                await CompareTablesAsync(redis, keyspace.PubSub, random, script);
            }
        }
        finally
        {
            foreach (var listener in listeners) listener.EndAndCompare(script);
        }
    }

    private static async Task CompareTablesAsync(RespConnection redis, IPubSub ours, Random random, string script)
    {
        var pattern = Globs[random.Next(Globs.Length)];
        redis.Add("PUBSUB", "CHANNELS");
        redis.Add("PUBSUB", "CHANNELS", pattern);
        redis.Add("PUBSUB", "NUMPAT");
        redis.Add(["PUBSUB", "NUMSUB", .. Names.Select(name => (KvValue)name)]);
        var replies = redis.Send();

        Assert.Equal((script, Sorted(replies[0])), (script, Sorted(await ours.GetChannelsAsync())));
        Assert.Equal((script, Sorted(replies[1])), (script, Sorted(await ours.GetChannelsAsync(pattern))));
        Assert.Equal((script, replies[2].Number), (script, await ours.CountPatternsAsync()));
        Assert.Equal(
            replies[3].Items!.Chunk(2).Select(pair => pair[1].Number), await ours.CountSubscribersAsync([.. Names.Select(name => (KvKey)name)]));
    }

    private static string Sorted(Reply reply) => string.Join(' ', reply.Items!.Select(item => Answer.Quoted(item.Bytes!)).Order(StringComparer.Ordinal));

    private static string Sorted(IReadOnlyList<KvKey> keys) => string.Join(' ', keys.Select(key => Answer.Quoted(key.ToArray())).Order(StringComparer.Ordinal));

    /// <summary>One who listens on both sides.</summary>
    private sealed class Listener(Subscription<ChannelMessage> ours, RespConnection theirs)
    {
        public static async Task<Listener> MakeAsync(IPubSub pubSub, RespConnection theirs, Random random)
        {
            var names = Names.Where(_ => random.Next(4) == 0).ToArray();
            var globs = Globs.Where(_ => random.Next(5) == 0).ToArray();
            if (names.Length + globs.Length == 0) globs = ["*"];
            foreach (var name in names) theirs.Add("SUBSCRIBE", name);
            foreach (var glob in globs) theirs.Add("PSUBSCRIBE", glob);
            theirs.Send();
            var named = names.Length > 0 ? Channels.Named([.. names.Select(name => (KvKey)name)]) : null;
            var matching = globs.Length > 0 ? Channels.Matching([.. globs.Select(glob => (KvKey)glob)]) : null;
            return new Listener(await pubSub.SubscribeAsync(named is null ? matching! : matching is null ? named : named.And(matching)), theirs);
        }

        /// <summary>Messages of one publication may come in any order of patterns; publications come in theirs.</summary>
        public void EndAndCompare(string script)
        {
            // What was published to it comes before the answer to this.
            theirs.Add("PING");
            var heard = new List<string>();
            var reply = theirs.Send()[0];
            for (; Answer.Quoted(reply.Items![0].Bytes!) != "'pong'"; reply = theirs.Receive()) heard.Add(Text(reply.Items!));
            theirs.Add("UNSUBSCRIBE");
            theirs.Add("PUNSUBSCRIBE");
            ReadToTheEnd(theirs);
            theirs.Dispose();
            Assert.Equal(
                (script, string.Join('\n', heard.Order(StringComparer.Ordinal))),
                (script, string.Join('\n', ours.BufferedNews().Select(Text).Order(StringComparer.Ordinal))));
        }

        // The server answers for each channel; after the last of both kinds none is left.
        private static void ReadToTheEnd(RespConnection connection)
        {
            var last = connection.Send()[1];
            while (last.Items is not [{ Bytes: { } kind }, _, { Line: "0" }] || kind[0] != (byte)'p') last = connection.Receive();
        }

        private static string Text(Reply[] items) => items.Length == 4
            ? $"{Quoted(items[3])} {Quoted(items[2])} {Quoted(items[1])}"
            : $"{Quoted(items[2])} {Quoted(items[1])} -";

        private static string Text(ChannelMessage message) =>
            $"{Answer.Quoted(message.Message.ToArray())} {Answer.Quoted(message.Channel.ToArray())} " +
            (message.Pattern is { } pattern ? Answer.Quoted(pattern.ToArray()) : "-");

        private static string Quoted(Reply reply) => Answer.Quoted(reply.Bytes!);
    }
}
