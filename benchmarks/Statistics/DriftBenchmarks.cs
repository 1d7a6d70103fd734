using BenchmarkDotNet.Attributes;
using MlOps.Statistics;

namespace MlOps.Benchmarks;

/// <summary>One numeric column against its reference: unsorted, and fitted once.</summary>
[MemoryDiagnoser]
public class DriftBenchmarks
{
    private double[] _reference = [];
    private double[] _current = [];
    private FittedReference _fitted = FittedReference.FitNumeric([0, 1]);

    [Params(10_000, 1_000_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(42);
        _reference = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() + random.NextDouble())];
        _current = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble() + random.NextDouble())];
        _fitted = FittedReference.FitNumeric(_reference);
    }

    [Benchmark(Baseline = true)]
    public double KolmogorovSmirnovUnsorted() => KolmogorovSmirnov.Test(_reference, _current).Statistic;

    [Benchmark]
    public double KolmogorovSmirnovFitted()
    {
        var sample = _fitted.StartSample();
        sample.Add(_current);
        return sample.Compare().Statistic;
    }

    [Benchmark]
    public double OnePassMoments() => Moments.Of(_current).Mean;
}
