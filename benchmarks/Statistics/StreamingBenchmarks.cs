using BenchmarkDotNet.Attributes;
using MlOps.Statistics;

namespace MlOps.Benchmarks;

/// <summary>The cost of one update of each streaming method, on a stream that changes now and then.</summary>
[MemoryDiagnoser]
public class StreamingBenchmarks
{
    private const int Values = 100_000;
    private readonly double[] _values = new double[Values];
    private readonly double[] _errors = new double[Values];
    private readonly Adwin _adwin = new();
    private readonly PageHinkley _pageHinkley = new();
    private readonly Cusum _cusum = new();
    private readonly Ewma _ewma = new();
    private readonly Kswin _kswin = new();
    private readonly Ddm _ddm = new();
    private readonly Eddm _eddm = new();
    private readonly Rddm _rddm = new();
    private readonly HddmA _hddmA = new();
    private readonly HddmW _hddmW = new();
    private readonly Fhddm _fhddm = new();
    private readonly Ecdd _ecdd = new();
    private readonly Stepd _stepd = new();
    private readonly BettingMeanTest _betting = new(0.2);
    private readonly PairedBettingTest _pairs = new();
    private readonly BernoulliTwoSampleTest _rates = new();
    private readonly NormalMixtureTest _mixture = new(1);
    private readonly NormalMixtureSequence _mixtureSequence = new(1);
    private readonly EmpiricalBernsteinSequence _bernsteinSequence = new();
    private readonly BettingSequence _bettingSequence = new();

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(42);
        for (var i = 0; i < Values; i++)
        {
            var changed = i / 10_000 % 2 == 1;
            _errors[i] = random.NextDouble() < (changed ? 0.3 : 0.2) ? 1 : 0;
            _values[i] = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6 + (changed ? 1 : 0);
        }
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public int Adwin() => Run(_adwin, _values);

    [Benchmark(OperationsPerInvoke = Values)]
    public int PageHinkley() => Run(_pageHinkley, _values);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Cusum() => Run(_cusum, _values);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Ewma() => Run(_ewma, _values);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Kswin() => Run(_kswin, _values);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Ddm() => Run(_ddm, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Eddm() => Run(_eddm, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Rddm() => Run(_rddm, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public int HddmA() => Run(_hddmA, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public int HddmW() => Run(_hddmW, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Fhddm() => Run(_fhddm, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Ecdd() => Run(_ecdd, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public int Stepd() => Run(_stepd, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public Evidence BettingMeanTest()
    {
        foreach (var error in _errors)
        {
            _betting.Update(error);
        }

        return _betting.Evidence;
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public Evidence PairedBettingTest()
    {
        foreach (var error in _errors)
        {
            _pairs.Update(error, 0.2);
        }

        return _pairs.Evidence;
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public Evidence BernoulliTwoSampleTest()
    {
        foreach (var error in _errors)
        {
            _rates.Update(error == 1, error == 0);
        }

        return _rates.Evidence;
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public Evidence NormalMixtureTest()
    {
        foreach (var value in _values)
        {
            _mixture.Update(value);
        }

        return _mixture.Evidence;
    }

    [Benchmark(OperationsPerInvoke = Values)]
    public ConfidenceBounds NormalMixtureSequence() => Run(_mixtureSequence, _values);

    [Benchmark(OperationsPerInvoke = Values)]
    public ConfidenceBounds EmpiricalBernsteinSequence() => Run(_bernsteinSequence, _errors);

    [Benchmark(OperationsPerInvoke = Values)]
    public ConfidenceBounds BettingSequenceFromTheStart()
    {
        _bettingSequence.Reset();
        return Run(_bettingSequence, _errors);
    }

    private static int Run(IDriftDetector detector, double[] values)
    {
        var drifts = 0;
        foreach (var value in values)
        {
            drifts += detector.Update(value) == DetectorState.Drift ? 1 : 0;
        }

        return drifts;
    }

    private static ConfidenceBounds Run(IConfidenceSequence sequence, double[] values)
    {
        foreach (var value in values)
        {
            sequence.Update(value);
        }

        return sequence.Bounds;
    }
}
