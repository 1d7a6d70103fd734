using System.Buffers;
using System.Numerics;
using MlOps.Statistics.Sorting;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The two-sample Kolmogorov–Smirnov test: the largest distance between two empirical distribution functions.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.ks_2samp(x, y)</c>. The statistic is the exact rational number |i m - j n| / (n m), rounded once.
/// Missing values, infinities and empty samples follow the rule on <see cref="TestResult"/>. Scratch: two pooled arrays of each sample's length.
/// </remarks>
public static class KolmogorovSmirnov
{
    internal const int ExactLimit = 10_000;

    /// <summary>Tests whether two samples come from one distribution; sorts copies of both.</summary>
    /// <remarks>
    /// The p-value is exact while neither sample has more than 10,000 values (Hodges 1958, in Viehmann's stable form), and the
    /// finite-sample Kolmogorov distribution at the effective size beyond. With ties it is conservative.
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
        return new TestResult(statistic, PValue(statistic, x.Length, y.Length, exactLimit));
    }

    internal static double PValue(double statistic, long n, long m, long exactLimit)
    {
        if (Math.Max(n, m) <= exactLimit)
        {
            var divisor = GreatestCommonDivisor(n, m);
            var h = (long)Math.Round(statistic * (n / divisor * m));
            if (h == 0)
            {
                return 1;
            }

            return Math.Clamp(n == m ? OutsideSquare(n, h) : OutsideBand(Math.Max(n, m), Math.Min(n, m), divisor, h), 0, 1);
        }

        return statistic <= 0 ? 1 : Kolmogorov.Survival(EffectiveSize(n, m), statistic);
    }

    internal static double EffectiveSize(long n, long m) => Math.Max(1, Math.Round((double)n * m / ((double)n + m)));

    private static double OutsideSquare(long n, long h)
    {
        var result = 0.0;
        for (var k = n / h; k >= 0; k--)
        {
            var product = 1.0;
            for (var j = 0L; j < h; j++)
            {
                product = (n - (k * h) - j) * product / (n + (k * h) + j + 1);
            }

            result = product * (1 - result);
        }

        return 2 * result;
    }

    /// <summary>The share of lattice paths to (m, n) that leave the band |x/m - y/n| &lt; h/lcm, for m >= n.</summary>
    private static double OutsideBand(long m, long n, long divisor, long h)
    {
        long mg = m / divisor, ng = n / divisor;
        long low = 0, high = Math.Min(CeilingDivide(h, mg), n + 1);
        var length = high - low;
        var rented = ArrayPool<double>.Shared.Rent((int)Math.Min((2 * high) + 2, n + 1));
        var outside = rented.AsSpan(0, (int)Math.Min((2 * high) + 2, n + 1));
        outside[..(int)length].Clear();
        outside[(int)length..].Fill(1);
        for (var i = 1L; i <= m; i++)
        {
            var previousLow = low;
            var previousLength = length;
            low = Math.Min(Math.Max(FloorDivide((ng * i) - h, mg) + 1, 0), n);
            high = Math.Min(CeilingDivide((ng * i) + h, mg), n + 1);
            if (high <= low)
            {
                ArrayPool<double>.Shared.Return(rented);
                return 1;
            }

            var value = low == 0 ? 0.0 : 1.0;
            length = high - low;
            var offset = low - previousLow;
            for (var jj = 0L; jj < length; jj++)
            {
                var j = jj + low;
                value = ((outside[(int)(jj + offset)] * i) + (value * j)) / (i + j);
                outside[(int)jj] = value;
            }

            if (previousLength > length)
            {
                outside.Slice((int)length, (int)(previousLength - length)).Fill(1);
            }
        }

        var share = outside[(int)length - 1];
        ArrayPool<double>.Shared.Return(rented);
        return share;
    }

    private static long CeilingDivide(long a, long b) => -FloorDivide(-a, b);

    private static long FloorDivide(long a, long b) => (a / b) - (a % b < 0 ? 1 : 0);

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
