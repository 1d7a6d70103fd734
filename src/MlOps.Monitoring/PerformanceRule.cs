namespace MlOps.Monitoring;

/// <summary>Alerts when a window's mean loss is surely above what the model was registered with, or above a fixed bound.</summary>
/// <remarks>
/// "Surely": the lower one-sided 95 % confidence bound of the window's mean exceeds the threshold, so that an unlucky small window of a
/// model at its threshold alerts in one of twenty. The bound is the normal approximation over rows taken as independent.
/// </remarks>
public sealed class PerformanceRule
{
    /// <summary>The loss: <c>log_loss</c> or <c>brier</c> for a classifier, <c>mae</c> or <c>rmse</c> for a regressor; null takes the first of them.</summary>
    public string? Metric { get; set; }

    /// <summary>The name among the metrics of the registered version to compare with; null takes <see cref="Metric"/>.</summary>
    public string? ReferenceMetric { get; set; }

    /// <summary>A fixed loss to compare with instead of a registered metric; null compares with the version.</summary>
    public double? Bound { get; set; }

    /// <summary>How much worse than the reference is still tolerated, as a share of it; default 0.05.</summary>
    public double Tolerance { get; set; } = 0.05;

    /// <summary>The outcomes a window needs to be judged; default 100.</summary>
    public int MinimumOutcomes { get; set; } = 100;
}
