using MlOps.Data.Columns;

namespace MlOps.Data.Checks.Measures;

/// <summary>The correlation of two columns, from central sums that are merged batch by batch (Pébay, 2008); rows where either is missing are passed over.</summary>
internal sealed class CoMoments(string left, string right) : Measure
{
    private double _count;
    private double _leftMean;
    private double _rightMean;
    private double _leftSquares;
    private double _rightSquares;
    private double _products;

    public long Count => (long)_count;

    /// <summary>From -1 to 1; NaN where a column is constant.</summary>
    public double Correlation => _leftSquares > 0 && _rightSquares > 0
        ? Math.Clamp(_products / Math.Sqrt(_leftSquares) / Math.Sqrt(_rightSquares), -1, 1)
        : double.NaN;

    protected override void Add(RowBatch batch, RowBits rows)
    {
        var (first, second) = (batch.Numbers(batch.Ordinal(left)), batch.Numbers(batch.Ordinal(right)));
        var (count, leftSum, rightSum) = (0L, 0.0, 0.0);
        foreach (var row in rows)
        {
            if (!double.IsNaN(first[row]) && !double.IsNaN(second[row]))
            {
                count++;
                leftSum += first[row];
                rightSum += second[row];
            }
        }

        if (count == 0)
        {
            return;
        }

        var (leftMean, rightMean) = (leftSum / count, rightSum / count);
        var (leftSquares, rightSquares, products) = (0.0, 0.0, 0.0);
        foreach (var row in rows)
        {
            if (!double.IsNaN(first[row]) && !double.IsNaN(second[row]))
            {
                var (x, y) = (first[row] - leftMean, second[row] - rightMean);
                leftSquares += x * x;
                rightSquares += y * y;
                products += x * y;
            }
        }

        var total = _count + count;
        var (leftDelta, rightDelta) = (leftMean - _leftMean, rightMean - _rightMean);
        var weight = _count * count / total;
        _leftSquares += leftSquares + (leftDelta * leftDelta * weight);
        _rightSquares += rightSquares + (rightDelta * rightDelta * weight);
        _products += products + (leftDelta * rightDelta * weight);
        _leftMean += leftDelta * count / total;
        _rightMean += rightDelta * count / total;
        _count = total;
    }
}
