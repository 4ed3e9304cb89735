using BenchmarkDotNet.Running;
using NewsExtract.Benchmarks;

if (args is ["throughput", ..]) return Throughput.Run(args.AsSpan(1), Console.Out, Console.Error);
if (args is ["generate", ..]) return InputGenerator.Run(args.AsSpan(1), Console.Error);
if (args is ["measure", ..]) return ResultCommands.Measure(args.AsSpan(1), Console.Error);
if (args is ["table", ..]) return ResultCommands.Table(args.AsSpan(1), Console.Out, Console.Error);
if (args is ["compare", ..]) return ResultCommands.Compare(args.AsSpan(1), Console.Out, Console.Error);
BenchmarkSwitcher.FromAssembly(typeof(StageBenchmarks).Assembly).Run(args);
return 0;
