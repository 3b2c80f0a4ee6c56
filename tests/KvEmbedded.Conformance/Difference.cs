namespace KvEmbedded.Conformance;

/// <summary>
/// A member that a backend does not have, or has otherwise than its interface promises: one line of the table of differences.
/// The test that shows it is not skipped: it asserts that the difference is there, and fails when it is gone.
/// </summary>
/// <param name="Test">Suite and test: <c>SortedSetContract.A_scan_returns_every_entry_once</c>.</param>
/// <param name="Member">The member or members that differ.</param>
/// <param name="There">What they do on that backend.</param>
/// <param name="Why">The reason.</param>
public sealed record Difference(string Test, string Member, string There, string Why)
{
    /// <summary>The exception that the test's body must end with; an assertion that met it counts too.</summary>
    public Type? Error { get; init; }

    /// <summary>What the backend does instead of the test's body, which must fail.</summary>
    public Func<IKeyspace, Task>? Instead { get; init; }

    /// <summary>A part of the display name of those cases of a theory that differ; null is all of them.</summary>
    public string? Case { get; init; }

    /// <summary>True if this is about the test that runs now.</summary>
    internal bool IsAbout(string test) =>
        test == Test && (Case is null || TestContext.Current.Test?.TestDisplayName.Contains(Case, StringComparison.Ordinal) == true);

    /// <summary>Runs the test's body and asserts that the backend differs as this says.</summary>
    internal async Task HoldAsync(Backend backend, Func<IKeyspace, Task> body)
    {
        var error = await Record.ExceptionAsync(() => backend.RunAsync(body));
        Assert.True(error is not null, $"The backend does what {Test} asserts: take its line out of the table of differences.");
        if (Error is not null)
            Assert.True(Chain(error).Any(Error.IsInstanceOfType), $"{Test} is to end with {Error.Name}, but ended with:\n{error}");
        if (Instead is not null) await backend.RunAsync(Instead);
    }

    private static IEnumerable<Exception> Chain(Exception? error)
    {
        for (; error is not null; error = error.InnerException) yield return error;
    }
}
