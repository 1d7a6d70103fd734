using System.Globalization;
using BenchmarkDotNet.Running;
using MlOps.Benchmarks.Profiles;

switch (args)
{
    case ["--profiles", var file, ..]: return await ProfileComparison.RunAsync(file, args.Contains("--no-peers"));
    case ["--profile-memory", var gigabytes]: return await ProfileMemory.RunAsync(double.Parse(gigabytes, CultureInfo.InvariantCulture));
    default:
        BenchmarkSwitcher.FromAssembly(typeof(ProfileBenchmarks).Assembly).Run(args);
        return 0;
}
