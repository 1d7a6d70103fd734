using BenchmarkDotNet.Running;
using MlOps.Benchmarks;

if (args.Contains("--checks"))
{
    return await CheckComparison.RunAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(CheckBenchmarks).Assembly).Run(args);
return 0;
