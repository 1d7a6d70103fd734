using BenchmarkDotNet.Attributes;
using MlOps.Statistics;

namespace MlOps.Benchmarks;

/// <summary>Multivariate drift at the sizes that the peers were measured at.</summary>
[MemoryDiagnoser]
public class MultivariateBenchmarks
{
    private readonly double[] _wideReference = Normals(2_000 * 50, 3);
    private readonly double[] _wideCurrent = Normals(2_000 * 50, 4);

    [Params(100, 500)]
    public int Permutations { get; set; }

    [Benchmark]
    public double MaximumMeanDiscrepancy2000x50() => MaximumMeanDiscrepancy.Test(
        new SampleMatrix(_wideReference, 50), new SampleMatrix(_wideCurrent, 50), new MmdOptions { Permutations = Permutations }).PValue;

    private static double[] Normals(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
