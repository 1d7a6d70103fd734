namespace MlOps.Statistics.Special;

/// <summary>Levels of two-sided intervals.</summary>
internal static class Confidence
{
    public static void Check(double level)
    {
        if (!(level is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "A confidence level lies between 0 and 1, for example 0.95.");
        }
    }

    /// <summary>The z with P(|Z| ≤ z) = level of a standard normal variable.</summary>
    public static double NormalQuantile(double level) => Math.Sqrt(Distributions.ChiSquaredCritical(1 - level, 1));
}
