using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Pearson's chi-squared test on counts.</summary>
/// <remarks>Reference implementation: <c>scipy.stats.chi2_contingency</c>.</remarks>
public static class ChiSquared
{
    /// <summary>Tests whether two rows of category counts come from one distribution; both rows count as random.</summary>
    /// <remarks>
    /// Columns that are zero in both rows say nothing and are left out, of the degrees of freedom too. The approximation wants expected
    /// counts of about five or more: pool sparse categories first, or use <see cref="FisherExact"/>.
    /// </remarks>
    /// <param name="reference">The counts of each category in the reference.</param>
    /// <param name="current">The counts of the same categories now.</param>
    /// <param name="yates">Whether to apply Yates' continuity correction; it acts only with one degree of freedom.</param>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static ChiSquaredResult Homogeneity(ReadOnlySpan<long> reference, ReadOnlySpan<long> current, bool yates = false)
    {
        var (n, m) = Counts.Totals(reference, current);
        if (n == 0 || m == 0)
        {
            return new ChiSquaredResult(double.NaN, 1, 0);
        }

        var columns = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            columns += reference[i] + current[i] > 0 ? 1 : 0;
        }

        var statistic = 0.0;
        var correct = yates && columns == 2;
        for (var i = 0; i < reference.Length; i++)
        {
            double total = reference[i] + current[i];
            if (total == 0)
            {
                continue;
            }

            var expected = total * (n / (n + m));
            var expectedCurrent = total * (m / (n + m));
            var difference = Math.Abs(reference[i] - expected);
            if (correct)
            {
                difference -= Math.Min(0.5, difference);
            }

            statistic += difference * difference * ((1 / expected) + (1 / expectedCurrent));
        }

        return columns < 2
            ? new ChiSquaredResult(0, 1, 0)
            : new ChiSquaredResult(statistic, Distributions.ChiSquaredUpper(statistic, columns - 1), columns - 1);
    }
}
