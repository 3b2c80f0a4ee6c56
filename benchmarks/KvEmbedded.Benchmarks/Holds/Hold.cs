namespace KvEmbedded.Benchmarks.Holds;

/// <summary>One promise about speed or memory: what is measured, beside which rival, and which ratio must hold.</summary>
/// <param name="Id">What it is called on the command line.</param>
/// <param name="Work">The work, in words.</param>
/// <param name="Rival">What it is measured beside.</param>
/// <param name="Target">The ratio to hold.</param>
/// <param name="Sense">Whether the ratio must be at least or at most the target.</param>
/// <param name="Measure">Measures both.</param>
internal sealed record Hold(string Id, string Work, string Rival, double Target, Sense Sense, Func<Task<Measurement>> Measure);

/// <summary>Which way a ratio is good.</summary>
internal enum Sense
{
    /// <summary>Rival's cost over ours: the more the better.</summary>
    AtLeast,

    /// <summary>Ours over the rival's, or over a limit: the less the better.</summary>
    AtMost,
}

/// <summary>Two figures of one run, with their unit, and their ratio.</summary>
internal sealed record Measurement(string Ours, string Rival, double Ratio)
{
    /// <summary>Times of the same work, where more speed is a higher ratio.</summary>
    public static Measurement Faster(Pair pair) => new($"{pair.Ours:N1} ns", $"{pair.Rival:N1} ns", pair.Ratio);

    /// <summary>A cost on top of something, beside a limit in the same unit.</summary>
    public static Measurement Within(double ours, double limit, string unit) =>
        new($"{ours:N1} {unit}", $"{limit:N1} {unit}", ours / limit);

    /// <summary>Sizes, where less memory is a lower ratio.</summary>
    public static Measurement Smaller(double ours, double rival) => new($"{ours:N1} B", $"{rival:N1} B", ours / rival);
}
