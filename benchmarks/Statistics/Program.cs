using BenchmarkDotNet.Running;
using MlOps.Benchmarks.Peers;

if (args.Contains("--peers"))
{
    return PeerComparison.Run(args);
}

BenchmarkSwitcher.FromAssembly(typeof(MlOps.Benchmarks.DriftBenchmarks).Assembly).Run(args);
return 0;
