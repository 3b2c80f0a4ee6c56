using System.Globalization;

namespace KvEmbedded.Benchmarks;

/// <summary>Prints <see cref="KeyTableRows"/> as a Markdown table.</summary>
internal static class KeyTableRowsReport
{
    public static void Run(TextWriter output, params int[] keyCounts)
    {
        output.WriteLine("| Work | Ours | ConcurrentDictionary | Ratio | Hold | Met |");
        output.WriteLine("|---|---:|---:|---:|---:|---|");
        foreach (var keyCount in keyCounts)
        {
            Print(output, KeyTableRows.MeasureBytes(keyCount));
            foreach (var row in KeyTableRows.Measure(keyCount)) Print(output, row);
        }
    }

    private static void Print(TextWriter output, KeyTableRow row) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {row.Work} | {row.Ours:F1} | {row.Rival:F1} | {row.Ratio:F2}x | {row.Hold:F1}x | {(row.Ratio >= row.Hold ? "yes" : "no")} |"));
}
