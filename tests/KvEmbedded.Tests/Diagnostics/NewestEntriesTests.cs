using FsCheck.Xunit;
using KvEmbedded.Diagnostics;

namespace KvEmbedded.Tests.Diagnostics;

public sealed class NewestEntriesTests
{
    [Property]
    public void The_newest_stay_newest_first(byte capacity, byte count)
    {
        var entries = new NewestEntries<string>(capacity + 1);
        for (var i = 0; i < count; i++) entries.Add(0, static (number, _) => $"{number}");

        Assert.Equal(Enumerable.Range(1, count).Reverse().Take(capacity + 1).Select(number => $"{number}"), entries.Snapshot());
        Assert.Equal(count, entries.Count);
    }

    [Fact]
    public void The_newest_stay_when_many_threads_add()
    {
        const int Threads = 4, Adds = 20_000, Capacity = 10;
        var entries = new NewestEntries<string>(Capacity);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            for (var i = 0; i < Adds; i++) entries.Add(0, static (number, _) => $"{number}");
        })).ToArray();

        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        Assert.Equal(Enumerable.Range(1, Threads * Adds).Reverse().Take(Capacity).Select(number => $"{number}"), entries.Snapshot());
    }
}
