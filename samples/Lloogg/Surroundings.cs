namespace Lloogg;

/// <summary>What the program sees of the world: its streams, its terminal, its clock. Tests make their own.</summary>
internal sealed record Surroundings
{
    /// <summary>Standard input.</summary>
    public required Stream Input { get; init; }

    /// <summary>True if the input is a file or a pipe, false if it is somebody's keyboard.</summary>
    public required bool IsInputRedirected { get; init; }

    /// <summary>Where the report goes.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where progress and complaints go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>True if the output is a terminal in which lines can be redrawn.</summary>
    public required bool IsOutputTerminal { get; init; }

    /// <summary>Whether to use the terminal's colours.</summary>
    public required bool IsColoured { get; init; }

    /// <summary>Columns and rows of the terminal at this moment.</summary>
    public required Func<(int Width, int Height)> Size { get; init; }

    /// <summary>The log to read if none is named.</summary>
    public required string BundledLog { get; init; }

    /// <summary>The clock of progress and waiting.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The real ones of this process.</summary>
    public static Surroundings OfProcess()
    {
        var isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not "dumb";
        return new Surroundings
        {
            Input = Console.OpenStandardInput(),
            IsInputRedirected = Console.IsInputRedirected,
            Output = Console.Out,
            Error = Console.Error,
            IsOutputTerminal = isTerminal,
            IsColoured = isTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Size = ConsoleSize,
            BundledLog = Path.Combine(AppContext.BaseDirectory, "log", "access.log.gz"),
            Time = TimeProvider.System,
        };
    }

    private static (int Width, int Height) ConsoleSize()
    {
        try
        {
            return (Console.WindowWidth > 0 ? Console.WindowWidth : 80, Console.WindowHeight > 0 ? Console.WindowHeight : 24);
        }
        catch (IOException)
        {
            return (80, 24);
        }
    }
}
