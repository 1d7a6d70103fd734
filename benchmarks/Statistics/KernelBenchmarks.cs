using BenchmarkDotNet.Attributes;
using MlOps.Benchmarks.Peers;

namespace MlOps.Benchmarks;

/// <summary>The rows of the comparison with the peers, measured by BenchmarkDotNet with what they allocate.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks
{
    private double[] _reference = [];
    private double[] _current = [];
    private object? _fitted;
    private PeerCase _case = PeerCases.All[0];

    public static IEnumerable<string> Names => PeerCases.All.Select(peerCase => peerCase.Name);

    [ParamsSource(nameof(Names))]
    public string Case { get; set; } = "";

    [Params(10_000, 1_000_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (_reference, _current) = PeerData.Doubles(Rows);
        _case = PeerCases.All.Single(peerCase => peerCase.Name == Case);
        _fitted = _case.Fit?.Invoke(_reference);
    }

    [Benchmark]
    public double Doubles() => _case.Doubles(_reference, _current, _fitted);
}
