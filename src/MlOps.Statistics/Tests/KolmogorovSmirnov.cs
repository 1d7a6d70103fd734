using System.Numerics;
using MlOps.Statistics.Sorting;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The two-sample Kolmogorov–Smirnov test: the largest distance between two empirical distribution functions.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.ks_2samp(x, y)</c>. The statistic is the exact rational number |i m - j n| / (n m), rounded
/// once. Missing values, infinities and empty samples follow the rule on <see cref="TestResult"/>. Scratch: two pooled arrays of each
/// sample's length.
/// </remarks>
public static class KolmogorovSmirnov
{
    internal const int ExactLimit = 10_000;

    /// <summary>Tests whether two samples come from one distribution; sorts copies of both.</summary>
    /// <remarks>
    /// The p-value is exact while neither sample has more than 10,000 values (Hodges 1958), and the finite-sample Kolmogorov
    /// distribution at the effective size beyond. With ties it is conservative. Samples that do not overlap always have their exact
    /// p-value, where SciPy's asymptotic one is 0 even for one value against 20,000.
    /// </remarks>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y) => Test(x, y, PValueMethod.Auto);

    /// <inheritdoc cref="Test(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(x, y, PValueMethod.Auto);

    /// <summary>Tests whether two samples come from one distribution, with a stated kind of p-value.</summary>
    /// <param name="x">The one sample.</param>
    /// <param name="y">The other sample.</param>
    /// <param name="method">
    /// <see cref="PValueMethod.Exact"/> takes time in proportion to the product of the sizes, and gives way to the asymptotic distribution
    /// where their least common multiple exceeds 2,147,483,647, as in SciPy.
    /// </param>
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

    internal static double SortedStatistic<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y)
        where T : unmanaged, INumber<T>
    {
        var largest = new LargestGap(x.Length, y.Length);
        PooledOrder.Walk(x, y, ref largest);
        return largest.Statistic;
    }

    private static TestResult Test<TKey>(ReadOnlySpan<TKey> x, ReadOnlySpan<TKey> y, PValueMethod method)
        where TKey : unmanaged, INumber<TKey>
    {
        if (x.IsEmpty || y.IsEmpty)
        {
            return TestResult.Undefined;
        }

        var statistic = SortedStatistic(x, y);
        var exactLimit = method switch
        {
            PValueMethod.Auto => ExactLimit,
            PValueMethod.Exact when x.Length / GreatestCommonDivisor(x.Length, y.Length) * y.Length <= int.MaxValue => int.MaxValue,
            _ => 0,
        };
        return TestResult.FromLog(statistic, LogPValue(statistic, x.Length, y.Length, exactLimit));
    }

    internal static double PValue(double statistic, long n, long m, long exactLimit) => Math.Exp(LogPValue(statistic, n, m, exactLimit));

    internal static double LogPValue(double statistic, long n, long m, long exactLimit)
    {
        if (statistic >= 1)
        {
            // The limit law gives 0 here, even for one value against thousands.
            return BallotPaths.LogSeparate(n, m);
        }

        if (Math.Max(n, m) > exactLimit)
        {
            return statistic <= 0 ? 0 : Kolmogorov.LogSurvival(EffectiveSize(n, m), statistic);
        }

        var divisor = GreatestCommonDivisor(n, m);
        var h = (long)Math.Round(statistic * (n / divisor * m));
        return h == 0 ? 0 : Math.Min(0, n == m ? BallotPaths.LogOutsideSquare(n, h) : BallotPaths.LogOutsideBand(n, m, divisor, h));
    }

    internal static double EffectiveSize(long n, long m) => Math.Max(1, Math.Round((double)n * m / ((double)n + m)));

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }

        return a;
    }

    private struct LargestGap(long n, long m) : PooledOrder.IVisitor
    {
        private long _largest;

        public readonly double Statistic => _largest / ((double)n * m);

        public void Visit<T>(T value, long upToX, long upToY)
            where T : unmanaged
        {
            var gap = (upToX * m) - (upToY * n);
            var sign = gap >> 63;
            _largest = Math.Max(_largest, (gap ^ sign) - sign);
        }
    }
}
