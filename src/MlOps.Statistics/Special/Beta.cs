namespace MlOps.Statistics.Special;

/// <summary>Binomial probabilities and the regularised incomplete beta function.</summary>
internal static class Beta
{
    /// <summary>The binomial probability of x in n, for real x, by Loader's saddle-point form; q = 1 - p is passed for accuracy.</summary>
    public static double Binomial(double x, double n, double p, double q)
    {
        if (x == 0)
        {
            return Math.Exp(p < 0.1 ? -Gamma.Deviance(n, n * q) - (n * p) : n * Math.Log(q));
        }

        if (x == n)
        {
            return Math.Exp(q < 0.1 ? -Gamma.Deviance(n, n * p) - (n * q) : n * Math.Log(p));
        }

        if (p <= 0 || q <= 0 || x < 0 || x > n)
        {
            return 0;
        }

        var logarithm = Gamma.StirlingError(n) - Gamma.StirlingError(x) - Gamma.StirlingError(n - x)
            - Gamma.Deviance(x, n * p) - Gamma.Deviance(n - x, n * q);
        return Math.Exp(logarithm) / Math.Sqrt(2 * Math.PI * x * ((n - x) / n));
    }

    /// <summary>I_x(a, b), with y = 1 - x passed for accuracy.</summary>
    public static double Regularized(double a, double b, double x, double y)
    {
        if (x <= 0)
        {
            return 0;
        }

        if (y <= 0)
        {
            return 1;
        }

        return x < (a + 1) / (a + b + 2)
            ? Binomial(a, a + b, x, y) * (b / (a + b)) * Fraction(a, b, x)
            : 1 - (Binomial(b, a + b, y, x) * (a / (a + b)) * Fraction(b, a, y));
    }

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
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return h;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }
}
