using System.Globalization;
using BenchmarkDotNet.Running;
using MlOps.Benchmarks;
using MlOps.Benchmarks.Profiles;
using MlOps.Benchmarks.Readers;

switch (args)
{
    case ["--checks", ..]: return await CheckComparison.RunAsync();
    case ["--profiles", var file, ..]: return await ProfileComparison.RunAsync(file, args.Contains("--no-peers"));
    case ["--profile-memory", var gigabytes]: return await ProfileMemory.RunAsync(double.Parse(gigabytes, CultureInfo.InvariantCulture));
    case ["--readers", var file]: return await ReaderComparison.RunAsync(file);
    default:
        BenchmarkSwitcher.FromAssembly(typeof(CheckBenchmarks).Assembly).Run(args);
        return 0;
}
