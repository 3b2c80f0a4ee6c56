namespace KvEmbedded.Conformance;

/// <summary>One that serves keyspaces: the embedded one, a view of it, a server. Each test has its own.</summary>
public abstract class Backend : IAsyncDisposable
{
    /// <summary>How long a key lives in tests that wait for its end.</summary>
    public virtual TimeSpan ShortTime => TimeSpan.FromMilliseconds(100);

    /// <summary>What stands before the keys of its keyspaces: handles tell it.</summary>
    public virtual KvKey Prefix => "";

    /// <summary>True if subscribers are told of a command when it has ended, and not only of all when the test has.</summary>
    public virtual bool PublishesAtOnce => true;

    /// <summary>Where it does not do what the suites assert; each line is asserted in its turn.</summary>
    public virtual IReadOnlyList<Difference> Differences => [];

    /// <summary>Makes a keyspace that nobody else uses, without keys.</summary>
    public abstract ValueTask<IKeyspace> CreateAsync();

    /// <summary>Runs a test's body on such a keyspace; one that lives only inside of something else says here how.</summary>
    public virtual async Task RunAsync(Func<IKeyspace, Task> body) => await body(await CreateAsync());

    /// <summary>Returns when at least this time has passed on the keyspace's clock: virtual time is advanced, real time is waited for.</summary>
    public abstract Task PassAsync(TimeSpan time);

    /// <summary>Ends it.</summary>
    public abstract ValueTask DisposeAsync();
}
