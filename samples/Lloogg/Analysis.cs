using KvEmbedded;

namespace Lloogg;

/// <summary>
/// Brings logs line by line into the stream from which they are counted, and publishes how it goes: reader, parser, queue,
/// store, totals, in that direction only.
/// </summary>
internal sealed class Analysis(HitStore store, HitQueue queue, IPubSub channels, TimeSpan period, TimeProvider time)
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(250);

    private readonly long started = time.GetTimestamp();
    private readonly List<string> complaints = [];
    private Progress progress = new();
    private long bytesBefore;
    private long lines;
    private (long Lines, bool IsFollowing) shown = (-1, false);

    /// <summary>How far it has come.</summary>
    public Progress Progress => progress with { Lines = lines, Elapsed = time.GetElapsedTime(started) };

    /// <summary>Logs that could not be read to their end, with the reason; the others are read all the same.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    /// <summary>Reads the logs one after the other; then, if asked to, waits for what is added, until cancelled.</summary>
    /// <param name="logs">Each is opened when its turn comes.</param>
    /// <param name="bytesTotal">Bytes of all logs, if known.</param>
    /// <param name="follow">Whether to go on after the end of the logs that can grow.</param>
    /// <param name="cancellationToken">Ends reading and waiting within a moment, with what was counted.</param>
    public async Task RunAsync(
        IReadOnlyList<LogReader> logs, long? bytesTotal, bool follow, CancellationToken cancellationToken)
    {
        progress = progress with { BytesTotal = bytesTotal };
        using var pulse = new Pulse(period, time, cancellationToken);
        var growing = new List<LogReader>();
        foreach (var log in logs)
        {
            progress = progress with { Log = log.Name };
            bytesBefore = progress.BytesRead;
            if (await TryReadAsync(log, pulse, cancellationToken) && follow && log.CanGrow)
            {
                growing.Add(log);
                continue;
            }

            await CountLastAsync(log);
            await log.DisposeAsync();
        }

        if (growing.Count > 0) await FollowAsync(growing, pulse, cancellationToken);
    }

    private async Task FollowAsync(List<LogReader> logs, Pulse pulse, CancellationToken cancellationToken)
    {
        progress = progress with
        {
            IsFollowing = true,
            Log = logs.Count == 1 ? logs[0].Name : $"{logs.Count} logs",
        };
        await ShowAsync();
        using var look = new Pulse(LookPeriod, time, cancellationToken);
        while (true)
        {
            await look.Next;
            cancellationToken.ThrowIfCancellationRequested();
            look.Beat();
            foreach (var log in logs) await LookAsync(log, pulse, cancellationToken);
            if (pulse.Beat()) await ShowAsync();
        }
    }

    /// <summary>Reads what was added, and follows the path to a new file if there is one.</summary>
    private async Task LookAsync(LogReader log, Pulse pulse, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(log, pulse, cancellationToken);
            var fate = log.Look();
            if (fate == FileFate.Same) return;

            if (fate == FileFate.Replaced) await ReadAsync(log, pulse, cancellationToken);
            await CountLastAsync(log);
            await log.RestartAsync();
            await ReadAsync(log, pulse, cancellationToken);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Between two files of a rotation there may be none, or one that is not yet ours to read: the next look finds it.
        }
    }

    private async Task<bool> TryReadAsync(LogReader log, Pulse pulse, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(log, pulse, cancellationToken);
            return true;
        }
        catch (Exception damage) when (damage is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            complaints.Add($"{log.Name}: read to byte {Readable.Count(log.BytesRead)}, then: {damage.Message}");
            return false;
        }
    }

    private async Task ReadAsync(LogReader log, Pulse pulse, CancellationToken cancellationToken)
    {
        await CountAllAsync(log);
        while (await ReadMoreAsync(log, pulse, cancellationToken)) await CountAllAsync(log);
    }

    /// <summary>Reads on, and keeps the display alive while nothing comes: a pipe may be silent for hours.</summary>
    private async Task<bool> ReadMoreAsync(LogReader log, Pulse pulse, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var more = log.ReadAsync(cancellationToken).AsTask();
        while (!more.IsCompleted)
        {
            await Task.WhenAny(more, pulse.Next);
            cancellationToken.ThrowIfCancellationRequested();
            if (pulse.Beat()) await ShowAsync();
        }

        if (pulse.Beat()) await ShowAsync();
        return await more;
    }

    private async ValueTask CountAllAsync(LogReader log)
    {
        if (!progress.IsFollowing) progress = progress with { BytesRead = bytesBefore + log.BytesRead };
        while (log.TryTake(out var line)) await CountAsync(log, line);
    }

    private async Task CountLastAsync(LogReader log)
    {
        if (log.TryTakeLast(out var line)) await CountAsync(log, line);
    }

    private ValueTask CountAsync(LogReader log, LogText text)
    {
        lines++;
        var fault = AccessLogLine.Parse(text.Text, out var line);
        if (text.IsCut) fault = LineFault.TooLong;
        return fault == LineFault.None ? CountAsync(line) : store.AddUnreadableAsync(log.Name, text, fault);
    }

    /// <summary>The workers count in any order; in which order a visitor came only the reader knows.</summary>
    private async ValueTask CountAsync(AccessLogLine line)
    {
        await store.RememberAsync(line);
        await queue.AddAsync(line);
    }

    private async ValueTask ShowAsync()
    {
        var state = (lines, progress.IsFollowing);
        if (shown == state) return;
        shown = state;

        // While it reads, figures may lag behind the lines; once it waits, they must not.
        if (progress.IsFollowing) await queue.DrainAsync();
        await channels.PublishAsync(LiveState.Channel, new LiveState(Progress, await store.TotalsAsync()).Write());
    }
}
