using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace KvEmbedded.Benchmarks.Holds;

/// <summary>Measures the numbers to hold and prints them as a Markdown table.</summary>
internal static class HoldReport
{
    private static readonly Hold[] All =
    [
        .. StringHolds.All,
        .. DispatcherHolds.All,
        .. MemoryHolds.All,
        .. BitmapHolds.All,
        .. HyperLogLogHolds.All,
        .. SortedSetHolds.All,
        .. HashHolds.All,
        .. ListHolds.All,
        .. SetHolds.All,
        .. StreamHolds.All,
        .. BloomHolds.All,
        .. GeoHolds.All,
        .. PubSubHolds.All,
        .. ExpiryHolds.All,
        .. UnlinkHolds.All,
        .. RemoteHolds.All,
    ];

    public static async Task<int> RunAsync(string[] wanted, TextWriter output)
    {
        var unknown = wanted.Where(id => All.All(hold => !hold.Id.StartsWith(id, StringComparison.Ordinal))).ToArray();
        if (unknown.Length > 0)
        {
            await Console.Error.WriteLineAsync($"No such row: {string.Join(", ", unknown)}. Rows: {string.Join(", ", All.Select(h => h.Id))}.");
            return 2;
        }

        var culture = CultureInfo.InvariantCulture;
        await output.WriteLineAsync(string.Create(culture,
            $"{RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}, .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd}. Medians, interleaved in one process.\n"));
        await output.WriteLineAsync("| Row | Work | Ours | Rival | Rival is | Ratio | Hold | Met |");
        await output.WriteLineAsync("|---|---|---:|---:|---|---:|---:|---|");
        foreach (var hold in All.Where(hold => wanted.Length == 0 || wanted.Any(id => hold.Id.StartsWith(id, StringComparison.Ordinal))))
        {
            var measured = await hold.Measure();
            var met = hold.Sense == Sense.AtLeast ? measured.Ratio >= hold.Target : measured.Ratio <= hold.Target;
            var sign = hold.Sense == Sense.AtLeast ? ">=" : "<=";
            await output.WriteLineAsync(string.Create(culture,
                $"| {hold.Id} | {hold.Work} | {measured.Ours} | {measured.Rival} | {hold.Rival} | {measured.Ratio:0.00} | {sign} {hold.Target:0.##} | {(met ? "yes" : "**no**")} |"));
            await output.FlushAsync();
        }

        return 0;
    }
}
