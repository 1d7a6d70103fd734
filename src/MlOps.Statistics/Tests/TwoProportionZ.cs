using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The two-proportion z test with the pooled variance, without continuity correction.</summary>
/// <remarks>Its square is <see cref="ChiSquared.Homogeneity"/> on the 2×2 table. Below about five expected successes prefer
/// <see cref="FisherExact"/>.</remarks>
public static class TwoProportionZ
{
    /// <summary>
    /// Tests whether two groups have the same share of successes; the statistic is positive where x has the larger share.
    /// </summary>
    /// <returns>An empty group gives NaN and 1; no success or no failure at all gives 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there are more successes than rows.</exception>
    public static TestResult Test(long successesX, long totalX, long successesY, long totalY)
    {
        Check(successesX, totalX, successesY, totalY);
        if (totalX == 0 || totalY == 0)
        {
            return TestResult.Undefined;
        }

        double n = totalX, m = totalY, successes = (double)successesX + successesY;
        var failures = (double)(totalX - successesX) + (totalY - successesY);
        if (successes == 0 || failures == 0)
        {
            return new TestResult(0, 1);
        }

        // The difference of products, with the rounding of the second given back, does not cancel where the shares are close.
        var product = successesY * n;
        var difference = Math.FusedMultiplyAdd(successesX, m, -product) - Math.FusedMultiplyAdd(successesY, n, -product);
        var z = difference * Math.Sqrt((n + m) / (n * m) / successes / failures);
        return TestResult.FromLog(z, Distributions.LogNormalTwoSided(z));
    }

    internal static void Check(long successesX, long totalX, long successesY, long totalY)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successesX);
        ArgumentOutOfRangeException.ThrowIfNegative(successesY);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successesX, totalX);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successesY, totalY);
    }
}
