using System.Diagnostics;
using KvEmbedded.Engine;

namespace KvEmbedded.Diagnostics;

/// <summary>
/// Traces of commands that can run long, and of transactions: from the call to its end, waiting included. Made on the
/// caller's side, so that no listener ever runs on the loop, and only when somebody listens.
/// </summary>
internal static class KeyspaceActivities
{
    private static readonly ActivitySource Source = new(KeyspaceDiagnostics.ActivitySourceName, KeyspaceDiagnostics.Version);

    public static bool AreListenedTo => Source.HasListeners();

    /// <summary>Runs <paramref name="run"/> inside an activity, which is current meanwhile.</summary>
    /// <param name="key">Null for a transaction.</param>
    public static async ValueTask<TResult> TraceAsync<TArgs, TResult>(
        EmbeddedStore store, string command, byte[]? key, TArgs args, Func<TArgs, ValueTask<TResult>> run)
    {
        using var activity = Start(store, command, key);
        try
        {
            return await run(args).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Fail(activity, exception);
            throw;
        }
    }

    /// <summary>As <see cref="TraceAsync"/>, on the calling thread.</summary>
    public static TResult Trace<TArgs, TResult>(EmbeddedStore store, string command, byte[]? key, TArgs args, Func<TArgs, TResult> run)
    {
        using var activity = Start(store, command, key);
        try
        {
            return run(args);
        }
        catch (Exception exception)
        {
            Fail(activity, exception);
            throw;
        }
    }

    private static Activity? Start(EmbeddedStore store, string command, byte[]? key)
    {
        var activity = Source.StartActivity(command);
        if (activity is not { IsAllDataRequested: true }) return activity;
        activity.SetTag(KeyspaceInstruments.KeyspaceTag, store.Options.Name);
        if (key is not null) activity.SetTag("kvembedded.key", KeyText.Of(key));
        return activity;
    }

    private static void Fail(Activity? activity, Exception exception)
    {
        if (activity is null) return;
        activity.SetTag("error.type", exception.GetType().FullName);
        activity.SetStatus(ActivityStatusCode.Error, exception.Message);
    }
}
