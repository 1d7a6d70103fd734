using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The Mann–Whitney U test (Wilcoxon rank sum): whether values of one sample tend to be larger.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.mannwhitneyu(x, y, method="asymptotic")</c>: normal approximation, variance corrected for ties,
/// continuity correction, two-sided. Missing values, infinities and empty samples follow the rule on <see cref="TestResult"/>.
/// </remarks>
public static class MannWhitney
{
    /// <summary>Tests whether a value of x is as likely above as below a value of y; the statistic is U of x.</summary>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var first = ObservedValues.Sorted(x);
        var second = ObservedValues.Sorted(y);
        double n = first.Length, m = second.Length, total = n + m;
        if (n == 0 || m == 0)
        {
            return TestResult.Undefined;
        }

        double u = 0, ties = 0;
        int i = 0, j = 0;
        while (i < first.Length || j < second.Length)
        {
            var value = j == second.Length || (i < first.Length && first[i] < second[j]) ? first[i] : second[j];
            var below = j;
            var own = i;
            while (i < first.Length && first[i] == value)
            {
                i++;
            }

            while (j < second.Length && second[j] == value)
            {
                j++;
            }

            u += (i - own) * (below + ((j - below) / 2.0));
            double tied = i - own + (j - below);
            ties += (tied * tied * tied) - tied;
        }

        var deviation = Math.Sqrt(n * m / 12 * (total + 1 - (ties / (total * (total - 1)))));
        if (deviation == 0)
        {
            return new TestResult(u, 1);
        }

        var z = (Math.Max(u, (n * m) - u) - (n * m / 2) - 0.5) / deviation;
        return new TestResult(u, z <= 0 ? 1 : Distributions.NormalTwoSided(z));
    }
}
