namespace MlOps.Statistics;

/// <summary>The mutual information of two categorical variables in nats: how much knowing one tells about the other.</summary>
/// <remarks>
/// The plug-in estimate Σ p ln(p / (row · column)), as <c>sklearn.metrics.mutual_info_score</c>; its bias under independence is about
/// (rows - 1)(columns - 1) / 2n nats. The p-value is that of <see cref="GTest.Independence"/>, whose statistic is 2n times as much. Divide
/// by ln 2 for bits.
/// </remarks>
public static class MutualInformation
{
    /// <summary>The information in a contingency table, with the p-value of independence; NaN and 1 for an empty table.</summary>
    /// <param name="table">The counts, row by row.</param>
    /// <param name="columns">The length of a row.</param>
    /// <exception cref="ArgumentException">The counts do not fill the rows or one is negative.</exception>
    public static TestResult Test(ReadOnlySpan<long> table, int columns)
    {
        var counts = CountTable.Of(table, columns);
        var test = ChiSquared.Of(counts, counts.LikelihoodRatio(yates: false));
        return new TestResult(test.Statistic / (2 * counts.Total), test.PValue) { LogPValue = test.LogPValue };
    }

    /// <summary>
    /// The information between two variables whose categories are numbered from 0, pair by pair; a pair with a negative code is missing
    /// and left out.
    /// </summary>
    /// <param name="x">The codes of the first variable; the table takes memory for all codes up to the largest.</param>
    /// <param name="y">The codes of the second variable.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TestResult Test(ReadOnlySpan<int> x, ReadOnlySpan<int> y)
    {
        var (counts, columns) = CountTable.Tabulate(x, y);
        return Test(counts, columns);
    }
}
