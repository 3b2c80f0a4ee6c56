namespace KvEmbedded.Tests.HouseRules;

/// <summary>The public face keeps its rules, and each rule catches what breaks it.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly Type[] Types = [.. new[] { typeof(IKeyspace), typeof(RedisKeyspace) }.SelectMany(static type => type.Assembly.GetExportedTypes())];

    [Fact]
    public void The_types_are_found() => Assert.Superset(new HashSet<Type> { typeof(IKeyspace), typeof(IHash), typeof(RedisKeyspace) }, Types.ToHashSet());

    [Fact]
    public void Interfaces_have_few_members() => Assert.Empty(Types.SelectMany(PublicSurface.FewMembers));

    [Fact]
    public void What_is_awaited_can_be_cancelled() => Assert.Empty(Types.SelectMany(PublicSurface.CancellationComesLast));

    [Fact]
    public void What_is_awaited_is_called_Async() => Assert.Empty(Types.SelectMany(PublicSurface.AsyncIsInTheName));

    [Fact]
    public void Methods_of_interfaces_begin_with_verbs() => Assert.Empty(Types.SelectMany(PublicSurface.VerbsComeFirst));

    [Fact]
    public void An_interface_that_is_too_large_is_caught()
    {
        Assert.NotEmpty(PublicSurface.FewMembers(typeof(ILarge)));
        Assert.Empty(PublicSurface.FewMembers(typeof(IGood)));
    }

    [Fact]
    public void A_token_that_is_missing_or_not_last_or_without_a_default_is_caught()
    {
        Assert.Equal(4, PublicSurface.CancellationComesLast(typeof(IWithoutTokens)).Count());
        Assert.Empty(PublicSurface.CancellationComesLast(typeof(IGood)));
    }

    [Fact]
    public void A_name_that_does_not_say_whether_to_await_is_caught()
    {
        Assert.Equal(2, PublicSurface.AsyncIsInTheName(typeof(IMisnamed)).Count());
        Assert.Empty(PublicSurface.AsyncIsInTheName(typeof(IGood)));
    }

    [Fact]
    public void A_name_that_begins_with_a_noun_is_caught()
    {
        Assert.Equal(3, PublicSurface.VerbsComeFirst(typeof(INouns)).Count());
        Assert.Empty(PublicSurface.VerbsComeFirst(typeof(IGood)));
    }

#pragma warning disable CA1068, CA1711, CA1716 // They are wrong on purpose.
    private interface IGood : IAsyncDisposable
    {
        int Count { get; }

        ISortedSet SortedSet(KvKey key);

        IKvString String(KvKey key);

        ValueTask<int> GetAsync(int index, CancellationToken cancellationToken = default);

        IAsyncEnumerable<int> ScanAsync(CancellationToken cancellationToken = default);
    }

    private interface IWithoutTokens
    {
        ValueTask GetAsync();

        Task<int> GetAsync(CancellationToken cancellationToken);

        ValueTask<int> GetAsync(CancellationToken cancellationToken = default, int index = 0);

        IAsyncEnumerable<int> ScanAsync();
    }

    private interface IMisnamed
    {
        ValueTask Get(CancellationToken cancellationToken = default);

        int SetAsync();
    }

    private interface INouns
    {
        ValueTask<int> LengthAsync(CancellationToken cancellationToken = default);

        ISortedSet List(KvKey key);

        int GeteilteAnzahl();
    }

    private interface ILarge
    {
        int A { get; } int B { get; } int C { get; } int D { get; } int E { get; } int F { get; } int G { get; } int H { get; } int I { get; } int J { get; }

        int K(); int L(); int M(); int N(); int O(); int P(); int Q(); int R(); int S(); int T();

        event EventHandler U; event EventHandler V; event EventHandler W; event EventHandler X; event EventHandler Y; event EventHandler Z;

        int Aa(); int Bb(); int Cc(); int Dd(); int Ee();
    }
#pragma warning restore CA1068, CA1711, CA1716
}
