namespace KvEmbedded.Tests.Strings;

/// <summary>The same commands through every door there is: plain, with a prefix, synchronous, in a transaction.</summary>
public sealed class StringViewTests
{
    public enum View
    {
        Plain,
        Prefix,
        PrefixOfPrefix,
        Synchronous,
        Transaction,
        TransactionWithPrefix,
        SynchronousTransaction,
    }

    [Theory, CombinatorialViews]
    public async Task Every_command_works_through_every_door(View view)
    {
        await using var world = new StringWorld();
        var keyspace = world.Keyspace;
        switch (view)
        {
            case View.Plain:
                await AllAsync(keyspace);
                break;
            case View.Prefix:
                await AllAsync(keyspace.WithPrefix("app:"));
                Assert.Equal("x!!", await world.TextAsync("app:a"));
                break;
            case View.PrefixOfPrefix:
                await AllAsync(keyspace.WithPrefix("app:").WithPrefix(new string('y', 300)));
                Assert.Null(await world.TextAsync("a"));
                break;
            case View.Synchronous:
                AllSynchronously(keyspace.Synchronous);
                break;
            case View.Transaction:
                await keyspace.TransactAsync(async tx => await AllAsync(tx));
                Assert.Equal("x!!", await world.TextAsync("a"));
                break;
            case View.TransactionWithPrefix:
                await keyspace.TransactAsync(async tx => await AllAsync(tx.WithPrefix("app:")));
                Assert.Equal("x!!", await world.TextAsync("app:a"));
                break;
            default:
                keyspace.Transact(tx => AllSynchronously(tx));
                Assert.Equal("x!!", await world.TextAsync("a"));
                break;
        }
    }

    private static void AllSynchronously(IKeyspace keyspace)
    {
        var task = AllAsync(keyspace);
        Assert.True(task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    private static async Task AllAsync(IKeyspace keyspace)
    {
        var (a, b, n) = (keyspace.String("a"), keyspace.String("b"), keyspace.Counter("n"));
        Assert.True(await a.SetAsync("x"));
        Assert.Equal(2, await a.AppendAsync("y"));
        Assert.Equal(2, await a.GetLengthAsync());
        Assert.Equal("y", (await a.GetRangeAsync(1..)).ToString());
        Assert.Equal(3, await a.SetRangeAsync(1, "!!"));
        Assert.Equal("x!!", (await keyspace.Strings.GetAsync("a")).ToString());
        Assert.True(await keyspace.Strings.SetAsync("b", "!?"));
        Assert.Equal("!", (await a.GetCommonSubsequenceAsync("b")).ToString());
        Assert.Equal(1, await a.GetCommonSubsequenceLengthAsync("b"));
        Assert.Single((await a.GetCommonSubsequenceMatchesAsync("b")).Matches);
        Assert.True(await b.CompareAndSetAsync("!?", "?"));
        Assert.Equal("?", (await b.GetAndSetAsync("??", TimeSpan.FromHours(1))).ToString());
        Assert.Equal("??", (await b.GetAndExpireAsync(TimeSpan.FromHours(2))).ToString());
        Assert.Equal("??", (await b.GetAndDeleteAsync()).ToString());
        Assert.False(await b.CompareAndDeleteAsync("??"));
        Assert.True(await keyspace.Strings.SetAsync([new("b", 1), new("c", 2)]));
        Assert.Equal(["x!!", "1", "2", null], (await keyspace.Strings.GetAsync(["a", "b", "c", "d"])).Select(value => value?.ToString()));
        Assert.True(await n.SetAsync(1));
        Assert.Equal(3, await n.IncrementAsync(2));
        Assert.Equal(2, await n.DecrementAsync());
        Assert.Equal(2, await n.GetAsync());
        Assert.Equal(2.5, await n.IncrementFloatAsync(0.5));
        Assert.Equal(2.5, await n.GetFloatAsync());
        Assert.Equal(3, await n.IncrementFloatAsync(0.5));
        Assert.Equal(3, await n.GetAndResetAsync());
        Assert.True((await n.IncrementAsync(2, new IncrementOptions { Max = 1 })).IsRefused);
        Assert.Equal(20_000, await a.SetRangeAsync(19_990, "0123456789"));
        Assert.Equal("9", (await a.GetRangeAsync(^1..)).ToString());
        Assert.Equal(20_001, await a.AppendAsync("!"));
        Assert.True(await a.SetAsync("x!!"));
        await Assert.ThrowsAsync<NotANumberException>(async () => await keyspace.Counter("a").IncrementAsync());
    }

    private sealed class CombinatorialViewsAttribute() : ClassDataAttribute(typeof(AllViews));

    private sealed class AllViews : TheoryData<View>
    {
        public AllViews() => AddRange(Enum.GetValues<View>());
    }
}
