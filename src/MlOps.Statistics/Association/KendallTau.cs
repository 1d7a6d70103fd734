using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>Kendall's rank correlation τ-b, and the test that it is zero, in n log n time.</summary>
/// <remarks>
/// Source: Knight, "A computer method for calculating Kendall's tau with ungrouped data" (1966). Reference implementation:
/// <c>scipy.stats.kendalltau</c>: without ties the p-value is exact up to 33 pairs and for at most one discordant or concordant pair; else
/// the normal approximation with the variance corrected for ties. A pair with a NaN on either side is left out; infinities rank as
/// extremes. A constant sample or fewer than two pairs leave the coefficient undefined (NaN and 1).
/// </remarks>
public static class KendallTau
{
    private const int LargestExact = 33;

    /// <summary>The coefficient, from -1 to 1, as the statistic and its two-sided p-value.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (first, second) = ObservedPairs.Of(x, y);
        var length = first.Length;
        Array.Sort(first, second);
        long jointTies = 0;
        for (int start = 0, end; start < length; start = end)
        {
            end = EndOfTie(first, start);
            var tied = second.AsSpan(start, end - start);
            tied.Sort();
            jointTies += Ties.Of(tied).Pairs;
        }

        var tiesX = Ties.Of(first);
        var discordant = SortAndCountInversions(second, new double[length]);
        var tiesY = Ties.Of(second);
        var total = (long)length * (length - 1) / 2;
        if (tiesX.Pairs == total || tiesY.Pairs == total)
        {
            return TestResult.Undefined;
        }

        double score = total - tiesX.Pairs - tiesY.Pairs + jointTies - (2 * discordant);
        var tau = Math.Clamp(score / Math.Sqrt(total - tiesX.Pairs) / Math.Sqrt(total - tiesY.Pairs), -1, 1);
        var rarer = Math.Min(discordant, total - discordant);
        return tiesX.Pairs == 0 && tiesY.Pairs == 0 && (length <= LargestExact || rarer <= 1)
            ? TestResult.FromLog(tau, LogExact(length, rarer, total))
            : TestResult.FromLog(tau, LogAsymptotic(length, score, tiesX, tiesY));
    }

    /// <summary>The coefficient of single-precision values, which are widened, and its two-sided p-value.</summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(WidenedValues.Of(x), WidenedValues.Of(y));

    private static double LogAsymptotic(double n, double score, Ties x, Ties y)
    {
        var pairs = n * (n - 1);
        var variance = (((pairs * ((2 * n) + 5)) - x.Spread - y.Spread) / 18) + (2.0 * x.Pairs * y.Pairs / pairs)
            + (n > 2 ? x.Triples * y.Triples / (9 * pairs * (n - 2)) : 0);
        return Distributions.LogNormalTwoSided(score / Math.Sqrt(variance));
    }

    /// <summary>
    /// log of twice the share of orders with at most so many inversions, by the recurrence in Kendall, "Rank Correlation Methods" (1970).
    /// </summary>
    private static double LogExact(int n, long inversions, long total)
    {
        if (n == 2 || 2 * inversions == total)
        {
            return 0;
        }

        if (inversions <= 1)
        {
            return Math.Log(2) - Gamma.Log(inversions == 0 ? n + 1 : n);
        }

        var ways = new double[inversions + 1];
        ways[0] = ways[1] = 1;
        var next = new double[ways.Length];
        for (var size = 3; size <= n; size++)
        {
            var window = 0.0;
            for (var i = 0; i < ways.Length; i++)
            {
                window += ways[i] - (i >= size ? ways[i - size] : 0);
                next[i] = window;
            }

            (ways, next) = (next, ways);
        }

        return Math.Min(0, Math.Log(2 * ways.Sum()) - Gamma.Log(n + 1));
    }

    /// <summary>Sorts by merging and counts the pairs that were in the wrong order.</summary>
    private static long SortAndCountInversions(double[] values, double[] scratch)
    {
        long inversions = 0;
        var (from, to) = (values, scratch);
        for (var width = 1; width < values.Length; width *= 2)
        {
            for (var start = 0; start < values.Length; start += 2 * width)
            {
                int left = start, middle = Math.Min(start + width, values.Length);
                int right = middle, end = Math.Min(middle + width, values.Length);
                for (var k = start; k < end; k++)
                {
                    if (right == end || (left < middle && from[left] <= from[right]))
                    {
                        to[k] = from[left++];
                    }
                    else
                    {
                        inversions += middle - left;
                        to[k] = from[right++];
                    }
                }
            }

            (from, to) = (to, from);
        }

        from.AsSpan().CopyTo(values);
        return inversions;
    }

    private static int EndOfTie(ReadOnlySpan<double> sorted, int start)
    {
        var end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start])
        {
            end++;
        }

        return end;
    }

    /// <summary>Sums over tied groups of t values: pairs t(t-1)/2, and t(t-1)(t-2) and t(t-1)(2t+5) of the variance.</summary>
    private readonly record struct Ties(long Pairs, double Triples, double Spread)
    {
        public static Ties Of(ReadOnlySpan<double> sorted)
        {
            long pairs = 0;
            double triples = 0, spread = 0;
            for (int start = 0, end; start < sorted.Length; start = end)
            {
                end = EndOfTie(sorted, start);
                double t = end - start, ordered = t * (t - 1);
                pairs += (long)(ordered / 2);
                triples += ordered * (t - 2);
                spread += ordered * ((2 * t) + 5);
            }

            return new Ties(pairs, triples, spread);
        }
    }
}
