namespace MlOps.Statistics.Special;

/// <summary>Binomial probabilities and the regularised incomplete beta function.</summary>
internal static class Beta
{
    /// <summary>The binomial probability of x in n, for real x, by Loader's saddle-point form; q = 1 - p is passed for accuracy.</summary>
    public static double Binomial(double x, double n, double p, double q) => Math.Exp(LogBinomial(x, n, p, q));

    /// <summary>The natural logarithm of <see cref="Binomial"/>.</summary>
    public static double LogBinomial(double x, double n, double p, double q)
    {
        if (x == 0)
        {
            return p < 0.1 ? -Gamma.Deviance(n, n * q) - (n * p) : n * Math.Log(q);
        }

        if (x == n)
        {
            return q < 0.1 ? -Gamma.Deviance(n, n * p) - (n * q) : n * Math.Log(p);
        }

        if (p <= 0 || q <= 0 || x < 0 || x > n)
        {
            return double.NegativeInfinity;
        }

        return Gamma.StirlingError(n) - Gamma.StirlingError(x) - Gamma.StirlingError(n - x)
            - Gamma.Deviance(x, n * p) - Gamma.Deviance(n - x, n * q) - (0.5 * Math.Log(2 * Math.PI * x * ((n - x) / n)));
    }

    /// <summary>The natural logarithm of I_x(a, b), with y = 1 - x passed for accuracy.</summary>
    /// <remarks>Formula 8.17.22 of the NIST Digital Library of Mathematical Functions, the fraction summed by Lentz's method.</remarks>
    public static double LogRegularized(double a, double b, double x, double y)
    {
        if (x <= 0)
        {
            return double.NegativeInfinity;
        }

        if (y <= 0)
        {
            return 0;
        }

        return x < (a + 1) / (a + b + 2)
            ? LogBinomial(a, a + b, x, y) + Math.Log(b / (a + b) * Fraction(a, b, x))
            : Logarithm.OfComplement(Binomial(b, a + b, y, x) * (a / (a + b)) * Fraction(b, a, y));
    }

    /// <summary>I_x(a, b), with y = 1 - x passed for accuracy.</summary>
    public static double Regularized(double a, double b, double x, double y) => Math.Exp(LogRegularized(a, b, x, y));

    private static double Fraction(double a, double b, double x)
    {
        const double Tiny = 1e-300;
        double c = 1;
        var d = NotZero(1 - ((a + b) * x / (a + 1)));
        d = 1 / d;
        var h = d;
        for (var m = 1; m < 1_000_000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            var delta = d * c;
            h *= delta;
            if (Math.Abs(delta - 1) < 4e-16)
            {
                break;
            }
        }

        return h;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }
}
