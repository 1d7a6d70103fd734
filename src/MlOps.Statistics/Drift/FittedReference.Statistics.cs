using System.Numerics;
using System.Runtime.CompilerServices;

namespace MlOps.Statistics;

public sealed partial class FittedReference
{
    /// <summary>
    /// The p-value of KS is exact up to this size, as in <see cref="MlOps.Statistics.KolmogorovSmirnov.Test(ReadOnlySpan{double},
    /// ReadOnlySpan{double})"/>.
    /// </summary>
    private const int ExactPValueLimit = 10_000;

    /// <summary>The Kolmogorov–Smirnov test of a sample against this reference; the sample is not sorted.</summary>
    /// <remarks>
    /// Against exact values the statistic is to the last bit that of the test on the raw samples. Rents 2 bytes a value, and up to 540
    /// kilobytes.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    [OverloadResolutionPriority(1)]
    public IntervalTestResult KolmogorovSmirnov(ReadOnlySpan<double> current) => Test(current);

    /// <summary>The same for single-precision numbers.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public IntervalTestResult KolmogorovSmirnov(ReadOnlySpan<float> current) => Test(current);

    /// <summary>
    /// The first Wasserstein distance of a sample from this reference, in the unit of the data; the sample is not sorted.
    /// </summary>
    /// <remarks>
    /// Rents 2 bytes a value, up to 540 kilobytes, and 8 bytes for each value near which the two distribution functions may cross.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    [OverloadResolutionPriority(1)]
    public StatisticInterval Wasserstein(ReadOnlySpan<double> current) => Distance(current);

    /// <summary>The same for single-precision numbers.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public StatisticInterval Wasserstein(ReadOnlySpan<float> current) => Distance(current);

    /// <summary>All measures at once, for little more than the price of one.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    [OverloadResolutionPriority(1)]
    public ReferenceComparison Compare(ReadOnlySpan<double> current) => CompareAll(current);

    /// <summary>The same for single-precision numbers.</summary>
    /// <exception cref="InvalidOperationException">The reference holds categories.</exception>
    public ReferenceComparison Compare(ReadOnlySpan<float> current) => CompareAll(current);

    internal IntervalTestResult Result(StatisticInterval statistic, long count)
    {
        if (double.IsNaN(statistic.Lower))
        {
            return new IntervalTestResult(statistic, StatisticInterval.Exactly(1));
        }

        var largest = MlOps.Statistics.KolmogorovSmirnov.PValue(statistic.Lower, Count, count, ExactPValueLimit);
        var smallest = statistic.IsExact
            ? largest
            : MlOps.Statistics.KolmogorovSmirnov.PValue(statistic.Upper, Count, count, ExactPValueLimit);
        return new IntervalTestResult(statistic, new StatisticInterval(smallest, largest));
    }

    private IntervalTestResult Test<T>(ReadOnlySpan<T> current)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Index() is not { } index)
        {
            return Counted(current).KolmogorovSmirnov();
        }

        var found = ExactComparison.Of(index, current, statistic: true, distance: false, deciles: false);
        return Result(StatisticInterval.Exactly(found.Statistic), found.Count);
    }

    private StatisticInterval Distance<T>(ReadOnlySpan<T> current)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Index() is { } index
        ? StatisticInterval.Exactly(ExactComparison.Of(index, current, statistic: false, distance: true, deciles: false).Distance)
        : Counted(current).Wasserstein();

    private ReferenceComparison CompareAll<T>(ReadOnlySpan<T> current)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Index() is not { } index)
        {
            return Counted(current).Distances();
        }

        var found = ExactComparison.Of(index, current, statistic: true, distance: true, deciles: true);
        var test = Result(StatisticInterval.Exactly(found.Statistic), found.Count);
        return ReferenceComparison.Of(
            found.Count, found.Missing, test, StatisticInterval.Exactly(found.Distance),
            index.DecileCounts, found.Deciles);
    }

    /// <summary>The index over exact values, made when first asked for; two threads may both make it, and one is kept.</summary>
    /// <returns>Null where there are none, or more rows than products of counts have room for.</returns>
    private ReferenceIndex? Index()
    {
        if (Kind != DriftColumnKind.Numeric)
        {
            throw new InvalidOperationException("The reference holds categories; start a sample and add the categories to it.");
        }

        return _exact is null || Count > uint.MaxValue
            ? null
            : Volatile.Read(ref _index) ?? Interlocked.CompareExchange(ref _index, new ReferenceIndex(_exact), null) ?? _index;
    }

    private CurrentSample Counted<T>(ReadOnlySpan<T> current)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var sample = StartSample();
        sample.AddNumbers(current);
        return sample;
    }
}
