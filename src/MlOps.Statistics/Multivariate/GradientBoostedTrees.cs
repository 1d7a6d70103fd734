namespace MlOps.Statistics;

/// <summary>
/// Gradient-boosted decision trees on binned columns: a domain classifier that sees any difference, changed correlations too.
/// </summary>
/// <remarks>
/// 32 bins a column at the quantiles, logistic loss, λ = 1, deterministic. A missing value has a bin of its own, left of all others; only
/// the order of values counts, so that extreme ones decide nothing.
/// </remarks>
public sealed class GradientBoostedTrees : IDomainClassifier
{
    /// <summary>The number of trees, 50 by default.</summary>
    public int Trees { get; init; } = 50;

    /// <summary>The depth of each tree, from 1 to 7, 3 by default: up to three columns act together.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>The share of each tree's step that is taken, 0.1 by default.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Learns from labelled rows.</summary>
    /// <exception cref="ArgumentException">The lengths differ, there is no row, or a setting is out of range.</exception>
    public GradientBoostedTreesModel Fit(SampleMatrix rows, ReadOnlySpan<bool> isCurrent)
    {
        LabelledRows.Check(rows, isCurrent);
        ArgumentOutOfRangeException.ThrowIfLessThan(Trees, 1, nameof(Trees));
        ArgumentOutOfRangeException.ThrowIfNotEqual(Depth, Math.Clamp(Depth, 1, 7), nameof(Depth));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(LearningRate, nameof(LearningRate));
        var targets = Array.ConvertAll(isCurrent.ToArray(), label => label ? 1.0 : 0);
        var shape = new TreeShape(Trees, Depth, LearningRate, 2);
        return new GradientBoostedTreesModel(BoostedTrees.Fit(rows, targets, logistic: true, shape), rows.Columns);
    }

    IDomainModel IDomainClassifier.Fit(SampleMatrix rows, ReadOnlySpan<bool> isCurrent) => Fit(rows, isCurrent);
}
