namespace MlOps.Statistics;

/// <summary>
/// The expected performance of a multiclass classifier on rows without labels; one class against the rest, averaged over classes alike
/// (macro).
/// </summary>
/// <remarks>
/// A class for which a metric is undefined, such as the precision of a class never predicted, is left out of that metric's average.
/// </remarks>
public sealed record MulticlassPerformanceEstimate
{
    /// <summary>The number of rows with all scores.</summary>
    public required int Rows { get; init; }

    /// <summary>The area under the ROC curve.</summary>
    public required MetricEstimate RocAuc { get; init; }

    /// <summary>Average precision.</summary>
    public required MetricEstimate AveragePrecision { get; init; }

    /// <summary>The harmonic mean of precision and recall.</summary>
    public required MetricEstimate F1 { get; init; }

    /// <summary>The share of rows of a class among those predicted as it.</summary>
    public required MetricEstimate Precision { get; init; }

    /// <summary>The share of a class's rows that are predicted as it.</summary>
    public required MetricEstimate Recall { get; init; }

    /// <summary>The share of other classes' rows that are not predicted as the class.</summary>
    public required MetricEstimate Specificity { get; init; }

    /// <summary>The share of right predictions, over all classes at once.</summary>
    public required MetricEstimate Accuracy { get; init; }

    /// <summary>The expected number of rows by true class (outer) and predicted class (inner).</summary>
    public required IReadOnlyList<IReadOnlyList<double>> ConfusionMatrix { get; init; }
}
