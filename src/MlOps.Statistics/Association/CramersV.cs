namespace MlOps.Statistics;

/// <summary>
/// Cramér's V: how strongly two categorical variables depend on each other, from 0 (independent) to 1 (one determines the other).
/// </summary>
/// <remarks>
/// V = √(X² / n / min(rows - 1, columns - 1)), as <c>scipy.stats.contingency.association</c>. V of independent variables is above 0 and
/// grows with the size of the table; the bias-corrected one (Bergsma, "A bias-correction for Cramér's V and Tschuprow's T", 2013) is about
/// 0 there. The p-value is that of <see cref="ChiSquared.Independence"/> without Yates' correction. Empty rows and columns are left out;
/// with fewer than two of either V is undefined (NaN and 1).
/// </remarks>
public static class CramersV
{
    /// <summary>V of a contingency table, with the p-value of independence.</summary>
    /// <param name="table">The counts, row by row.</param>
    /// <param name="columns">The length of a row.</param>
    /// <param name="biasCorrected">Whether to give Bergsma's estimate in place of the plain V; the p-value is the same.</param>
    /// <exception cref="ArgumentException">The counts do not fill the rows or one is negative.</exception>
    public static TestResult Test(ReadOnlySpan<long> table, int columns, bool biasCorrected = false)
    {
        var counts = CountTable.Of(table, columns);
        if (counts.DegreesOfFreedom == 0)
        {
            return TestResult.Undefined;
        }

        var test = ChiSquared.Of(counts, counts.ChiSquared(yates: false));
        double n = counts.Total, rows = counts.Rows, cells = counts.Columns, phi = test.Statistic / n;
        var v = Math.Sqrt(phi / (Math.Min(rows, cells) - 1));
        if (biasCorrected)
        {
            phi = Math.Max(0, phi - (counts.DegreesOfFreedom / (n - 1)));
            rows -= (rows - 1) * (rows - 1) / (n - 1);
            cells -= (cells - 1) * (cells - 1) / (n - 1);
            v = phi == 0 ? 0 : Math.Sqrt(phi / (Math.Min(rows, cells) - 1));
        }

        return new TestResult(Math.Min(1, v), test.PValue) { LogPValue = test.LogPValue };
    }

    /// <summary>
    /// V of two variables whose categories are numbered from 0, pair by pair; a pair with a negative code is missing and left out.
    /// </summary>
    /// <param name="x">The codes of the first variable; the table takes memory for all codes up to the largest.</param>
    /// <param name="y">The codes of the second variable.</param>
    /// <param name="biasCorrected">Whether to give Bergsma's estimate in place of the plain V; the p-value is the same.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TestResult Test(ReadOnlySpan<int> x, ReadOnlySpan<int> y, bool biasCorrected = false)
    {
        var (counts, columns) = CountTable.Tabulate(x, y);
        return Test(counts, columns, biasCorrected);
    }
}
