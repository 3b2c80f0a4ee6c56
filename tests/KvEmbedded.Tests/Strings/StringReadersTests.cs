namespace KvEmbedded.Tests.Strings;

/// <summary>What readers on other threads see while somebody writes.</summary>
public sealed class StringReadersTests
{
    // Short, a number, and long: each has its own way of being read without the loop.
    public static TheoryData<int> Lengths => [1, 500, 20_000];

    [Theory, MemberData(nameof(Lengths))]
    public async Task A_reader_never_sees_what_a_transaction_has_not_committed(int length)
    {
        await using var keyspace = new Keyspace();
        var committed = new string('c', length);
        var draft = new string('d', length);
        await keyspace.Strings.SetAsync([new("a", committed), new("n", 1)]);
        var done = false;
        var readers = Enumerable.Range(0, 3).Select(i => Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                Assert.Equal(committed, (await keyspace.String("a").GetAsync()).ToString());
                Assert.Equal(length, await keyspace.String("a").GetLengthAsync());
                Assert.Equal("c", (await keyspace.String("a").GetRangeAsync(^1..)).ToString());
                Assert.Equal(1, await keyspace.Counter("n").GetAsync());
                Assert.Null(await keyspace.Strings.GetAsync("made"));
            }
        })).ToArray();

        for (var i = 0; i < 2_000; i++)
        {
            await keyspace.TransactAsync(async tx =>
            {
                await tx.String("a").SetAsync(draft);
                await tx.String("a").AppendAsync("more");
                await tx.String("a").SetRangeAsync(0, "x");
                await tx.Counter("n").IncrementAsync(5);
                await tx.Strings.SetAsync("made", 1);
                if (i % 2 == 0)
                {
                    await tx.Strings.SetAsync([new("a", committed), new("n", 1)]);
                    await tx.String("made").GetAndDeleteAsync();
                }
                else
                {
                    throw new InvalidOperationException("taken back");
                }
            }).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
        Assert.Equal(committed, (await keyspace.Strings.GetAsync("a")).ToString());
    }

    [Theory, MemberData(nameof(Lengths))]
    public async Task A_reader_sees_a_value_as_a_whole(int length)
    {
        await using var keyspace = new Keyspace();
        var key = keyspace.String("a");
        await key.SetAsync(new string('a', length));
        var done = false;
        var readers = Enumerable.Range(0, 3).Select(i => Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                var value = (await key.GetAsync())!.Value.ToArray();
                Assert.Equal(length, value.Length);
                Assert.Equal(-1, value.AsSpan().IndexOfAnyExcept(value[0]));
            }
        })).ToArray();

        for (var i = 0; i < 5_000; i++)
        {
            var value = new string((char)('a' + (i % 26)), length);
            if (i % 2 == 0) await key.SetAsync(value);
            else await key.SetRangeAsync(0, value);
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task A_reader_of_several_keys_sees_them_as_they_were_at_one_moment()
    {
        await using var keyspace = new Keyspace();
        KvKey[] keys = [.. Enumerable.Range(0, 20).Select(i => (KvKey)$"key:{i}")];
        await keyspace.Strings.SetAsync([.. keys.Select(key => KeyValuePair.Create(key, (KvValue)0))]);
        var done = false;
        var readers = Enumerable.Range(0, 2).Select(i => Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                var values = await keyspace.Strings.GetAsync(keys);
                Assert.Single(values.Distinct());

                // One after the other they may be of different moments, but time never runs backwards.
                var first = (long)(await keyspace.Strings.GetAsync(keys[0]))!.Value;
                var last = (long)(await keyspace.Strings.GetAsync(keys[^1]))!.Value;
                Assert.True(last >= first);
            }
        })).ToArray();

        for (var i = 1; i <= 3_000; i++)
        {
            var value = (KvValue)i;
            await keyspace.Strings.SetAsync([.. keys.Select(key => KeyValuePair.Create(key, value))]);
        }

        Volatile.Write(ref done, true);
        await Task.WhenAll(readers);
    }
}
