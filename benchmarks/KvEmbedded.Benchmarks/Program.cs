using BenchmarkDotNet.Running;
using KvEmbedded.Benchmarks;
using KvEmbedded.Benchmarks.Holds;

// `holds [row…]` measures the numbers to hold, side by side, and prints them as Markdown; `keytable` measures
// the bare table; everything else goes to BenchmarkDotNet.
switch (args)
{
    case ["holds", .. var rows]:
        return await HoldReport.RunAsync(rows, Console.Out);
    case ["keytable"]:
        KeyTableRowsReport.Run(Console.Out, 10_000, 1_000_000);
        return 0;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
}
