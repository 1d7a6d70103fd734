using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The upper tail of the standardised k-sample Anderson–Darling statistic.</summary>
/// <remarks>
/// Between the published critical values of 25 % and 0.1 %, SciPy's least-squares parabola of log p. Beyond them the limit law of Scholz
/// and Stephens, Y = Σ χ²(k - 1) / (j (j + 1)), carries on from the parabola's end, by the saddle-point formula of Lugannani and Rice
/// ("Saddle point approximation for the distribution of the sum of independent random variables", 1980; for sums like this Kuonen, 1999).
/// Against Imhof's numerical inversion the p-value is within 6 % of the limit law down to 1e-12, which is the error of the published table
/// at its end.
/// </remarks>
internal static class AndersonDarlingLaw
{
    private static readonly double[] s_levels = [0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.001];

    // Table 2 of Scholz and Stephens: critical value = b0 + b1 / √m + b2 / m with m = k - 1.
    private static readonly double[] s_b0 = [0.675, 1.281, 1.645, 1.96, 2.326, 2.573, 3.085];
    private static readonly double[] s_b1 = [-0.245, 0.25, 0.678, 1.149, 1.822, 2.364, 3.615];
    private static readonly double[] s_b2 = [-0.105, -0.305, -0.362, -0.391, -0.396, -0.345, -0.154];

    // The terms of Y that are summed one by one; the rest adds its mean, 1 / (Terms + 1) of each.
    private const int Terms = 256;

    /// <summary>log P(T >= statistic) for m = k - 1.</summary>
    public static double LogUpper(double statistic, int m)
    {
        var critical = new double[s_levels.Length];
        for (var i = 0; i < critical.Length; i++)
        {
            critical[i] = s_b0[i] + (s_b1[i] / Math.Sqrt(m)) + (s_b2[i] / m);
        }

        double low = critical[0], high = critical[^1];
        var edge = Parabola(critical, Math.Clamp(statistic, low, high));
        if (statistic > high)
        {
            return edge + LogUpperOfLimit(statistic, m) - LogUpperOfLimit(high, m);
        }

        if (statistic < low)
        {
            var share = (1 - Math.Exp(LogUpperOfLimit(statistic, m))) / (1 - Math.Exp(LogUpperOfLimit(low, m)));
            return Logarithm.OfComplement((1 - Math.Exp(edge)) * share);
        }

        return edge;
    }

    /// <summary>
    /// log P(Y >= y) for the value y of Y, whose mean is m and variance 2m(π²/3 - 3), that the standardised statistic stands for.
    /// </summary>
    private static double LogUpperOfLimit(double statistic, int m)
    {
        var y = m + (statistic * Math.Sqrt(2 * m * ((Math.PI * Math.PI / 3) - 3)));

        // The saddle point t = 1 - gap, where the derivative of Y's cumulant generating function is y; it has a pole at t = 1.
        double low = Math.Log(1e-18), high = Math.Log(1e4);
        if (y <= m * Inverses(Math.Exp(high), 1))
        {
            return 0;
        }

        for (var i = 0; i < 64; i++)
        {
            var middle = (low + high) / 2;
            if (m * Inverses(Math.Exp(middle), 1) > y)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        double gap = Math.Exp(low), t = 1 - gap, curvature = 2 * m * Inverses(gap, 2);
        var w = double.CopySign(Math.Sqrt(Math.Max(0, 2 * ((t * y) - Cumulant(t, gap, m)))), t);
        var correction = Math.Abs(t) < 1e-4
            ? -8 * m * Inverses(gap, 3) / (6 * Math.Pow(curvature, 1.5))
            : (1 / (t * Math.Sqrt(curvature))) - (1 / w);
        var logDensity = (-w * w / 2) - (0.5 * Math.Log(2 * Math.PI));
        var inDensities = Math.Exp(Distributions.LogNormalUpper(w) - logDensity) + correction;
        return inDensities <= 0 ? double.NegativeInfinity : Math.Min(0, logDensity + Math.Log(inDensities));
    }

    /// <summary>Σ (j(j + 1) - 2t)^-power; t = 1 - gap.</summary>
    private static double Inverses(double gap, int power)
    {
        var sum = power == 1 ? 1.0 / (Terms + 1) : 0;
        for (var j = Terms; j > 0; j--)
        {
            var inverse = 1 / ((j * (j + 1.0)) - 2 + (2 * gap));
            sum += power == 1 ? inverse : power == 2 ? inverse * inverse : inverse * inverse * inverse;
        }

        return sum;
    }

    private static double Cumulant(double t, double gap, int m)
    {
        var sum = -t * 2 / (Terms + 1);
        for (var j = Terms; j > 1; j--)
        {
            sum += Logarithm.OfOnePlus(-2 * t / (j * (j + 1.0)));
        }

        return -m / 2.0 * (sum + (Math.Abs(t) < 0.5 ? Logarithm.OfOnePlus(-t) : Math.Log(gap)));
    }

    /// <summary>The least-squares parabola through log level against critical value, by orthogonal polynomials.</summary>
    private static double Parabola(double[] critical, double at)
    {
        var centre = critical.Average();
        double squares = 0, cubes = 0;
        foreach (var value in critical)
        {
            var deviation = value - centre;
            squares += deviation * deviation;
            cubes += deviation * deviation * deviation;
        }

        double slope = cubes / squares, offset = squares / critical.Length;
        double constant = 0, linear = 0, quadratic = 0, norm = 0;
        for (var i = 0; i < critical.Length; i++)
        {
            double level = Math.Log(s_levels[i]), first = critical[i] - centre, second = Second(first);
            constant += level / critical.Length;
            linear += level * first / squares;
            quadratic += level * second;
            norm += second * second;
        }

        return constant + (linear * (at - centre)) + (quadratic / norm * Second(at - centre));

        double Second(double deviation) => (deviation * deviation) - (slope * deviation) - offset;
    }
}
