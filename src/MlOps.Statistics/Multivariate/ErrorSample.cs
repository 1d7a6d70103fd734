using MlOps.Statistics.Sorting;

namespace MlOps.Statistics;

/// <summary>Errors of reference rows, sorted once for every comparison to come.</summary>
internal sealed class ErrorSample
{
    private readonly ulong[] _keys;

    public ErrorSample(ReadOnlySpan<double> errors)
    {
        Mean = Moments.Of(errors).Mean;
        using var sorted = SortedSample.Of(errors);
        _keys = sorted.Keys.ToArray();
    }

    public double Mean { get; }

    /// <summary>The Kolmogorov–Smirnov distance; NaN from nothing.</summary>
    public double DistanceTo(ReadOnlySpan<double> errors)
    {
        using var sorted = SortedSample.Of(errors);
        return errors.IsEmpty ? double.NaN : KolmogorovSmirnov.SortedStatistic<ulong>(_keys, sorted.Keys);
    }

    /// <summary>The Kolmogorov–Smirnov test; NaN and 1 with nothing to test.</summary>
    public TestResult Test(ReadOnlySpan<double> errors) => errors.IsEmpty
        ? TestResult.Undefined
        : Tested(DistanceTo(errors), errors.Length);

    private TestResult Tested(double distance, int count) =>
        new(distance, KolmogorovSmirnov.PValue(distance, _keys.Length, count, KolmogorovSmirnov.ExactLimit));
}
