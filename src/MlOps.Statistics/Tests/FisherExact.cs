using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Fisher's exact test on a 2×2 table, right at any size.</summary>
/// <remarks>Reference implementation: <c>scipy.stats.fisher_exact(alternative="two-sided")</c>.</remarks>
public static class FisherExact
{
    /// <summary>Tests whether two groups have the same share of successes, given both margins.</summary>
    /// <returns>
    /// The sample odds ratio and the sum of the probabilities of all tables that are no more likely than this one. An empty group gives NaN and 1.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there are more successes than rows.</exception>
    public static TestResult Test(long successesX, long totalX, long successesY, long totalY)
    {
        TwoProportionZ.Check(successesX, totalX, successesY, totalY);
        if (totalX == 0 || totalY == 0)
        {
            return TestResult.Undefined;
        }

        double failuresX = totalX - successesX, failuresY = totalY - successesY;
        var odds = successesX * failuresY / (successesY * failuresX);
        var successes = successesX + successesY;
        if (successes == 0 || successes == totalX + totalY)
        {
            return new TestResult(double.NaN, 1);
        }

        // Relative weights by recurrence from the observed table, outwards: no logarithm per table.
        var first = Math.Max(0, successes - totalY);
        var last = Math.Min(totalX, successes);
        var observed = Probability(successesX, totalX, totalY, successes);
        const double Tolerance = 1 + 1e-7;
        var mode = (long)Math.Clamp((totalX + 1.0) * (successes + 1.0) / (totalX + totalY + 2.0), first, last);
        var peak = Probability(mode, totalX, totalY, successes);
        double included = 0;
        for (var (k, weight) = (mode, peak); k >= first && weight > observed * 1e-20; k--)
        {
            included += weight <= observed * Tolerance ? weight : 0;
            weight *= (double)k * (totalY - successes + k) / ((totalX - k + 1.0) * (successes - k + 1.0));
        }

        for (var (k, weight) = (mode, peak); k <= last && weight > observed * 1e-20; k++)
        {
            included += k > mode && weight <= observed * Tolerance ? weight : 0;
            weight *= (totalX - (double)k) * (successes - k) / ((k + 1.0) * (totalY - successes + k + 1.0));
        }

        return new TestResult(odds, Math.Min(1, included));
    }

    private static double Probability(long k, long totalX, long totalY, long successes)
    {
        double all = (double)totalX + totalY, p = successes / all, q = 1 - p;
        return Beta.Binomial(k, totalX, p, q) * Beta.Binomial(successes - k, totalY, p, q) / Beta.Binomial(successes, all, p, q);
    }
}
