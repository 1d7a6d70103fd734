using BenchmarkDotNet.Running;
using MlOps.Benchmarks;

if (args is ["search"])
{
    await SearchBenchmark.RunAsync();
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(OnlineStoreBenchmarks).Assembly).Run(args);
