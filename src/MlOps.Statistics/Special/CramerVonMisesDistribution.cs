using System.Runtime.InteropServices;

namespace MlOps.Statistics.Special;

/// <summary>The distribution of the Cramér–von Mises statistic: its limit, and exactly for two small samples.</summary>
internal static class CramerVonMisesDistribution
{
    // From here on the second integral is below 1e-17 of the first.
    private const double FirstTermSuffices = 10;

    /// <summary>P(ω² ≥ x) of the limiting distribution.</summary>
    public static double Survival(double x) => Math.Exp(LogSurvival(x));

    /// <summary>log P(ω² ≥ x) of the limiting distribution.</summary>
    /// <remarks>
    /// Source: Smirnov's inversion of the characteristic function, an alternating sum over k of integrals of
    /// t^-1/2 |sin t|^-1/2 exp(-x t² / 2) for t from (2k - 1)π to 2kπ. Its terms fall like exp(-x (2k - 1)² π² / 2), so the tail keeps its
    /// relative accuracy. The substitution t = (2k - 1/2)π - (π/2) cos θ takes away the singularities at both ends; the midpoint rule in θ
    /// then converges geometrically. Where x is large the first integral is all there is, and the substitution t² = π² + 2s²/x leaves
    /// exp(-s²) times a smooth even function of s, for which the trapezoid rule converges as fast.
    /// </remarks>
    public static double LogSurvival(double x)
    {
        // Below this the probability differs from 1 by less than 2e-18.
        if (x < 0.003)
        {
            return 0;
        }

        return x < FirstTermSuffices ? Math.Log(Math.Min(1, AlternatingSum(x))) : LogFirstTerm(x);
    }

    private static double LogFirstTerm(double x)
    {
        const double Step = 1 / 16.0;
        var sum = 0.5 / Math.PI;
        for (var s = Step; s < 7; s += Step)
        {
            var t = Math.Sqrt((Math.PI * Math.PI) + (2 * s * s / x));

            // t - π without cancellation.
            var excess = 2 * s * s / x / (t + Math.PI);
            sum += Math.Exp(-s * s) * s / (t * Math.Sqrt(x * t * Math.Sin(excess)));
        }

        return Math.Log(4 / Math.PI * Step * sum / Math.Sqrt(x)) - (x * Math.PI * Math.PI / 2);
    }

    private static double AlternatingSum(double x)
    {
        // The integrand narrows as x grows.
        var nodes = x < 1 ? 64 : 256;
        var sum = 0.0;
        for (var k = 1; k < 200; k++)
        {
            var term = 0.0;
            for (var node = 0; node < nodes; node++)
            {
                var theta = Math.PI * (node + 0.5) / nodes;
                var (sine, cosine) = Math.SinCos(theta);
                var t = (((2 * k) - 0.5) * Math.PI) - (Math.PI / 2 * cosine);

                // |sin t| = cos(π/2 cos θ), which loses digits near its zeros unless it is taken from the nearer end.
                var half = Math.Sin(theta / 2);
                var distance = cosine > 0 ? Math.PI * half * half : Math.PI * (1 - (half * half));
                var sinT = Math.Sin(Math.Min(distance, Math.PI - distance));
                term += Math.Exp(-x * t * t / 2) / Math.Sqrt(t * sinT) * sine;
            }

            sum += k % 2 == 1 ? term : -term;
            if (term < Math.Abs(sum) * 1e-18)
            {
                break;
            }
        }

        return sum * Math.PI / nodes;
    }

    /// <summary>The share of all arrangements of n and m values whose statistic is at least the one observed.</summary>
    /// <param name="n">The size of the one sample.</param>
    /// <param name="m">The size of the other.</param>
    /// <param name="excess">24 nm (n + m) times the statistic.</param>
    /// <remarks>
    /// Source: Xiao, Gordon and Yakovlev, "A C++ program for the Cramér–von Mises two-sample test" (2006): the frequencies of the sum of
    /// squared differences of the distribution functions over all lattice paths, a step at a time.
    /// </remarks>
    public static double ExactSurvival(int n, int m, long excess)
    {
        var common = (int)Gcd(n, m);
        long stepX = m / common, stepY = n / common, multiple = (long)n / common * m;
        var threshold = FloorDivide((Int128)multiple * multiple * (n + m) * excess, 24 * (Int128)n * m * n * m);
        var rows = new Dictionary<long, double>[n + 1];
        rows[0] = new Dictionary<long, double> { [0] = 1 };
        for (var v = 1; v <= n; v++)
        {
            rows[v] = [];
        }

        for (var u = 0; u <= m; u++)
        {
            var left = new Dictionary<long, double>();
            for (var v = 0; v <= n; v++)
            {
                var gap = (stepX * v) - (stepY * u);
                var next = new Dictionary<long, double>(left.Count + rows[v].Count);
                Add(next, left, gap * gap);
                Add(next, rows[v], gap * gap);
                rows[v] = left = next;
            }
        }

        double atLeast = 0, all = 0;
        foreach (var (value, frequency) in rows[n])
        {
            all += frequency;
            atLeast += value >= threshold ? frequency : 0;
        }

        // Ties can take the statistic beyond that of every order without ties; the order observed is one of all.
        return Math.Max(1, atLeast) / all;
    }

    private static void Add(Dictionary<long, double> to, Dictionary<long, double> from, long shift)
    {
        foreach (var (value, frequency) in from)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(to, value + shift, out _) += frequency;
        }
    }

    private static Int128 FloorDivide(Int128 a, Int128 b) => (a / b) - (a % b < 0 ? 1 : 0);

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
