using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The two-proportion z test with the pooled variance, without continuity correction.</summary>
/// <remarks>Its square is <see cref="ChiSquared.Homogeneity"/> on the 2×2 table. Below about five expected successes prefer <see cref="FisherExact"/>.</remarks>
public static class TwoProportionZ
{
    /// <summary>Tests whether two groups have the same share of successes; the statistic is positive where x has the larger share.</summary>
    /// <returns>An empty group gives NaN and 1; no success or no failure at all gives 0 and 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there are more successes than rows.</exception>
    public static TestResult Test(long successesX, long totalX, long successesY, long totalY)
    {
        Check(successesX, totalX, successesY, totalY);
        if (totalX == 0 || totalY == 0)
        {
            return TestResult.Undefined;
        }

        double n = totalX, m = totalY;
        var pooled = (successesX + (double)successesY) / (n + m);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1 / n) + (1 / m)));
        if (error == 0)
        {
            return new TestResult(0, 1);
        }

        var z = ((successesX / n) - (successesY / m)) / error;
        return new TestResult(z, Distributions.NormalTwoSided(z));
    }

    internal static void Check(long successesX, long totalX, long successesY, long totalY)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(successesX);
        ArgumentOutOfRangeException.ThrowIfNegative(successesY);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successesX, totalX);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successesY, totalY);
    }
}
