namespace MlOps.Statistics.Special;

/// <summary>The gamma family: logarithm, Stirling error and the regularised upper incomplete gamma function.</summary>
/// <remarks>
/// Prefactors follow Loader, "Fast and accurate computation of binomial probabilities" (2000), which keeps tails accurate. The series and
/// the continued fraction are formulas 8.11.4 and 8.9.2 of the NIST Digital Library of Mathematical Functions, the fraction summed by
/// Lentz's method.
/// </remarks>
internal static class Gamma
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    public static double Log(double x)
    {
        var product = 1.0;
        while (x < 15)
        {
            product *= x;
            x++;
        }

        return ((x - 0.5) * Math.Log(x)) - x + HalfLogTwoPi + StirlingSeries(x) - Math.Log(product);
    }

    /// <summary>log(n!) less Stirling's formula.</summary>
    public static double StirlingError(double n) =>
        n > 15 ? StirlingSeries(n) : Log(n + 1) - ((n + 0.5) * Math.Log(n)) + n - HalfLogTwoPi;

    /// <summary>x log(x / mean) + mean - x without cancellation near x = mean.</summary>
    public static double Deviance(double x, double mean) => Deviance(x, mean, x - mean);

    /// <summary>The same where the difference x - mean is known better than its subtraction gives it.</summary>
    public static double Deviance(double x, double mean, double difference)
    {
        if (Math.Abs(difference) < 0.1 * (x + mean))
        {
            var v = difference / (x + mean);
            var sum = difference * v;
            var term = 2 * x * v;
            v *= v;
            for (var j = 1; j < 1000; j++)
            {
                term *= v;
                var next = sum + (term / ((2 * j) + 1));
                if (next == sum)
                {
                    break;
                }

                sum = next;
            }

            return sum;
        }

        return (x * Math.Log(x / mean)) - difference;
    }

    /// <summary>
    /// The natural logarithm of Q(a, x), the share of a gamma distribution of shape a above x; finite far beyond where Q underflows.
    /// </summary>
    public static double LogUpperRegularized(double a, double x)
    {
        if (double.IsNaN(x))
        {
            return double.NaN;
        }

        if (x <= 0)
        {
            return 0;
        }

        if (double.IsPositiveInfinity(x))
        {
            return double.NegativeInfinity;
        }

        // log of x^a e^-x / Γ(a + 1)
        var prefactor = -StirlingError(a) - Deviance(a, x) - HalfLogTwoPi - (0.5 * Math.Log(a));
        return x < a + 1
            ? Logarithm.OfComplement(Math.Exp(prefactor) * LowerSeries(a, x))
            : prefactor + Math.Log(a * UpperFraction(a, x));
    }

    /// <summary>Q(a, x): the share of a gamma distribution of shape a above x.</summary>
    public static double UpperRegularized(double a, double x) => Math.Exp(LogUpperRegularized(a, x));

    private static double LowerSeries(double a, double x)
    {
        double sum = 1, term = 1;
        for (var n = 1; n < 1_000_000; n++)
        {
            term *= x / (a + n);
            sum += term;
            if (term < sum * 1e-17)
            {
                break;
            }
        }

        return sum;
    }

    private static double UpperFraction(double a, double x)
    {
        const double Tiny = 1e-300;
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < 1_000_000; i++)
        {
            var an = -i * (i - a);
            b += 2;
            d = (an * d) + b;
            d = 1 / (Math.Abs(d) < Tiny ? Tiny : d);
            c = b + (an / c);
            c = Math.Abs(c) < Tiny ? Tiny : c;
            var delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 4e-16)
            {
                break;
            }
        }

        return h;
    }

    private static double StirlingSeries(double n)
    {
        var nn = n * n;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / nn)) / nn)) / nn)) / nn)) / n;
    }
}
