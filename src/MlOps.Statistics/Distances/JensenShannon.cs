namespace MlOps.Statistics;

/// <summary>The Jensen–Shannon distance (<c>Between</c>) and divergence (<c>DivergenceBetween</c>, its square); in base 2 both run from 0 to 1.</summary>
/// <remarks>
/// Tools differ: SciPy's and Evidently's distance use base e, NannyML's base 2, and TFDV prints the divergence in base 2. Empty categories need
/// no smoothing here. Reference implementation: <c>scipy.spatial.distance.jensenshannon</c>.
/// </remarks>
public static class JensenShannon
{
    /// <summary>The distance, which is the square root of the divergence; NaN where a row is empty.</summary>
    /// <param name="reference">The counts of each category in the reference.</param>
    /// <param name="current">The counts of the same categories now.</param>
    /// <param name="logarithm">The base: 2 by default.</param>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double Between(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, LogarithmBase logarithm = LogarithmBase.Two) =>
        Math.Sqrt(DivergenceBetween(reference, current, logarithm));

    /// <summary>The distance of two samples over quantile bins of the reference, the outer two open; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    /// <param name="logarithm">The base: 2 by default.</param>
    /// <returns>NaN where a sample is empty.</returns>
    public static double Between(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins = QuantileBins.Default, LogarithmBase logarithm = LogarithmBase.Two) =>
        Math.Sqrt(DivergenceBetween(reference, current, bins, logarithm));

    /// <summary>The distance of two samples of single-precision values over quantile bins of the reference; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    /// <param name="logarithm">The base: 2 by default.</param>
    /// <returns>NaN where a sample is empty.</returns>
    public static double Between(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> current, int bins = QuantileBins.Default, LogarithmBase logarithm = LogarithmBase.Two) =>
        Between(WidenedValues.Of(reference), WidenedValues.Of(current), bins, logarithm);

    /// <summary>The divergence: the mean Kullback–Leibler divergence of each row from their mixture; NaN where a row is empty.</summary>
    /// <param name="reference">The counts of each category in the reference.</param>
    /// <param name="current">The counts of the same categories now.</param>
    /// <param name="logarithm">The base: 2 (bits) by default.</param>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double DivergenceBetween(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, LogarithmBase logarithm = LogarithmBase.Two)
    {
        var (n, m) = Counts.Totals(reference, current);
        if (n == 0 || m == 0)
        {
            return double.NaN;
        }

        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            double p = reference[i] / n, q = current[i] / m, mixture = (p + q) / 2, half = Counts.ShareDifference(reference[i], n, current[i], m) / 2;
            sum += mixture == 0 ? 0 : Entropy.Excess(p, mixture, half) + Entropy.Excess(q, mixture, -half);
        }

        return Math.Min(Entropy.In(sum / 2, logarithm), Entropy.In(Entropy.LogTwo, logarithm));
    }

    /// <summary>The divergence of two samples over quantile bins of the reference, the outer two open; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    /// <param name="logarithm">The base: 2 (bits) by default.</param>
    /// <returns>NaN where a sample is empty.</returns>
    public static double DivergenceBetween(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins = QuantileBins.Default, LogarithmBase logarithm = LogarithmBase.Two)
    {
        var (counts, currentCounts) = QuantileBins.Count(reference, current, bins);
        return DivergenceBetween(counts, currentCounts, logarithm);
    }

    /// <summary>The divergence of two samples of single-precision values over quantile bins of the reference; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    /// <param name="logarithm">The base: 2 by default.</param>
    /// <returns>NaN where a sample is empty.</returns>
    public static double DivergenceBetween(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> current, int bins = QuantileBins.Default, LogarithmBase logarithm = LogarithmBase.Two) =>
        DivergenceBetween(WidenedValues.Of(reference), WidenedValues.Of(current), bins, logarithm);
}
