using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The numbers that Evidently 0.7.21 prints by default, for teams that move from it; not a recommendation.</summary>
/// <remarks>
/// The test is chosen by the rows of the reference and the distinct values of both samples. Up to 1,000 rows: numbers by ks (more than 5
/// distinct values), chisquare (3 to 5) or z (fewer), categories by chisquare or z, all with p 0.05. Above: numbers by wasserstein (more
/// than 5) or jensenshannon, categories by jensenshannon, all at 0.1. Missing values and infinities are dropped first. docs/calibration.md
/// says what that costs.
/// </remarks>
public static class EvidentlyDefaults
{
    private const string Tool = "Evidently 0.7.21";
    private const int SmallReference = 1000;

    /// <summary>The default rule on numbers.</summary>
    public static CompatResult Numeric(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double[] x = ValueCounts.Finite(reference), y = ValueCounts.Finite(current);
        var distinct = x.Concat(y).Distinct().Take(6).Count();
        if (distinct <= 5 || x.Length == 0 || y.Length == 0)
        {
            return Counted(ValueCounts.Of(x, y));
        }

        return x.Length <= SmallReference
            ? Evidence("ks", KolmogorovSmirnov.Test(x, y).PValue, atThreshold: true)
            : Distance("wasserstein", NormalisedWasserstein(x, y));
    }

    /// <summary>The default rule on categories.</summary>
    public static CompatResult Categorical(IEnumerable<string?> reference, IEnumerable<string?> current)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        return Counted(ValueCounts.Of(reference.OfType<string>(), current.OfType<string>()));
    }

    /// <summary>
    /// Its psi of numbers: Sturges' bins over both samples, or values where the reference has 20 different ones or fewer; empty bins hold
    /// 0.0001.
    /// </summary>
    /// <remarks>The fill is a millionth of the least share where that is 0.0001 or less; nothing is renormalised.</remarks>
    public static double PopulationStabilityIndex(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (x, y) = Binned(ValueCounts.Finite(reference), ValueCounts.Finite(current));
        double[] p = Filled(x), q = Filled(y);
        var sum = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            sum += (p[i] - q[i]) * Math.Log(p[i] / q[i]);
        }

        return p.Length == 0 ? double.NaN : sum;
    }

    /// <summary>Its jensenshannon of numbers: the same bins without fill, natural logarithms, the root of the divergence.</summary>
    public static double JensenShannonDistance(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var (x, y) = Binned(ValueCounts.Finite(reference), ValueCounts.Finite(current));
        return Natural(x, y);
    }

    /// <summary>
    /// Its wasserstein: the distance over the reference's population standard deviation, or over 0.001 where that is less.
    /// </summary>
    public static double NormalisedWasserstein(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        double[] x = ValueCounts.Finite(reference), y = ValueCounts.Finite(current);
        double mean = Moments.Of(x).Mean, square = 0;
        foreach (var value in x)
        {
            square += (value - mean) * (value - mean);
        }

        return Wasserstein.Between(x, y) / Math.Max(Math.Sqrt(square / x.Length), 0.001);
    }

    private static CompatResult Counted((long[] Reference, long[] Current) counts)
    {
        var (x, y) = counts;
        long n = x.Sum(), m = y.Sum();
        if (n > SmallReference)
        {
            return Distance("jensenshannon", Natural(x, y));
        }

        return x.Length > 2
            ? Evidence("chisquare", n == 0 || m == 0 ? double.NaN : GoodnessOfFit(x, y, n, m))
            : Evidence("z", n == 0 || m == 0 ? double.NaN : TwoProportionZ.Test(x[0], n, y[0], m).PValue);
    }

    /// <summary>The one-sample test against the reference as if it were exact.</summary>
    private static double GoodnessOfFit(long[] x, long[] y, double n, double m)
    {
        var statistic = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var expected = x[i] * m / n;
            statistic += (y[i] - expected) * (y[i] - expected) / expected;
        }

        return double.IsPositiveInfinity(statistic) ? 0 : Distributions.ChiSquaredUpper(statistic, x.Length - 1);
    }

    private static (long[] Reference, long[] Current) Binned(double[] x, double[] y)
    {
        if (x.Length == 0 || y.Length == 0)
        {
            return ([], []);
        }

        if (x.Distinct().Take(21).Count() <= 20)
        {
            return ValueCounts.Of(x, y);
        }

        var edges = EqualWidthBins.Sturges([.. x, .. y]);
        return (EqualWidthBins.Count(edges, x), EqualWidthBins.Count(edges, y));
    }

    private static double[] Filled(long[] counts)
    {
        double total = counts.Sum();
        var least = counts.Where(count => count > 0).DefaultIfEmpty(0).Min() / total;
        var fill = least <= 0.0001 ? least / 1e6 : 0.0001;
        return [.. counts.Select(count => count == 0 ? fill : count / total)];
    }

    private static double Natural(long[] x, long[] y) => JensenShannon.Between(x, y) * Math.Sqrt(Math.Log(2));

    // Its ks counts a p-value of just 0.05, its chisquare and z do not.
    private static CompatResult Evidence(string test, double p, bool atThreshold = false) =>
        new(Tool, test, p, 0.05, p < 0.05 || (atThreshold && p == 0.05));

    private static CompatResult Distance(string test, double distance) => new(Tool, test, distance, 0.1, distance >= 0.1);
}
