using System.Numerics.Tensors;

namespace MlOps.Statistics;

/// <summary>Newton's method for the logistic loss of chosen folds, each fit from where the last one ended.</summary>
/// <remarks>
/// The loss is strictly convex, so that where a fit starts changes how soon and not where it ends. A step below 1e-6 is the last: the error
/// squares at each, and beyond it lies the rounding of the loss.
/// </remarks>
internal sealed class LogisticNewton(RowBlocks rows, int columns, double penalty)
{
    private const int MaximumSteps = 100;

    private readonly LogisticStep _step = new(rows, columns, penalty);
    private double[] _weights = new double[columns + 1];

    /// <summary>The weights of the least loss over the chosen folds, the intercept first.</summary>
    public double[] Fit(ReadOnlySpan<bool> chosen)
    {
        var loss = _step.At(_weights, chosen);
        for (var i = 0; i < MaximumSteps; i++)
        {
            var direction = _step.Direction();
            var largest = TensorPrimitives.MaxMagnitude<double>(direction);
            if (Math.Abs(largest) < 1e-6)
            {
                _weights = Moved(direction, 1);
                break;
            }

            var size = 1.0;
            var next = Moved(direction, size);
            var nextLoss = _step.At(next, chosen);
            while (!(nextLoss <= loss + (1e-12 * loss)) && size > 1e-9)
            {
                size /= 2;
                next = Moved(direction, size);
                nextLoss = _step.At(next, chosen);
            }

            if (size <= 1e-9)
            {
                break;
            }

            (_weights, loss) = (next, nextLoss);
        }

        return _weights;
    }

    public void Score(int fold, double[] weights, Span<double> scores) => _step.Score(fold, weights, scores);

    private double[] Moved(double[] direction, double size)
    {
        var moved = new double[_weights.Length];
        TensorPrimitives.MultiplyAdd(direction, -size, _weights, moved);
        return moved;
    }
}
