using BenchmarkDotNet.Attributes;
using MlOps.Statistics;

namespace MlOps.Benchmarks;

/// <summary>Updates of each sketch: the mean is the time of one update, and nothing is allocated in the steady state.</summary>
/// <remarks>Each sketch goes on from one iteration to the next, so that it is always full.</remarks>
[MemoryDiagnoser]
public class SketchBenchmarks
{
    private const int Updates = 1_000_000;
    private readonly KllSketch _kll200 = new(200);
    private readonly KllSketch _kll1024 = new(1024);
    private readonly TDigest _digest = new();
    private readonly HyperLogLog _distinct = new();
    private readonly CountMin _counts = new();
    private readonly SpaceSaving _frequent = new();
    private readonly double[] _values = new double[Updates];
    private readonly string[] _texts = new string[Updates];

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(42);
        string[] names = [.. Enumerable.Range(0, 4096).Select(i => $"name-{i}")];
        for (var i = 0; i < Updates; i++)
        {
            _values[i] = random.NextDouble() + random.NextDouble();
            _texts[i] = names[(int)(names.Length * Math.Pow(random.NextDouble(), 6))];
        }
    }

    [Benchmark(OperationsPerInvoke = Updates)]
    public void Kll200()
    {
        foreach (var value in _values)
        {
            _kll200.Add(value);
        }
    }

    [Benchmark(OperationsPerInvoke = Updates)]
    public void Kll200Batch() => _kll200.Add(_values);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void Kll1024()
    {
        foreach (var value in _values)
        {
            _kll1024.Add(value);
        }
    }

    [Benchmark(OperationsPerInvoke = Updates)]
    public void Kll1024Batch() => _kll1024.Add(_values);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void TDigest200() => _digest.Add(_values);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void HyperLogLogNumbers() => _distinct.Add(_values);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void HyperLogLogTexts()
    {
        foreach (var text in _texts)
        {
            _distinct.Add(text);
        }
    }

    [Benchmark(OperationsPerInvoke = Updates)]
    public void CountMinNumbers() => _counts.Add(_values);

    [Benchmark(OperationsPerInvoke = Updates)]
    public void SpaceSavingTexts()
    {
        foreach (var text in _texts)
        {
            _frequent.Add(text);
        }
    }
}
