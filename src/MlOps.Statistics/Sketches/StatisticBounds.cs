namespace MlOps.Statistics;

/// <summary>Two ends between which a value lies that is not known exactly.</summary>
/// <param name="Lower">The least it can be; NaN where it is undefined.</param>
/// <param name="Upper">The most it can be; NaN where it is undefined.</param>
public readonly record struct StatisticBounds(double Lower, double Upper)
{
    internal static StatisticBounds Undefined => new(double.NaN, double.NaN);

    /// <summary>Whether a value lies between the ends, both included; false for NaN.</summary>
    public bool Contains(double value) => value >= Lower && value <= Upper;
}
