namespace MlOps.Statistics;

/// <summary>What is known of a statistic: the exact value lies between two bounds, both included.</summary>
/// <remarks>Where everything needed is kept the bounds are equal. Both are NaN where the statistic is undefined.</remarks>
/// <param name="Lower">The least that the exact value can be.</param>
/// <param name="Upper">The most that the exact value can be.</param>
public readonly record struct StatisticInterval(double Lower, double Upper)
{
    /// <summary>Whether the bounds are equal, so that they are the value.</summary>
    public bool IsExact => Lower.Equals(Upper);

    /// <summary>Whether a value lies between the bounds, both included; false for NaN.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;

    internal static StatisticInterval Undefined => Exactly(double.NaN);

    internal static StatisticInterval Exactly(double value) => new(value, value);
}
