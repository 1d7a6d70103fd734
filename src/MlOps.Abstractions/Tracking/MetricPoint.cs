namespace MlOps.Tracking;

/// <summary>One point of a metric's history.</summary>
/// <param name="Step">The step that the caller gave.</param>
/// <param name="Value">The value; may be NaN or infinite.</param>
/// <param name="Timestamp">When it was recorded.</param>
public readonly record struct MetricPoint(long Step, double Value, DateTimeOffset Timestamp);
