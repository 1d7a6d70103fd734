using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(MlOps.Benchmarks.DriftBenchmarks).Assembly).Run(args);
