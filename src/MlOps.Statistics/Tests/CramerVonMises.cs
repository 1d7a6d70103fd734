using System.Numerics;
using MlOps.Statistics.Sorting;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The two-sample Cramér–von Mises test: the summed squared distance between two empirical distribution functions.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.cramervonmises_2samp(x, y)</c>, midranks for ties. The statistic T (Anderson 1962) is found in
/// whole numbers and rounded once. Missing values, infinities and empty samples follow the rule on <see cref="TestResult"/>; a sample of
/// one value is tested, where SciPy refuses it. Scratch: two pooled arrays of each sample's length.
/// </remarks>
public static class CramerVonMises
{
    private const int ExactLimit = 20;

    /// <summary>Tests whether two samples come from one distribution; sorts copies of both.</summary>
    /// <remarks>
    /// The p-value is exact while neither sample has more than 20 values (Xiao, Gordon and Yakovlev 2006); beyond, it is that of the
    /// limiting distribution at the standardised statistic, accurate far into the tail, where SciPy's stops near 1e-7. The exact law is
    /// that of values without ties; ties may take the statistic beyond it, and then the p-value is that of one order among all, where
    /// SciPy's is 0.
    /// </remarks>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Test(x, y, PValueMethod.Auto);

    /// <inheritdoc cref="Test(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(x, y, PValueMethod.Auto);

    /// <summary>Tests whether two samples come from one distribution, with a stated kind of p-value.</summary>
    /// <param name="x">The one sample.</param>
    /// <param name="y">The other sample.</param>
    /// <param name="method"><see cref="PValueMethod.Exact"/> is for samples of at most 40 values together; its cost grows steeply.</param>
    /// <exception cref="ArgumentException">An exact p-value is asked for more than 40 values.</exception>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y, PValueMethod method)
    {
        using var first = SortedSample.Of(x);
        using var second = SortedSample.Of(y);
        return Test(first.Keys, second.Keys, method);
    }

    /// <inheritdoc cref="Test(ReadOnlySpan{double}, ReadOnlySpan{double}, PValueMethod)"/>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y, PValueMethod method)
    {
        using var first = SortedSample.Of(x);
        using var second = SortedSample.Of(y);
        return Test(first.Keys, second.Keys, method);
    }

    private static TestResult Test<TKey>(ReadOnlySpan<TKey> x, ReadOnlySpan<TKey> y, PValueMethod method)
        where TKey : unmanaged, INumber<TKey>
    {
        if (method == PValueMethod.Exact && x.Length + y.Length > 2 * ExactLimit)
        {
            throw new ArgumentException(
                $"An exact p-value is for at most {2 * ExactLimit} values together, and these are {x.Length} and {y.Length}; "
                + "take the asymptotic one.",
                nameof(method));
        }

        if (x.IsEmpty || y.IsEmpty)
        {
            return TestResult.Undefined;
        }

        long n = x.Length, m = y.Length, product = n * m;
        var ranks = default(SquaredRanks);
        PooledOrder.Walk(x, y, ref ranks);

        // With U of SciPy's notation: excess = 24 U - 4 nm (4nm - 1), and T = excess / (24 nm (n + m)).
        var excess = (6 * (((Int128)n * ranks.OfX) + ((Int128)m * ranks.OfY))) - (4 * (Int128)product * ((4 * (Int128)product) - 1));
        var statistic = (double)excess / (24.0 * product * (n + m));
        var exact = method == PValueMethod.Exact || (method == PValueMethod.Auto && Math.Max(n, m) <= ExactLimit);
        return exact
            ? new TestResult(statistic, CramerVonMisesDistribution.ExactSurvival((int)n, (int)m, (long)excess))
            : TestResult.FromLog(statistic, LogAsymptotic(statistic, n, m));
    }

    private static double LogAsymptotic(double statistic, double n, double m)
    {
        double product = n * m, total = n + m;
        var mean = (1 + (1 / total)) / 6;
        var variance = (total + 1) / (45 * total * total * 4 * product)
            * ((4 * product * total) - (3 * ((n * n) + (m * m))) - (2 * product));
        return variance > 0 ? CramerVonMisesDistribution.LogSurvival((1.0 / 6) + ((statistic - mean) / Math.Sqrt(45 * variance))) : 0;
    }

    /// <summary>
    /// Four times the sums of squared differences between each value's midrank in the pool and its rank in its own sample.
    /// </summary>
    private struct SquaredRanks : PooledOrder.IVisitor
    {
        private long _previousX;
        private long _previousY;
        private UInt128 _ofX;
        private UInt128 _ofY;

        public readonly Int128 OfX => (Int128)_ofX;

        public readonly Int128 OfY => (Int128)_ofY;

        public void Visit<T>(T value, long upToX, long upToY)
            where T : unmanaged
        {
            long x = upToX - _previousX, y = upToY - _previousY;
            if (x + y == 1)
            {
                // Nothing tied: the difference is the number of values of the other sample below; one of x and y is 0.
                var below = (ulong)((x * upToY) + (y * upToX));
                var square = 4 * below * below;
                _ofX += square & (ulong)-x;
                _ofY += square & (ulong)-y;
            }
            else
            {
                _ofX += Tied(x, (2 * _previousY) + x + y + 1);
                _ofY += Tied(y, (2 * _previousX) + x + y + 1);
            }

            (_previousX, _previousY) = (upToX, upToY);
        }

        /// <summary>Σ (c - 2l)² for l = 1..count.</summary>
        private static UInt128 Tied(long count, long c)
        {
            Int128 k = count;
            return (UInt128)((k * c * c) - (2 * c * k * (k + 1)) + (4 * k * (k + 1) * ((2 * k) + 1) / 6));
        }
    }
}
