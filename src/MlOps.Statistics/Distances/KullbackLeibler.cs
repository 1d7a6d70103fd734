namespace MlOps.Statistics;

/// <summary>The Kullback–Leibler divergence Σ p log(p / q) of the reference p from the current q (relative entropy).</summary>
/// <remarks>
/// As <c>scipy.stats.entropy(reference, current)</c>; not symmetric. Nothing is smoothed: a category of the reference that is empty now makes it
/// infinite. Where that may happen prefer <see cref="JensenShannon"/>, which stays finite.
/// </remarks>
public static class KullbackLeibler
{
    /// <summary>The divergence of two rows of counts of the same categories, from 0 to infinity; NaN where a row is empty.</summary>
    /// <param name="reference">The counts of each category in the reference.</param>
    /// <param name="current">The counts of the same categories now.</param>
    /// <param name="logarithm">The unit: nats by default.</param>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double Between(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, LogarithmBase logarithm = LogarithmBase.E)
    {
        var (n, m) = Counts.Totals(reference, current);
        if (n == 0 || m == 0)
        {
            return double.NaN;
        }

        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            sum += Entropy.Excess(reference[i] / n, current[i] / m, Counts.ShareDifference(reference[i], n, current[i], m));
        }

        return Entropy.In(sum, logarithm);
    }

    /// <summary>The divergence of two samples over quantile bins of the reference, the outer two open; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    /// <param name="logarithm">The unit: nats by default.</param>
    /// <returns>NaN where a sample is empty; infinity where a bin of the reference holds no current value.</returns>
    public static double Between(
        ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins = QuantileBins.Default, LogarithmBase logarithm = LogarithmBase.E)
    {
        var (counts, currentCounts) = QuantileBins.Count(reference, current, bins);
        return Between(counts, currentCounts, logarithm);
    }

    /// <summary>The divergence of two samples of single-precision values over quantile bins of the reference; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    /// <param name="logarithm">The base: e by default.</param>
    /// <returns>NaN where a sample is empty.</returns>
    public static double Between(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> current, int bins = QuantileBins.Default, LogarithmBase logarithm = LogarithmBase.E) =>
        Between(WidenedValues.Of(reference), WidenedValues.Of(current), bins, logarithm);
}
