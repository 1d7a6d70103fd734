namespace MlOps.Statistics.Special;

/// <summary>
/// Survival functions, their natural logarithms and critical values of the normal, Student's t and chi-squared distributions.
/// </summary>
/// <remarks>
/// All go through the logarithm, so that a tail is right to the last digits of a double whether or not its probability has underflowed; see
/// <see cref="Gamma"/> and <see cref="Beta"/> for the sources.
/// </remarks>
internal static class Distributions
{
    private const double LogTwo = 0.69314718055994530942;

    /// <summary>P(Z >= z) of a standard normal variable.</summary>
    public static double NormalUpper(double z) => Math.Exp(LogNormalUpper(z));

    /// <summary>log P(Z >= z) of a standard normal variable.</summary>
    public static double LogNormalUpper(double z)
    {
        var tail = LogNormalTwoSided(z) - LogTwo;
        return z >= 0 ? tail : Logarithm.OfComplement(Math.Exp(tail));
    }

    /// <summary>P(|Z| >= |z|) of a standard normal variable.</summary>
    public static double NormalTwoSided(double z) => Math.Exp(LogNormalTwoSided(z));

    /// <summary>log P(|Z| >= |z|) of a standard normal variable.</summary>
    public static double LogNormalTwoSided(double z) => Gamma.LogUpperRegularized(0.5, z * z / 2);

    /// <summary>P(|T| >= |t|) of Student's t.</summary>
    public static double StudentTwoSided(double t, double degreesOfFreedom) => Math.Exp(LogStudentTwoSided(t, degreesOfFreedom));

    /// <summary>log P(|T| >= |t|) of Student's t.</summary>
    public static double LogStudentTwoSided(double t, double degreesOfFreedom)
    {
        var half = degreesOfFreedom / 2;
        var square = t * t;
        if (square < 1e300)
        {
            var sum = degreesOfFreedom + square;
            return Math.Min(0, Beta.LogRegularized(half, 0.5, degreesOfFreedom / sum, square / sum));
        }

        // The leading term x^a / (a B(a, 1/2)) with x = freedom / t²: the rest is below the last digit.
        var logX = Math.Log(degreesOfFreedom) - (2 * Math.Log(Math.Abs(t)));
        return (half * logX) - Math.Log(half) - Gamma.Log(half) - Gamma.Log(0.5) + Gamma.Log(half + 0.5);
    }

    /// <summary>P(X >= x) of a chi-squared variable.</summary>
    public static double ChiSquaredUpper(double x, double degreesOfFreedom) => Math.Exp(LogChiSquaredUpper(x, degreesOfFreedom));

    /// <summary>log P(X >= x) of a chi-squared variable.</summary>
    public static double LogChiSquaredUpper(double x, double degreesOfFreedom) => Gamma.LogUpperRegularized(degreesOfFreedom / 2, x / 2);

    /// <summary>The x with P(X >= x) = level, by bisection.</summary>
    public static double ChiSquaredCritical(double level, double degreesOfFreedom)
    {
        double low = 0, high = degreesOfFreedom + 10;
        while (ChiSquaredUpper(high, degreesOfFreedom) > level && high < 1e300)
        {
            low = high;
            high *= 2;
        }

        for (var i = 0; i < 60; i++)
        {
            var middle = (low + high) / 2;
            if (ChiSquaredUpper(middle, degreesOfFreedom) > level)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }
}
