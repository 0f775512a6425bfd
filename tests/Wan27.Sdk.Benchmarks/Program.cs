using BenchmarkDotNet.Running;
using Wan27.Sdk.Benchmarks;

if (args is ["table", ..])
    await Table.PrintAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(SubmitBenchmarks).Assembly).Run(args);
