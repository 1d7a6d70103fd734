namespace MlOps.Statistics;

/// <summary>How well a classifier tells two samples of rows apart.</summary>
public sealed record DomainClassifierResult
{
    /// <summary>
    /// The area under the ROC curve on rows not learned from, the mean of the folds: 0.5 where nothing differs, 1 where each row tells its
    /// sample. NaN with fewer than four rows a side.
    /// </summary>
    public required double Auc { get; init; }

    /// <summary>
    /// The standard error of <see cref="Auc"/> from DeLong's variances of the folds, as if they shared no rows: somewhat too small; NaN
    /// where the area is.
    /// </summary>
    public required double StandardError { get; init; }

    /// <summary>The one-sided probability of an area at least this large if nothing differs; 1 where it is undefined.</summary>
    public required double PValue { get; init; }

    /// <summary>The columns, the most telling first.</summary>
    public required IReadOnlyList<DomainColumn> Columns { get; init; }
}
