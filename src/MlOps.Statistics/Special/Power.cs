namespace MlOps.Statistics.Special;

/// <summary>The effects that tests find in four of five pairs of samples.</summary>
internal static class Power
{
    /// <summary>The normal deviate that four of five draws exceed, with its sign turned.</summary>
    public const double Deviate = 0.84162123357291;

    /// <summary>The noncentrality at which the chi-squared test has power 80 %, by Patnaik's approximation (1949).</summary>
    public static double Noncentrality(double level, double degreesOfFreedom)
    {
        var critical = Distributions.ChiSquaredCritical(level, degreesOfFreedom);
        double low = 0, high = 1;
        while (Of(high) < 0.8)
        {
            high *= 2;
        }

        for (var i = 0; i < 50; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = Of(middle) < 0.8 ? (middle, high) : (low, middle);
        }

        return high;

        double Of(double noncentrality)
        {
            var sum = degreesOfFreedom + noncentrality;
            var factor = (sum + noncentrality) / sum;
            return Distributions.ChiSquaredUpper(critical / factor, sum / factor);
        }
    }

    /// <summary>
    /// The change of a share, up from the one given, that the two-sided test of two shares finds with power 80 %; 1 at most.
    /// </summary>
    public static double ShareChange(double share, double n, double m, double level)
    {
        var critical = Math.Sqrt(Distributions.ChiSquaredCritical(level, 1));
        double low = 0, high = Math.Max(share, 1 - share);
        var sign = share <= 0.5 ? 1 : -1;
        for (var i = 0; i < 60; i++)
        {
            var change = (low + high) / 2;
            var other = Math.Clamp(share + (sign * change), 0, 1);
            var pooled = ((n * share) + (m * other)) / (n + m);
            var needed = (critical * Math.Sqrt(pooled * (1 - pooled) * ((1 / n) + (1 / m))))
                + (Deviate * Math.Sqrt((share * (1 - share) / n) + (other * (1 - other) / m)));
            (low, high) = change < needed ? (change, high) : (low, change);
        }

        return high;
    }

    /// <summary>The mean of a count that reaches the limit four times of five.</summary>
    public static double Mean(double limit) => limit + (Deviate * Math.Sqrt(limit)) + 0.5;
}
