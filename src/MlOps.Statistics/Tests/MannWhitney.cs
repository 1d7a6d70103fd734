using System.Buffers;
using System.Numerics;
using MlOps.Statistics.Sorting;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The Mann–Whitney U test (Wilcoxon rank sum): whether values of one sample tend to be larger.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.mannwhitneyu(x, y)</c>, two-sided; the statistic is U of x. Missing values, infinities and
/// empty samples follow the rule on <see cref="TestResult"/>. Scratch: two pooled arrays of each sample's length.
/// </remarks>
public static class MannWhitney
{
    private const int ExactLimit = 8;

    /// <summary>Tests whether a value of x is as likely above as below a value of y.</summary>
    /// <remarks>
    /// As in SciPy the p-value is exact where nothing is tied and one sample has no more than 8 values; otherwise it comes from the normal
    /// approximation with the variance corrected for ties and a continuity correction.
    /// </remarks>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Test(x, y, PValueMethod.Auto, true);

    /// <inheritdoc cref="Test(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(x, y, PValueMethod.Auto, true);

    /// <summary>Tests whether a value of x is as likely above as below a value of y, with a stated kind of p-value.</summary>
    /// <param name="x">The one sample.</param>
    /// <param name="y">The other sample.</param>
    /// <param name="method">
    /// <see cref="PValueMethod.Exact"/> ignores ties and holds while the arrangements of both samples number less than 2^127 (64 v 64, 8 v
    /// 100,000); beyond, the normal approximation stands in.
    /// </param>
    /// <param name="continuityCorrection">Whether the normal approximation takes half a unit off the distance of U from its mean.</param>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y, PValueMethod method, bool continuityCorrection)
    {
        using var first = SortedSample.Of(x);
        using var second = SortedSample.Of(y);
        return Test(first.Keys, second.Keys, method, continuityCorrection);
    }

    /// <inheritdoc cref="Test(ReadOnlySpan{double}, ReadOnlySpan{double}, PValueMethod, bool)"/>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y, PValueMethod method, bool continuityCorrection)
    {
        using var first = SortedSample.Of(x);
        using var second = SortedSample.Of(y);
        return Test(first.Keys, second.Keys, method, continuityCorrection);
    }

    private static TestResult Test<TKey>(ReadOnlySpan<TKey> x, ReadOnlySpan<TKey> y, PValueMethod method, bool continuityCorrection)
        where TKey : unmanaged, INumber<TKey>
    {
        double n = x.Length, m = y.Length, total = n + m;
        if (n == 0 || m == 0)
        {
            return TestResult.Undefined;
        }

        var ranks = default(RankSums);
        PooledOrder.Walk(x, y, ref ranks);
        var u = ranks.DoubleU / 2.0;
        var larger = Math.Max(u, (n * m) - u);
        if (method == PValueMethod.Exact || (method == PValueMethod.Auto && ranks.Ties == 0 && Math.Min(n, m) <= ExactLimit))
        {
            var exact = ExactTwoSided(Math.Min(x.Length, y.Length), Math.Max(x.Length, y.Length), (long)((n * m) - Math.Floor(larger)));
            if (!double.IsNaN(exact))
            {
                return new TestResult(u, exact);
            }
        }

        var deviation = Math.Sqrt(n * m / 12 * (total + 1 - (ranks.Ties / (total * (total - 1)))));
        if (!(deviation > 0))
        {
            return new TestResult(u, 1);
        }

        var z = (larger - (n * m / 2) - (continuityCorrection ? 0.5 : 0)) / deviation;
        return TestResult.FromLog(u, z <= 0 ? 0 : Distributions.LogNormalTwoSided(z));
    }

    /// <summary>
    /// Twice P(U ≤ u): the coefficients of the Gaussian binomial [n + m choose n], counted in whole numbers; NaN where they overflow.
    /// </summary>
    private static double ExactTwoSided(int n, int m, long u)
    {
        var arrangements = UInt128.One;
        for (var i = 1; i <= n; i++)
        {
            // Divides without a rest at each step: the product so far is a binomial coefficient.
            if (arrangements > (UInt128.MaxValue >> 1) / (UInt128)(m + i))
            {
                return double.NaN;
            }

            arrangements = arrangements * (UInt128)(m + i) / (UInt128)i;
        }

        var length = (int)u + 1;
        var rented = ArrayPool<UInt128>.Shared.Rent(length);
        var ways = rented.AsSpan(0, length);
        ways.Clear();
        ways[0] = 1;
        for (var i = 1; i <= n; i++)
        {
            for (var k = length - 1; k >= m + i; k--)
            {
                ways[k] -= ways[k - m - i];
            }

            for (var k = i; k < length; k++)
            {
                ways[k] += ways[k - i];
            }
        }

        var atMost = UInt128.Zero;
        foreach (var way in ways)
        {
            atMost += way;
        }

        ArrayPool<UInt128>.Shared.Return(rented);
        return Math.Min(1, 2 * (double)atMost / (double)arrangements);
    }

    private struct RankSums : PooledOrder.IVisitor
    {
        private long _previousX;
        private long _previousY;

        public long DoubleU { get; private set; }

        public double Ties { get; private set; }

        public void Visit<T>(T value, long upToX, long upToY)
            where T : unmanaged
        {
            DoubleU += (upToX - _previousX) * (upToY + _previousY);
            double tied = upToX + upToY - _previousX - _previousY;
            Ties += (tied * tied * tied) - tied;
            (_previousX, _previousY) = (upToX, upToY);
        }
    }
}
