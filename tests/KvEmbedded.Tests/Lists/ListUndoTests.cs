using FsCheck.Xunit;
using KvEmbedded.Engine;
using KvEmbedded.Lists;
using KvEmbedded.Tests.Differential;

namespace KvEmbedded.Tests.Lists;

/// <summary>Any list commands in a transaction that fails: nothing has happened.</summary>
public sealed class ListUndoTests
{
    [Property(MaxTest = 400)]
    public void A_transaction_that_fails_leaves_all_lists_as_they_were(int before, int within)
    {
        using var keyspace = new Keyspace(new KeyspaceOptions { RandomSeed = 1 });
        foreach (var command in Script.From(before, ListCommands.All).Commands) command.RunAsync(keyspace).GetAwaiter().GetResult();
        var (old, bytes) = (ContentOf(keyspace), keyspace.Store.Dispatcher.Turn.MemoryBytes);

        Assert.Throws<InvalidOperationException>(() => keyspace.Transact(transaction =>
        {
            foreach (var command in Script.From(within, ListCommands.All).Commands) command.RunAsync(transaction).GetAwaiter().GetResult();
            throw new InvalidOperationException();
        }));

        Assert.Equal(old, ContentOf(keyspace));
        keyspace.Store.Table.CheckInvariants();

        // Chunks may lie otherwise than before, but hardly wider.
        Assert.InRange(keyspace.Store.Dispatcher.Turn.MemoryBytes, 0, bytes + 100_000);
    }

    [Property(MaxTest = 200)]
    public void A_transaction_that_is_kept_does_what_the_same_commands_do_one_by_one(int before, int within)
    {
        using var together = new Keyspace(new KeyspaceOptions { RandomSeed = 1 });
        using var apart = new Keyspace(new KeyspaceOptions { RandomSeed = 1 });
        foreach (var keyspace in (Keyspace[])[together, apart])
        {
            foreach (var command in Script.From(before, ListCommands.All).Commands) command.RunAsync(keyspace).GetAwaiter().GetResult();
        }

        var answers = Script.From(within, ListCommands.All).Commands.Select(command => command.RunAsync(apart).GetAwaiter().GetResult()).ToArray();
        var answersTogether = together.Transact(transaction =>
            Script.From(within, ListCommands.All).Commands.Select(command => command.RunAsync(transaction).GetAwaiter().GetResult()).ToArray());

        Assert.Equal(answers, answersTogether);
        Assert.Equal(ContentOf(apart), ContentOf(together));
    }

    private static string[] ContentOf(Keyspace keyspace) => [.. Draw.Keys.Select(key =>
    {
        keyspace.Store.Dispatcher.Turn.Find<ListDeque>(new EncodedKey(key.ToArray()))?.CheckInvariants();
        return ListCommands.AllOf(key).RunAsync(keyspace).GetAwaiter().GetResult();
    })];
}
