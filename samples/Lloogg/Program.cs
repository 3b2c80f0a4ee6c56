using System.Runtime.InteropServices;
using KvEmbedded;

namespace Lloogg;

/// <summary>Real-time web analytics from access logs, on an embedded keyspace: the program that Redis was made for.</summary>
internal static class Program
{
    private const string BundledSite = "www.papershop.example";
    private const int PlainWidth = 100;

    private static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(args, Surroundings.OfProcess(), stop.Token);
    }

    /// <summary>The whole program.</summary>
    /// <returns>The exit code: 0 done, 1 a log could not be read to its end, 2 bad arguments, 130 interrupted.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, Surroundings around, CancellationToken cancellationToken = default)
    {
        if (!CommandLine.TryParse(args, out var command, out var problem)) return await RefuseAsync(around, problem);
        if (command.Help)
        {
            await around.Output.WriteAsync(CommandLine.Usage);
            return 0;
        }

        var logs = new List<LogReader>();
        foreach (var word in command.Logs)
        {
            if (word == "-")
            {
                logs.Add(LogReader.OfStream("standard input", around.Input));
                continue;
            }

            var files = LogFiles.Find(word);
            if (files.Count == 0) return await RefuseAsync(around, $"There is no log at '{word}'.");
            logs.AddRange(files.Select(LogReader.OfFile));
        }

        if (logs.Count > 0) return await AnalyseAsync(logs, command, around, cancellationToken);
        if (around.IsInputRedirected && await TryOpenInputAsync(around, cancellationToken) is { } input)
            return await AnalyseAsync([input], command, around, cancellationToken);

        await around.Error.WriteLineAsync("No log was named: reading the one that is bundled with this sample.");
        return await AnalyseAsync([LogReader.OfFile(around.BundledLog)], command with { Site = BundledSite }, around,
            cancellationToken);
    }

    /// <summary>Standard input, or null if it holds nothing at all, as where a program is started without one.</summary>
    private static async Task<LogReader?> TryOpenInputAsync(Surroundings around, CancellationToken cancellationToken)
    {
        await around.Error.WriteLineAsync("No log was named: reading standard input.");
        var input = LogReader.OfStream("standard input", around.Input);
        try
        {
            return await input.ReadAsync(cancellationToken).AsTask().WaitAsync(cancellationToken) ? input : null;
        }
        catch (Exception damage) when (damage is InvalidDataException or IOException or OperationCanceledException)
        {
            return input;
        }
    }

    private static async Task<int> RefuseAsync(Surroundings around, string problem)
    {
        await around.Error.WriteLineAsync($"{problem} Try --help.");
        return 2;
    }

    /// <summary>Bytes of all logs; null if one is no plain file.</summary>
    private static long? TotalLength(List<LogReader> logs)
    {
        var total = 0L;
        foreach (var log in logs)
        {
            if (log.Length is not { } length) return null;
            total += length;
        }

        return total;
    }

    private static async Task<int> AnalyseAsync(
        List<LogReader> logs, CommandLine command, Surroundings around, CancellationToken cancellationToken)
    {
        await using var keyspace = new Keyspace();
        HitStore Store() => new(keyspace, command.Site, command.Top);
        var store = Store();
        Display display = around.IsOutputTerminal ? new LiveDisplay(around, command.Top) : new PlainDisplay(around.Error);
        await using var queue = await HitQueue.OpenAsync(keyspace, Store);
        var states = await keyspace.PubSub.SubscribeAsync(LiveState.Channel, capacity: 1, FullMode.DropOldest, CancellationToken.None);
        var showing = ShowAsync(states, display);
        var analysis = new Analysis(store, queue, keyspace.PubSub, display.Period, around.Time);
        var interrupted = false;
        try
        {
            await analysis.RunAsync(logs, TotalLength(logs), command.Follow, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            interrupted = !analysis.Progress.IsFollowing;
        }

        await queue.DrainAsync();
        states.Dispose();
        await showing;
        await display.EndAsync();
        await ReportAsync(await store.TotalsAsync(), command.Top, around);
        foreach (var complaint in analysis.Complaints) await around.Error.WriteLineAsync(Readable.Harmless(complaint));
        await around.Error.WriteLineAsync(Report.EndLine(analysis.Progress, interrupted));
        foreach (var log in logs) await log.DisposeAsync();
        return interrupted ? 130 : analysis.Complaints.Count > 0 ? 1 : 0;
    }

    private static async Task ShowAsync(Subscription<ChannelMessage> states, Display display)
    {
        await foreach (var state in states) await display.ShowAsync(LiveState.Read(state.Message));
    }

    private static async Task ReportAsync(Totals totals, int rows, Surroundings around)
    {
        var width = around.IsOutputTerminal ? around.Size().Width - 1 : PlainWidth;
        foreach (var line in Report.Lines(totals, new ReportStyle(width, rows, around.IsColoured)))
            await around.Output.WriteLineAsync(line);
        await around.Output.FlushAsync();
    }
}
