namespace MlOps.Statistics;

/// <summary>Logistic regression with an L2 penalty on standardised columns, by Newton's method (IRLS): a domain classifier that sees shifts of means.</summary>
/// <remarks>
/// Minimises Σ log-loss + ½·penalty·‖w‖², the intercept free: <c>sklearn.linear_model.LogisticRegression(C=1/penalty)</c> behind a <c>StandardScaler</c>. A
/// missing value stands at its column's mean; a value more than twenty interquartile ranges beyond a quartile is moved there. It is blind to what a
/// linear score cannot see, such as a changed correlation: <see cref="GradientBoostedTrees"/> is not. Cost: O(rows·columns²) a step, about six steps.
/// </remarks>
public sealed class LogisticRegression : IDomainClassifier
{
    private const int MaximumSteps = 100;

    /// <summary>The weight of the penalty, 1 by default (the reference implementation's C = 1); above 0, else separable rows have no solution.</summary>
    public double Penalty { get; init; } = 1;

    /// <summary>Learns from labelled rows.</summary>
    /// <exception cref="ArgumentException">The lengths differ, there is no row, or the penalty is not positive.</exception>
    public LogisticRegressionModel Fit(SampleMatrix rows, ReadOnlySpan<bool> isCurrent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Penalty, nameof(Penalty));
        LabelledRows.Check(rows, isCurrent);
        var scaling = new ColumnScaling(rows);
        var step = new LogisticStep(scaling.ByColumn(rows), rows.Rows, rows.Columns, isCurrent.ToArray(), Penalty);
        var weights = new double[rows.Columns + 1];
        var loss = step.LossAt(weights);
        for (var i = 0; i < MaximumSteps; i++)
        {
            var direction = step.NewtonAt(weights);
            var size = 1.0;
            var next = Moved(weights, direction, size);
            var nextLoss = step.LossAt(next);
            while (nextLoss > loss && size > 1e-9)
            {
                size /= 2;
                next = Moved(weights, direction, size);
                nextLoss = step.LossAt(next);
            }

            var converged = nextLoss >= loss || direction.Max(Math.Abs) < 1e-10;
            (weights, loss) = nextLoss <= loss ? (next, nextLoss) : (weights, loss);
            if (converged)
            {
                break;
            }
        }

        return new LogisticRegressionModel(scaling, weights);
    }

    IDomainModel IDomainClassifier.Fit(SampleMatrix rows, ReadOnlySpan<bool> isCurrent) => Fit(rows, isCurrent);

    private static double[] Moved(double[] weights, double[] direction, double size)
    {
        var moved = new double[weights.Length];
        System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(direction, -size, weights, moved);
        return moved;
    }
}
