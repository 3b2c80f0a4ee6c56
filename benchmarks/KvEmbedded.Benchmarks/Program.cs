using BenchmarkDotNet.Running;
using KvEmbedded.Benchmarks.Holds;

// `holds [row…]` measures the numbers the design promises, side by side, and prints them as Markdown;
// everything else goes to BenchmarkDotNet.
if (args is ["holds", .. var rows]) return await HoldReport.RunAsync(rows, Console.Out);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
