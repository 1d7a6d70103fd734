namespace MlOps.Statistics;

/// <summary>The expected performance of a binary classifier on rows without labels.</summary>
/// <remarks>Counts are expected numbers of rows and need not be whole.</remarks>
public sealed record BinaryPerformanceEstimate
{
    /// <summary>The number of rows with a score.</summary>
    public required int Rows { get; init; }

    /// <summary>The area under the ROC curve; undefined where every row is sure to be of one class.</summary>
    public required MetricEstimate RocAuc { get; init; }

    /// <summary>Average precision, the area under the precision-recall curve by steps.</summary>
    public required MetricEstimate AveragePrecision { get; init; }

    /// <summary>The harmonic mean of precision and recall.</summary>
    public required MetricEstimate F1 { get; init; }

    /// <summary>The share of positives among positive predictions; undefined with none.</summary>
    public required MetricEstimate Precision { get; init; }

    /// <summary>The share of positives that are predicted as such.</summary>
    public required MetricEstimate Recall { get; init; }

    /// <summary>The share of negatives that are predicted as such.</summary>
    public required MetricEstimate Specificity { get; init; }

    /// <summary>The share of right predictions.</summary>
    public required MetricEstimate Accuracy { get; init; }

    /// <summary>Positives predicted positive.</summary>
    public required MetricEstimate TruePositives { get; init; }

    /// <summary>Negatives predicted positive.</summary>
    public required MetricEstimate FalsePositives { get; init; }

    /// <summary>Negatives predicted negative.</summary>
    public required MetricEstimate TrueNegatives { get; init; }

    /// <summary>Positives predicted negative.</summary>
    public required MetricEstimate FalseNegatives { get; init; }
}
