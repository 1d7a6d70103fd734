using BenchmarkDotNet.Attributes;
using MlOps.Statistics;

namespace MlOps.Benchmarks;

/// <summary>Multivariate drift at the sizes that the peers were measured at.</summary>
[MemoryDiagnoser]
public class MultivariateBenchmarks
{
    private readonly double[] _reference = Normals(20_000 * 20, 1);
    private readonly double[] _current = Normals(20_000 * 20, 2);
    private readonly double[] _wideReference = Normals(2_000 * 50, 3);
    private readonly double[] _wideCurrent = Normals(2_000 * 50, 4);

    [Benchmark]
    public double MaximumMeanDiscrepancy2000x50() => MaximumMeanDiscrepancy.Test(
        new SampleMatrix(_wideReference, 50), new SampleMatrix(_wideCurrent, 50), new MmdOptions { Permutations = 100 }).PValue;

    [Benchmark]
    public double LinearTimeDiscrepancy20000x20() =>
        MaximumMeanDiscrepancy.LinearTime(new SampleMatrix(_reference, 20), new SampleMatrix(_current, 20)).PValue;

    [Benchmark]
    public double DomainClassifierTrees40000x20() =>
        DomainClassifier.Test(new SampleMatrix(_reference, 20), new SampleMatrix(_current, 20)).Auc;

    [Benchmark]
    public double DomainClassifierLogistic40000x20() => DomainClassifier.Test(
        new SampleMatrix(_reference, 20),
        new SampleMatrix(_current, 20),
        new DomainClassifierOptions { Classifier = new LogisticRegression() }).Auc;

    [Benchmark]
    public double ReconstructionErrorFitAndCompare20000x20() =>
        ReconstructionError.Fit(new SampleMatrix(_reference, 20)).Compare(new SampleMatrix(_current, 20)).PValue;

    private static double[] Normals(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
    }
}
