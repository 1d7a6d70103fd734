namespace MlOps.Tracking;

/// <summary>The distribution of a run's values at a step.</summary>
/// <param name="Step">The step that the caller gave.</param>
/// <param name="Histogram">The distribution.</param>
public readonly record struct HistogramPoint(long Step, ExponentialHistogram Histogram);
