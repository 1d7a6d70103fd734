using BenchmarkDotNet.Attributes;
using MlOps.Benchmarks.Peers;
using MlOps.Benchmarks.Sorting;
using MlOps.Statistics.Sorting;

namespace MlOps.Benchmarks;

/// <summary>The radix sort under the statistics against a comparison sort and a vectorised quicksort; each also copies its input.</summary>
[MemoryDiagnoser]
public class SortBenchmarks
{
    private double[] _values = [];
    private double[] _copy = [];

    [Params(10_000, 1_000_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _values = PeerData.Doubles(Rows).Item1;
        _copy = new double[Rows];
        Quicksort();
        if (!_copy.SequenceEqual(_values.Order()))
        {
            throw new InvalidOperationException("The vectorised quicksort does not sort.");
        }
    }

    [Benchmark(Baseline = true)]
    public double Comparison()
    {
        _values.CopyTo(_copy, 0);
        Array.Sort(_copy);
        return _copy[0];
    }

    [Benchmark]
    public double Quicksort()
    {
        _values.CopyTo(_copy, 0);
        VectorQuicksort.Sort(_copy);
        return _copy[0];
    }

    [Benchmark]
    public ulong Radix()
    {
        using var sorted = SortedSample.Of(_values);
        return sorted.Keys[0];
    }
}
