namespace MlOps.Statistics;

/// <summary>The Hellinger distance: the Euclidean distance of the roots of proportions, over √2.</summary>
public static class Hellinger
{
    /// <summary>The distance of two rows of counts of the same categories, from 0 to 1; NaN where a row is empty.</summary>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double Between(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (n, m) = Counts.Totals(reference, current);
        if (n == 0 || m == 0)
        {
            return double.NaN;
        }

        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            // The difference of roots as a quotient, which does not cancel where the proportions are close.
            var roots = Math.Sqrt(reference[i] / n) + Math.Sqrt(current[i] / m);
            var difference = roots == 0 ? 0 : Counts.ShareDifference(reference[i], n, current[i], m) / roots;
            sum += difference * difference;
        }

        return Math.Min(1, Math.Sqrt(sum / 2));
    }

    /// <summary>The distance of two samples over quantile bins of the reference, the outer two open; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    /// <returns>NaN where a sample is empty.</returns>
    public static double Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins = QuantileBins.Default)
    {
        var (counts, currentCounts) = QuantileBins.Count(reference, current, bins);
        return Between(counts, currentCounts);
    }

    /// <summary>The distance of two samples of single-precision values over quantile bins of the reference; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together.</param>
    /// <returns>NaN where a sample is empty.</returns>
    public static double Between(ReadOnlySpan<float> reference, ReadOnlySpan<float> current, int bins = QuantileBins.Default) =>
        Between(WidenedValues.Of(reference), WidenedValues.Of(current), bins);
}
