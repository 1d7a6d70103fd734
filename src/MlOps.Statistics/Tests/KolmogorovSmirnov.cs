using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The two-sample Kolmogorov–Smirnov test: the largest distance between two empirical distribution functions.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.ks_2samp(x, y, method="auto")</c>. Missing values, infinities and empty samples follow
/// the rule on <see cref="TestResult"/>.
/// </remarks>
public static class KolmogorovSmirnov
{
    private const int ExactLimit = 10_000;

    /// <summary>Tests whether two samples come from one distribution; sorts copies of both.</summary>
    /// <remarks>
    /// The p-value is exact while neither sample has more than 10,000 values (Hodges 1958, in Viehmann's stable form), and the
    /// finite-sample Kolmogorov distribution at the effective size beyond. With ties it is conservative.
    /// </remarks>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var first = ObservedValues.Sorted(x);
        var second = ObservedValues.Sorted(y);
        if (first.Length == 0 || second.Length == 0)
        {
            return TestResult.Undefined;
        }

        var statistic = SortedStatistic(first, second);
        return new TestResult(statistic, PValue(statistic, first.Length, second.Length, ExactLimit));
    }

    internal static double SortedStatistic(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        int i = 0, j = 0;
        var largest = 0.0;
        while (i < x.Length && j < y.Length)
        {
            var value = Math.Min(x[i], y[j]);
            while (i < x.Length && x[i] <= value)
            {
                i++;
            }

            while (j < y.Length && y[j] <= value)
            {
                j++;
            }

            largest = Math.Max(largest, Math.Abs(((double)i / x.Length) - ((double)j / y.Length)));
        }

        return largest;
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
        var outside = new double[(int)Math.Min((2 * high) + 2, n + 1)];
        outside.AsSpan((int)length).Fill(1);
        for (var i = 1L; i <= m; i++)
        {
            var previousLow = low;
            var previousLength = length;
            low = Math.Min(Math.Max(FloorDivide((ng * i) - h, mg) + 1, 0), n);
            high = Math.Min(CeilingDivide((ng * i) + h, mg), n + 1);
            if (high <= low)
            {
                return 1;
            }

            var value = low == 0 ? 0.0 : 1.0;
            length = high - low;
            var offset = low - previousLow;
            for (var jj = 0L; jj < length; jj++)
            {
                var j = jj + low;
                value = ((outside[jj + offset] * i) + (value * j)) / (i + j);
                outside[jj] = value;
            }

            if (previousLength > length)
            {
                outside.AsSpan((int)length, (int)(previousLength - length)).Fill(1);
            }
        }

        return outside[length - 1];
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
}
