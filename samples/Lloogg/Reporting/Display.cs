namespace Lloogg;

/// <summary>Shows how things stand while the logs are read.</summary>
internal abstract class Display
{
    /// <summary>Time from one picture to the next.</summary>
    public abstract TimeSpan Period { get; }

    /// <summary>Shows how things stand.</summary>
    public abstract ValueTask ShowAsync(LiveState state);

    /// <summary>Leaves room for the report: nothing of what was shown is left standing.</summary>
    public abstract ValueTask EndAsync();
}

/// <summary>Redraws the report in place, on a terminal: as much as fits, over what it drew before.</summary>
internal sealed class LiveDisplay(Surroundings around, int rows) : Display
{
    private int drawn;

    /// <inheritdoc/>
    public override TimeSpan Period => TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public override async ValueTask ShowAsync(LiveState state)
    {
        var (width, height) = around.Size();
        var style = new ReportStyle(width - 1, rows, around.IsColoured);
        var lines = Report.LinesThatFit(state.Totals, style, Math.Max(1, height - 3));
        var footer = Readable.Fit(Report.ProgressLine(state.Progress), width - 1);
        var picture = Back() + string.Concat(lines.Append("").Append(footer).Select(line => line + "\e[K\n")) + "\e[J";
        drawn = lines.Count + 2;
        await around.Output.WriteAsync(picture);
        await around.Output.FlushAsync();
    }

    /// <inheritdoc/>
    public override async ValueTask EndAsync()
    {
        await around.Output.WriteAsync(Back() + "\e[J");
        drawn = 0;
    }

    private string Back() => drawn > 0 ? $"\e[{drawn}F" : "";
}

/// <summary>Says now and then how far the reading is, one line each time, beside an output that is no terminal.</summary>
internal sealed class PlainDisplay(TextWriter error) : Display
{
    /// <inheritdoc/>
    public override TimeSpan Period => TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async ValueTask ShowAsync(LiveState state) => await error.WriteLineAsync(Report.ProgressLine(state.Progress));

    /// <inheritdoc/>
    public override ValueTask EndAsync() => ValueTask.CompletedTask;
}
