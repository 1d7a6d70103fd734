namespace MlOps.Statistics;

/// <summary>The G test (likelihood-ratio test) on counts.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.chi2_contingency(lambda_="log-likelihood")</c>. G is 2n times the
/// <see cref="MutualInformation"/> of the table; like <see cref="ChiSquared"/> it wants expected counts of about five or more.
/// </remarks>
public static class GTest
{
    /// <summary>
    /// Tests whether two rows of category counts come from one distribution; both rows count as random and may differ in size.
    /// </summary>
    /// <param name="reference">The counts of each category in the reference.</param>
    /// <param name="current">The counts of the same categories now.</param>
    /// <param name="yates">Whether to move each count half towards its expectation; it acts only with one degree of freedom.</param>
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
    /// <param name="yates">Whether to move each count half towards its expectation; it acts only with one degree of freedom.</param>
    /// <exception cref="ArgumentException">The counts do not fill the rows or one is negative.</exception>
    public static ChiSquaredResult Independence(ReadOnlySpan<long> table, int columns, bool yates = false)
    {
        var counts = CountTable.Of(table, columns);
        return ChiSquared.Of(counts, counts.LikelihoodRatio(yates));
    }
}
