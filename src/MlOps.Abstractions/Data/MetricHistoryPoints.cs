namespace MlOps.Data;

/// <summary>What every implementation of <see cref="IMetricHistory"/> asks of points.</summary>
public static class MetricHistoryPoints
{
    /// <summary>Refuses points that no history keeps.</summary>
    /// <exception cref="ArgumentException">A series has no name, or a value is not finite.</exception>
    public static void Require(IReadOnlyList<MetricHistoryPoint> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        foreach (var point in points)
        {
            ArgumentNullException.ThrowIfNull(point, nameof(points));
            ArgumentException.ThrowIfNullOrWhiteSpace(point.Series, nameof(points));
            if (!double.IsFinite(point.Value))
            {
                throw new ArgumentException($"The value of '{point.Series}' is not finite, and a history keeps numbers that later ones can be compared with.", nameof(points));
            }
        }
    }
}
