namespace MlOps.Statistics.Special;

/// <summary>Survival functions and critical values of the normal, Student's t and chi-squared distributions.</summary>
internal static class Distributions
{
    /// <summary>P(|Z| >= |z|) of a standard normal variable.</summary>
    public static double NormalTwoSided(double z) => Gamma.UpperRegularized(0.5, z * z / 2);

    /// <summary>P(|T| >= |t|) of Student's t.</summary>
    public static double StudentTwoSided(double t, double degreesOfFreedom)
    {
        var square = t * t;
        if (double.IsPositiveInfinity(square))
        {
            return 0;
        }

        var sum = degreesOfFreedom + square;
        return Math.Clamp(Beta.Regularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / sum, square / sum), 0, 1);
    }

    /// <summary>P(X >= x) of a chi-squared variable.</summary>
    public static double ChiSquaredUpper(double x, double degreesOfFreedom) => Gamma.UpperRegularized(degreesOfFreedom / 2, x / 2);

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
