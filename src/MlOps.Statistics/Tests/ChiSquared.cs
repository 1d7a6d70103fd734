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
        return n == 0 || m == 0
            ? new ChiSquaredResult(double.NaN, 1, 0)
            : Independence([.. reference, .. current], reference.Length, yates);
    }

    /// <summary>Tests whether the two variables of a contingency table are independent; empty rows and columns are left out.</summary>
    /// <param name="table">The counts, row by row.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="yates">Whether to apply Yates' continuity correction; it acts only with one degree of freedom.</param>
    /// <exception cref="ArgumentException">The counts do not fill the rows or one is negative.</exception>
    public static ChiSquaredResult Independence(ReadOnlySpan<long> table, int columns, bool yates = false)
    {
        var counts = CountTable.Of(table, columns);
        return Of(counts, counts.ChiSquared(yates));
    }

    /// <summary>The result for a statistic of a table whose law is chi-squared.</summary>
    internal static ChiSquaredResult Of(CountTable table, double statistic)
    {
        if (table.Total == 0)
        {
            return new ChiSquaredResult(double.NaN, 1, 0);
        }

        var freedom = table.DegreesOfFreedom;
        if (freedom == 0)
        {
            return new ChiSquaredResult(0, 1, 0);
        }

        var log = Distributions.LogChiSquaredUpper(statistic, freedom);
        return new ChiSquaredResult(statistic, Math.Exp(log), freedom) { LogPValue = log };
    }
}
