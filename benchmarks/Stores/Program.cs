using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(MlOps.Benchmarks.OnlineStoreBenchmarks).Assembly).Run(args);
