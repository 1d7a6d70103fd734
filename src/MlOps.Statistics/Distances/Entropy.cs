namespace MlOps.Statistics;

/// <summary>What divergences are summed from.</summary>
internal static class Entropy
{
    public const double LogTwo = 0.69314718055994530942;

    /// <summary>p ln(p / q) + q - p in nats, never negative; over all categories the added part sums to zero and takes the cancellation away.</summary>
    /// <param name="p">The one share.</param>
    /// <param name="q">The other share.</param>
    /// <param name="difference">p - q, which <see cref="Counts.ShareDifference"/> gives to its last digit.</param>
    public static double Excess(double p, double q, double difference)
    {
        if (p == 0)
        {
            return q;
        }

        return q == 0 ? double.PositiveInfinity : Special.Gamma.Deviance(p, q, difference);
    }

    public static double In(double nats, LogarithmBase logarithm) => logarithm switch
    {
        LogarithmBase.E => nats,
        LogarithmBase.Two => nats / LogTwo,
        _ => throw new ArgumentOutOfRangeException(nameof(logarithm), logarithm, "The base is Two or E."),
    };
}
