namespace MlOps.Statistics;

/// <summary>Welch's t test: whether two samples of unequal variances have the same mean.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.ttest_ind(x, y, equal_var=False)</c>. A mean is not robust: with an infinite value, as with
/// fewer than two values a side, the statistic is NaN and the p-value 1. Missing values follow the rule on <see cref="TestResult"/>.
/// </remarks>
public static class WelchT
{
    /// <summary>Tests the difference of means; the statistic is positive where x has the larger mean.</summary>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (MeanDifference.Of(x, y) is not { } means)
        {
            return TestResult.Undefined;
        }

        var varianceX = means.First.Variance / means.First.Count;
        var varianceY = means.Second.Variance / means.Second.Count;
        var sum = varianceX + varianceY;
        var shareX = varianceX / sum;
        var shareY = varianceY / sum;
        var freedom = 1 / ((shareX * shareX / (means.First.Count - 1)) + (shareY * shareY / (means.Second.Count - 1)));
        return StudentT.OfDifference(means.Value, Math.Sqrt(sum), freedom);
    }
}
