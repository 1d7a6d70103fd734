using MlOps.Statistics.Special;

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
        var first = Moments.Of(x);
        var second = Moments.Of(y);
        if (first.Count < 2 || second.Count < 2)
        {
            return TestResult.Undefined;
        }

        var varianceX = first.Variance / first.Count;
        var varianceY = second.Variance / second.Count;
        var sum = varianceX + varianceY;
        var difference = first.Mean - second.Mean;
        if (!double.IsFinite(sum) || !double.IsFinite(difference))
        {
            return TestResult.Undefined;
        }

        if (sum == 0)
        {
            return difference == 0 ? TestResult.Undefined : new TestResult(double.CopySign(double.PositiveInfinity, difference), 0);
        }

        var shareX = varianceX / sum;
        var shareY = varianceY / sum;
        var freedom = 1 / ((shareX * shareX / (first.Count - 1)) + (shareY * shareY / (second.Count - 1)));
        var t = difference / Math.Sqrt(sum);
        return new TestResult(t, Distributions.StudentTwoSided(t, freedom));
    }
}
