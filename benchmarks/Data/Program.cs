using BenchmarkDotNet.Running;
using MlOps.Benchmarks.Profiles;

if (args is ["--profiles", var file, ..])
{
    return await ProfileComparison.RunAsync(file, args.Contains("--no-peers"));
}

BenchmarkSwitcher.FromAssembly(typeof(ProfileBenchmarks).Assembly).Run(args);
return 0;
