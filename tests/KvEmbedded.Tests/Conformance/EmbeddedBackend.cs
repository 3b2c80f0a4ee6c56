using KvEmbedded.Conformance;
using Microsoft.Extensions.Time.Testing;

namespace KvEmbedded.Tests.Conformance;

/// <summary>The embedded keyspace, on a clock that the tests move.</summary>
public class EmbeddedBackend : Backend
{
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);

    public EmbeddedBackend() => Keyspace = new Keyspace(new KeyspaceOptions { TimeProvider = time, RandomSeed = 1 });

    protected Keyspace Keyspace { get; }

    public override ValueTask<IKeyspace> CreateAsync() => new(Keyspace);

    public override Task PassAsync(TimeSpan time)
    {
        this.time.Advance(time);
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Keyspace.Store.Table.CheckInvariants();
        GC.SuppressFinalize(this);
        return Keyspace.DisposeAsync();
    }
}

/// <summary>A view of the embedded keyspace, beside keys that are not the view's.</summary>
public sealed class PrefixBackend : EmbeddedBackend
{
    private static readonly KvKey[] Outside = ["", "a", "outside", "vie", "view!", "view"];

    public override KvKey Prefix => "view:";

    public override async ValueTask<IKeyspace> CreateAsync()
    {
        foreach (var key in Outside) await Keyspace.Strings.SetAsync(key, "outside");
        return Keyspace.WithPrefix(Prefix);
    }

    public override async ValueTask DisposeAsync()
    {
        Assert.All(await Keyspace.Strings.GetAsync(Outside), value => Assert.Equal("outside", value.ToString()));
        await base.DisposeAsync();
    }
}

/// <summary>The synchronous side of the embedded keyspace: all calls have ended when they return.</summary>
public sealed class SynchronousBackend : EmbeddedBackend
{
    public override Task RunAsync(Func<IKeyspace, Task> body)
    {
        var task = body(Keyspace.Synchronous);
        Assert.True(task.IsCompleted);
        return task;
    }
}

/// <summary>The inside of a transaction, in which the whole body of a test runs.</summary>
public sealed class TransactionBackend : EmbeddedBackend
{
    public override bool PublishesAtOnce => false;

    public override async Task RunAsync(Func<IKeyspace, Task> body) => await Keyspace.TransactAsync(async transaction => await body(transaction));
}
