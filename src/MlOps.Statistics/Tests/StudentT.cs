using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Student's t test: whether two samples of one variance have the same mean.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.ttest_ind(x, y)</c>. Prefer <see cref="WelchT"/> unless the variances are known to be equal:
/// with unequal sizes and variances this test does not keep its level. A mean is not robust: with an infinite value, as with fewer than
/// two values a side, the statistic is NaN and the p-value 1. Missing values follow the rule on <see cref="TestResult"/>.
/// </remarks>
public static class StudentT
{
    /// <summary>Tests the difference of means; the statistic is positive where x has the larger mean.</summary>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (MeanDifference.Of(x, y) is not { } means)
        {
            return TestResult.Undefined;
        }

        double n = means.CountX, m = means.CountY, freedom = n + m - 2;
        var pooled = (means.VarianceX * ((n - 1) / freedom)) + (means.VarianceY * ((m - 1) / freedom));
        return OfDifference(means.Value, Math.Sqrt(pooled * ((1 / n) + (1 / m))), freedom);
    }

    /// <summary>
    /// Tests the difference of means; the statistic is positive where x has the larger mean; single-precision values are widened.
    /// </summary>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(WidenedValues.Of(x), WidenedValues.Of(y));

    /// <summary>
    /// The result for a difference with this standard error; two constants are undefined if equal, else infinitely far apart.
    /// </summary>
    internal static TestResult OfDifference(double difference, double error, double freedom)
    {
        if (error == 0)
        {
            return difference == 0 ? TestResult.Undefined : new TestResult(double.CopySign(double.PositiveInfinity, difference), 0);
        }

        var t = difference / error;
        return TestResult.FromLog(t, Distributions.LogStudentTwoSided(t, freedom));
    }
}
