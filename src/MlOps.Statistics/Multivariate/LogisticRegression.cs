namespace MlOps.Statistics;

/// <summary>
/// Logistic regression with an L2 penalty on standardised columns, by Newton's method (IRLS): a domain classifier for shifts.
/// </summary>
/// <remarks>
/// Minimises Σ log-loss + ½·penalty·‖w‖², the intercept free: <c>sklearn.linear_model.LogisticRegression(C=1/penalty)</c> behind a
/// <c>StandardScaler</c>. A missing value stands at its column's mean; a value more than twenty interquartile ranges beyond a quartile is
/// moved there. It is blind to what a linear score cannot see, such as a changed correlation: <see cref="GradientBoostedTrees"/> is not.
/// Cost: O(rows·columns²) a step, about five steps. Under <see cref="DomainClassifier"/> columns are standardised once by all rows, which
/// needs no label.
/// </remarks>
public sealed class LogisticRegression : IDomainClassifier
{
    /// <summary>
    /// The weight of the penalty, 1 by default (the reference implementation's C = 1); above 0, else separable rows have no solution.
    /// </summary>
    public double Penalty { get; init; } = 1;

    /// <summary>Learns from labelled rows.</summary>
    /// <exception cref="ArgumentException">The lengths differ, there is no row, or the penalty is not positive.</exception>
    public LogisticRegressionModel Fit(SampleMatrix rows, ReadOnlySpan<bool> isCurrent)
    {
        LabelledRows.Check(rows, isCurrent);
        var folds = new LogisticFolds(SampleRows.ByColumn(rows), rows.Columns, Penalty);
        folds.Arrange([[.. Enumerable.Range(0, rows.Rows)]], isCurrent);
        return folds.Fit([true]);
    }

    IDomainModel IDomainClassifier.Fit(SampleMatrix rows, ReadOnlySpan<bool> isCurrent) => Fit(rows, isCurrent);
}
