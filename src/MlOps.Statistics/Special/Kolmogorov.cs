namespace MlOps.Statistics.Special;

/// <summary>The distribution of the one-sample Kolmogorov–Smirnov statistic, both sides.</summary>
/// <remarks>
/// Source: Simard and L'Ecuyer, "Computing the two-sided Kolmogorov-Smirnov distribution" (2011), with the cut-offs that
/// <c>scipy.stats.kstwo</c> uses, so that p-values agree with SciPy. Below n = 141 the Durbin matrix also serves where SciPy takes
/// Pomeranz.
/// </remarks>
internal static class Kolmogorov
{
    private const int TrapezoidNodes = 4096;
    private const double LogTwo = 0.69314718055994530942;

    /// <summary>P(D_n >= x).</summary>
    public static double Survival(double n, double x) => Math.Exp(LogSurvival(n, x));

    /// <summary>log P(D_n >= x).</summary>
    public static double LogSurvival(double n, double x)
    {
        if (x >= 1)
        {
            return double.NegativeInfinity;
        }

        var t = n * x;
        if (t <= 0.5)
        {
            return 0;
        }

        if (t >= n - 1)
        {
            return Math.Min(0, LogTwo + (n * Logarithm.OfComplement(x)));
        }

        if (t <= 1)
        {
            // Ruben–Gambino: n!/n^n (2t - 1)^n.
            var log = Gamma.Log(n + 1) - (n * Math.Log(n)) + (n * Math.Log((2 * t) - 1));
            return Logarithm.OfComplement(Math.Exp(log));
        }

        if (x >= 0.5 || t * x >= (n <= 140 ? 4 : 2.2))
        {
            return Math.Min(0, LogTwo + LogOneSided(n, x));
        }

        var cdf = n <= 140 || (n <= 100_000 && n * Math.Pow(x, 1.5) <= 1.4) ? DurbinMatrix.Cumulative((int)n, x) : PelzGood(n, x);
        return Math.Min(0, Logarithm.OfComplement(cdf));
    }

    /// <summary>log P(D_n^+ >= d) by the Birnbaum–Tingey sum, whose terms are binomial probabilities times d/p.</summary>
    /// <remarks>
    /// The summand is analytic and vanishes with all its derivatives at both ends for large n, so the trapezoid rule on a coarse grid
    /// is as exact as the sum itself and costs the same for any n.
    /// </remarks>
    public static double LogOneSided(double n, double d)
    {
        var last = Math.Floor(n * (1 - d));
        var step = n <= 2 * TrapezoidNodes ? 1 : n / TrapezoidNodes;
        double sum = 0, largest = double.NegativeInfinity;
        for (var j = 0; j * step <= last; j++)
        {
            var k = j * step;
            var p = d + (k / n);
            var q = ((n - k) / n) - d;
            if (q <= 0)
            {
                continue;
            }

            var term = Beta.LogBinomial(k, n, p, q) - Math.Log(p);
            if (term > largest)
            {
                sum *= Math.Exp(largest - term);
                largest = term;
            }

            sum += Math.Exp(term - largest);
        }

        return Math.Log(sum * step * d) + largest;
    }

    private static double PelzGood(double n, double x)
    {
        const double Pi2 = Math.PI * Math.PI, Pi4 = Pi2 * Pi2, Pi6 = Pi4 * Pi2;
        var z = Math.Sqrt(n) * x;
        double z2 = z * z, z3 = z2 * z, z4 = z2 * z2, z6 = z4 * z2;
        var logQ = -Pi2 / 8 / z2;
        if (logQ < -708)
        {
            return 0;
        }

        var q = Math.Exp(logQ);
        double k1a = -z2, k1b = Pi2 / 4;
        double k2a = (6 * z6) + (2 * z4), k2b = ((2 * z4) - (5 * z2)) * Pi2 / 4, k2c = Pi4 * (1 - (2 * z2)) / 16;
        double k3d = Pi6 * (5 - (30 * z2)) / 64, k3c = Pi4 * ((-60 * z2) + (212 * z4)) / 16;
        double k3b = Pi2 * ((135 * z4) - (96 * z6)) / 4, k3a = (-30 * z6) - (90 * z4 * z4);
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        var terms = (int)Math.Ceiling(16 * z / Math.PI);
        for (var k = terms; k > 0; k--)
        {
            var m2 = ((2.0 * k) - 1) * ((2.0 * k) - 1);
            double m4 = m2 * m2, m6 = m4 * m2;
            var power = Math.Pow(q, 8 * k);
            s0 = (s0 * power) + 1;
            s1 = (s1 * power) + k1a + (k1b * m2);
            s2 = (s2 * power) + k2a + (k2b * m2) + (k2c * m4);
            s3 = (s3 * power) + k3a + (k3b * m2) + (k3c * m4) + (k3d * m6);
        }

        var root = q * Math.Sqrt(2 * Math.PI);
        s0 *= root / z;
        s1 *= root / (6 * z4);
        s2 *= root / (72 * z6 * z);
        s3 *= root / (6480 * z6 * z4);
        q = Math.Exp(-Pi2 / 2 / z2);
        double extra2 = 0, extra3 = 0;
        for (var k = terms; k > 0; k--)
        {
            var k2 = (double)k * k;
            var power = Math.Pow(q, k2);
            extra2 += k2 * power;
            extra3 += ((3 * z2) - (Pi2 * k2)) * k2 * power;
        }

        s2 += extra2 * Pi2 * Math.Sqrt(2 * Math.PI) / (-36 * z3);
        s3 += extra3 * Pi2 * Math.Sqrt(2 * Math.PI) / (216 * z6);
        return s0 + (s1 / Math.Sqrt(n)) + (s2 / n) + (s3 / (n * Math.Sqrt(n)));
    }
}
