using BenchmarkDotNet.Running;
using Wan27.Sdk.Benchmarks;

if (args is ["table", ..])
    await Table.PrintAsync();
else if (args is ["journal", ..])
    await JournalFigures.PrintAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(SubmitBenchmarks).Assembly).Run(args);
