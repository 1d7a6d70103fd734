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

        var errorX = means.VarianceX / means.CountX;
        var errorY = means.VarianceY / means.CountY;
        var sum = errorX + errorY;
        var shareX = errorX / sum;
        var shareY = errorY / sum;
        var freedom = 1 / ((shareX * shareX / (means.CountX - 1)) + (shareY * shareY / (means.CountY - 1)));
        return StudentT.OfDifference(means.Value, Math.Sqrt(sum), freedom);
    }

    /// <summary>
    /// Tests the difference of means; the statistic is positive where x has the larger mean; single-precision values are widened.
    /// </summary>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(WidenedValues.Of(x), WidenedValues.Of(y));
}
