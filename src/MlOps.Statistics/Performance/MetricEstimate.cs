namespace MlOps.Statistics;

/// <summary>A performance metric estimated without labels, with its confidence band.</summary>
/// <param name="Value">The expected metric; NaN where it is undefined, such as precision with no positive prediction.</param>
/// <param name="StandardError">
/// The standard deviation of the metric that the labels would give around <paramref name="Value"/>, from the rows' luck alone.
/// </param>
/// <param name="Lower">The band's lower end: value - z·standard error, at least the metric's least possible value.</param>
/// <param name="Upper">The band's upper end: value + z·standard error, at most the metric's greatest possible value.</param>
public readonly record struct MetricEstimate(double Value, double StandardError, double Lower, double Upper)
{
    /// <summary>The value and its band, such as 0.873 (0.861 to 0.885).</summary>
    public override string ToString() => FormattableString.Invariant($"{Value:0.####} ({Lower:0.####} to {Upper:0.####})");

    internal static MetricEstimate Of(double value, double standardError, double z, double least, double greatest) =>
        new(value, standardError, Math.Max(least, value - (z * standardError)), Math.Min(greatest, value + (z * standardError)));
}
