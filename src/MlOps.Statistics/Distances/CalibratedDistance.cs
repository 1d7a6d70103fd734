using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Thresholds of distances that mean a false-alarm rate at these sizes and bins, where a fixed threshold means anything from 0 to 100 %.</summary>
/// <remarks>
/// Under no drift, chance alone decides which pooled row is in which sample. Counts are split anew that way (multivariate hypergeometric draws), the
/// bins held fixed, which is exact for any sizes, rare bins and number of bins. Bins must not come from the reference alone: take fixed edges, or
/// quantiles of both samples together, as the overloads on samples do. Draws follow the seed, so the same counts give the same answer everywhere.
/// </remarks>
public static class CalibratedDistance
{
    /// <summary>The distance that counts of one distribution exceed in a share alpha of pairs of samples of these sizes.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="reference">The counts of the reference.</param>
    /// <param name="current">The current counts of the same bins.</param>
    /// <param name="alpha">The false-alarm rate.</param>
    /// <param name="resamples">How many splits are drawn; the threshold is the quantile of them.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <returns>NaN where a row is empty.</returns>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double Threshold(
        CountDistance distance, ReadOnlySpan<long> reference, ReadOnlySpan<long> current, double alpha = 0.05, int resamples = 999, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha > 0 && alpha < 1, true, nameof(alpha));
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        var draws = Null(distance, reference, current, resamples, seed);
        return Quantile(draws, alpha);
    }

    /// <summary>The share of splits with a distance at least as large: (1 + count) / (1 + resamples); 1 where a row is empty.</summary>
    /// <param name="distance">The distance.</param>
    /// <param name="reference">The counts of the reference.</param>
    /// <param name="current">The current counts of the same bins.</param>
    /// <param name="resamples">How many splits are drawn.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double PValue(
        CountDistance distance, ReadOnlySpan<long> reference, ReadOnlySpan<long> current, int resamples = 999, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 1);
        return PValue(Between(distance, reference, current), Null(distance, reference, current, resamples, seed));
    }

    /// <summary>Wasserstein's distance over the reference's standard deviation (at least 0.001), with its p-value over permutations of the rows.</summary>
    /// <remarks>NaN is missing. Not robust: with one extreme value nothing is evident, as the deviation takes it all.</remarks>
    /// <param name="reference">The reference.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="permutations">How many permutations are drawn.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static TestResult Wasserstein(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int permutations = 999, ulong seed = 1)
    {
        var cells = NumericCounts.Of(ObservedValues.Sorted(reference), ObservedValues.Sorted(current));
        return Permute(cells, permutations, seed, out var observed) is { } draws ? new TestResult(observed, PValue(observed, draws)) : TestResult.Undefined;
    }

    /// <summary>The value of Wasserstein's distance over the reference's deviation that two samples like these exceed in a share alpha of cases.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="alpha">The false-alarm rate.</param>
    /// <param name="permutations">How many permutations are drawn.</param>
    /// <param name="seed">The seed of the draws.</param>
    public static double WassersteinThreshold(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, double alpha = 0.05, int permutations = 999, ulong seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(alpha > 0 && alpha < 1, true, nameof(alpha));
        var cells = NumericCounts.Of(ObservedValues.Sorted(reference), ObservedValues.Sorted(current));
        return Permute(cells, permutations, seed, out _) is { } draws ? Quantile(draws, alpha) : double.NaN;
    }

    private static double[]? Permute(NumericCounts cells, int permutations, ulong seed, out double observed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permutations, 1, nameof(permutations));
        long n = cells.Reference.Sum(), m = cells.Current.Sum();
        observed = double.NaN;
        if (n == 0 || m == 0)
        {
            return null;
        }

        observed = Standardised(cells.Edges, cells.Reference, cells.Current, n, m);
        var pooled = cells.Pooled();
        var random = new SplitMix64(seed);
        long[] x = new long[pooled.Length], y = new long[pooled.Length];
        var draws = new double[permutations];
        for (var i = 0; i < draws.Length; i++)
        {
            Split(ref random, pooled, n, m, x, y);
            draws[i] = Standardised(cells.Edges, x, y, n, m);
        }

        return draws;
    }

    private static double Standardised(double[] values, long[] x, long[] y, double n, double m)
    {
        double mean = 0, squares = 0, seen = 0, below = 0, belowCurrent = 0, area = 0;
        for (var i = 0; i < values.Length; i++)
        {
            area += i == 0 || below * m == belowCurrent * n ? 0 : Math.Abs((below / n) - (belowCurrent / m)) * (values[i] - values[i - 1]);
            below += x[i];
            belowCurrent += y[i];
            if (x[i] > 0)
            {
                seen += x[i];
                var step = values[i] - mean;
                mean += step * x[i] / seen;
                squares += x[i] * step * (values[i] - mean);
            }
        }

        return area / Math.Max(Math.Sqrt(squares / n), 0.001);
    }

    private static double[] Null(CountDistance distance, ReadOnlySpan<long> reference, ReadOnlySpan<long> current, int resamples, ulong seed)
    {
        var totals = Counts.Totals(reference, current);
        var (n, m) = ((long)totals.Reference, (long)totals.Current);
        var pooled = new long[reference.Length];
        for (var i = 0; i < pooled.Length; i++)
        {
            pooled[i] = reference[i] + current[i];
        }

        var random = new SplitMix64(seed);
        long[] x = new long[pooled.Length], y = new long[pooled.Length];
        var draws = new double[resamples];
        for (var i = 0; i < draws.Length; i++)
        {
            Split(ref random, pooled, n, m, x, y);
            draws[i] = Between(distance, x, y);
        }

        return draws;
    }

    private static void Split(ref SplitMix64 random, long[] pooled, long drawn, long others, long[] x, long[] y)
    {
        for (var i = 0; i < pooled.Length; i++)
        {
            x[i] = drawn == 0 || pooled[i] == 0 ? 0 : Hypergeometric.Draw(ref random, drawn, others, pooled[i]);
            y[i] = pooled[i] - x[i];
            drawn -= x[i];
            others -= y[i];
        }
    }

    private static double Between(CountDistance distance, ReadOnlySpan<long> x, ReadOnlySpan<long> y) => distance switch
    {
        CountDistance.PopulationStabilityIndex => PopulationStabilityIndex.Between(x, y),
        CountDistance.JensenShannon => JensenShannon.Between(x, y),
        CountDistance.Hellinger => Hellinger.Between(x, y),
        CountDistance.TotalVariation => TotalVariation.Between(x, y),
        CountDistance.Wasserstein => MlOps.Statistics.Wasserstein.Between(x, y),
        CountDistance.ChiSquared => ChiSquared.Homogeneity(x, y).Statistic,
        _ => throw new ArgumentOutOfRangeException(nameof(distance), distance, "This is no known distance."),
    };

    /// <summary>Draws equal to the observed distance up to rounding count as reaching it.</summary>
    private static double PValue(double observed, double[] draws) => double.IsNaN(observed)
        ? 1
        : (1.0 + draws.Count(draw => !(draw < observed * (1 - 1e-12)))) / (1 + draws.Length);

    private static double Quantile(double[] draws, double alpha)
    {
        Array.Sort(draws);
        return draws[(int)Math.Clamp(Math.Ceiling((1 - alpha) * (draws.Length + 1)) - 1, 0, draws.Length - 1)];
    }
}
