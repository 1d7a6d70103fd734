using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Fisher's exact test on a 2×2 table, right at any size and in the tails.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.fisher_exact(alternative="two-sided")</c>. Tables whose probability exceeds this one's by less
/// than one part in 10¹¹ count as equally likely, so that rounding does not decide about ties. (SciPy: 10¹⁴; R: 10⁷, which at ten million
/// rows is more than the difference of neighbouring tables.)
/// </remarks>
public static class FisherExact
{
    private const double LogTolerance = 1e-11;

    /// <summary>Tests whether two groups have the same share of successes, given both margins.</summary>
    /// <returns>
    /// The sample odds ratio and the sum of the probabilities of all tables that are no more likely than this one. An empty group gives
    /// NaN and 1.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative, or there are more successes than rows.</exception>
    public static TestResult Test(long successesX, long totalX, long successesY, long totalY)
    {
        TwoProportionZ.Check(successesX, totalX, successesY, totalY);
        var successes = successesX + successesY;
        if (totalX == 0 || totalY == 0 || successes == 0 || successes == totalX + totalY)
        {
            return TestResult.Undefined;
        }

        var odds = (double)successesX * (totalY - successesY) / ((double)successesY * (totalX - successesX));
        var law = new Hypergeometric(totalX, totalY, successes);
        var mode = Math.Clamp((long)((totalX + 1.0) * (successes + 1.0) / (totalX + totalY + 2.0)), law.First, law.Last);
        var observed = law.LogProbability(successesX);
        if (observed >= law.LogProbability(mode) - LogTolerance)
        {
            return new TestResult(odds, 1);
        }

        var below = successesX < mode;
        var other = law.FirstBeyond(mode, below ? 1 : -1, observed + LogTolerance);
        var sum = law.RelativeTail(successesX, below ? -1 : 1);
        if (other is { } start)
        {
            sum += Math.Exp(law.LogProbability(start) - observed) * law.RelativeTail(start, below ? 1 : -1);
        }

        return TestResult.FromLog(odds, observed + Math.Log(sum));
    }

    /// <summary>The law of the successes in x, given the margins.</summary>
    private readonly record struct Hypergeometric(long TotalX, long TotalY, long Successes)
    {
        public long First => Math.Max(0, Successes - TotalY);

        public long Last => Math.Min(TotalX, Successes);

        public double LogProbability(long k)
        {
            double all = (double)TotalX + TotalY, p = Successes / all, q = (all - Successes) / all;
            return Beta.LogBinomial(k, TotalX, p, q) + Beta.LogBinomial(Successes - k, TotalY, p, q)
                - Beta.LogBinomial(Successes, all, p, q);
        }

        /// <summary>
        /// The first table from the mode in this direction that is at most so likely, by bisection; null where there is none.
        /// </summary>
        public long? FirstBeyond(long mode, int direction, double logProbability)
        {
            var end = direction > 0 ? Last : First;
            if (LogProbability(end) > logProbability)
            {
                return null;
            }

            var (inside, outside) = (mode, end);
            while (Math.Abs(outside - inside) > 1)
            {
                var middle = inside + ((outside - inside) / 2);
                if (LogProbability(middle) > logProbability)
                {
                    inside = middle;
                }
                else
                {
                    outside = middle;
                }
            }

            return outside;
        }

        /// <summary>The probability of this table and all beyond it, as a multiple of its own, by the ratio of neighbours.</summary>
        public double RelativeTail(long k, int direction)
        {
            double sum = 0, weight = 1;
            while (weight > sum * 1e-17)
            {
                sum += weight;
                weight *= direction > 0
                    ? (double)(TotalX - k) / (k + 1) * ((double)(Successes - k) / (TotalY - Successes + k + 1))
                    : (double)k / (TotalX - k + 1) * ((double)(TotalY - Successes + k) / (Successes - k + 1));
                k += direction;
            }

            return sum;
        }
    }
}
