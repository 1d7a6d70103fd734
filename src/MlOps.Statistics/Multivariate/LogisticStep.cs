using System.Numerics.Tensors;

namespace MlOps.Statistics;

/// <summary>
/// The penalised log-loss of chosen folds at given weights (the intercept first) with its gradient and Hessian, in one pass.
/// </summary>
internal sealed class LogisticStep(RowBlocks rows, int columns, double penalty)
{
    private readonly double[] _scores = new double[RowBlocks.Rows];
    private readonly double[] _truth = new double[RowBlocks.Rows];
    private readonly double[] _residuals = new double[RowBlocks.Rows];
    private readonly double[] _weighted = new double[rows.Width * RowBlocks.Rows];
    private readonly SymmetricSum _sums = new(rows.Width);
    private readonly double[] _gradient = new double[columns + 1];
    private readonly double[] _hessian = new double[(columns + 1) * (columns + 1)];

    /// <summary>The loss at the weights; what <see cref="Direction"/> gives then belongs to them.</summary>
    public double At(double[] weights, ReadOnlySpan<bool> chosen)
    {
        double loss = 0;
        _sums.Clear();
        Array.Clear(_gradient);
        for (var fold = 0; fold < rows.Folds; fold++)
        {
            for (var block = rows.BlocksOf(fold).Start.Value; chosen[fold] && block < rows.BlocksOf(fold).End.Value; block++)
            {
                loss += Add(rows[block], rows.Signs.AsSpan(block * RowBlocks.Rows, RowBlocks.Rows), weights);
            }
        }

        var slopes = weights.AsSpan(1);
        TensorPrimitives.MultiplyAdd(slopes, penalty, _gradient.AsSpan(1), _gradient.AsSpan(1));
        _sums.CopyLower(_hessian, columns + 1);
        _hessian[0] += 1e-12;
        for (var i = 1; i <= columns; i++)
        {
            _hessian[(i * (columns + 1)) + i] += penalty;
        }

        return loss + (penalty / 2 * TensorPrimitives.SumOfSquares<double>(slopes));
    }

    /// <summary>H⁻¹g, of the Hessian and gradient.</summary>
    public double[] Direction()
    {
        SolveCholesky(_hessian, _gradient, columns + 1);
        return [.. _gradient];
    }

    /// <summary>Writes the log-odds of a fold's rows.</summary>
    public void Score(int fold, double[] weights, Span<double> scores)
    {
        for (var block = rows.BlocksOf(fold).Start.Value; !scores.IsEmpty; block++)
        {
            ScoresOf(rows[block], weights);
            var count = Math.Min(scores.Length, RowBlocks.Rows);
            _scores.AsSpan(0, count).CopyTo(scores);
            scores = scores[count..];
        }
    }

    private double Add(ReadOnlySpan<double> values, ReadOnlySpan<double> signs, double[] weights)
    {
        // Behind 700 a chance would underflow and its logarithm be infinite; no loss that is to be least lies there.
        ScoresOf(values, weights);
        TensorPrimitives.Multiply(_scores, signs, _truth);
        TensorPrimitives.Max(_truth, -700, _truth);
        TensorPrimitives.Sigmoid<double>(_truth, _truth);
        TensorPrimitives.Log<double>(_truth, _residuals);
        var loss = -TensorPrimitives.Sum<double>(_residuals);
        TensorPrimitives.Subtract(1, _truth, _residuals);
        TensorPrimitives.Multiply(_truth, _residuals, _truth);
        TensorPrimitives.Multiply(_residuals, signs, _residuals);
        for (var c = 0; c <= columns; c++)
        {
            var column = values.Slice(c * RowBlocks.Rows, RowBlocks.Rows);
            _gradient[c] -= TensorPrimitives.Dot(_residuals, column);
            TensorPrimitives.Multiply(_truth, column, _weighted.AsSpan(c * RowBlocks.Rows, RowBlocks.Rows));
        }

        _sums.Add(_weighted, values, RowBlocks.Rows);
        return loss;
    }

    private void ScoresOf(ReadOnlySpan<double> values, double[] weights)
    {
        Array.Fill(_scores, weights[0]);
        for (var c = 1; c <= columns; c++)
        {
            TensorPrimitives.MultiplyAdd(values.Slice(c * RowBlocks.Rows, RowBlocks.Rows), weights[c], _scores, _scores);
        }
    }

    /// <summary>Solves in place by the factor of the lower triangle.</summary>
    private static void SolveCholesky(double[] matrix, double[] vector, int size)
    {
        for (var i = 0; i < size; i++)
        {
            var row = matrix.AsSpan(i * size, size);
            for (var j = 0; j <= i; j++)
            {
                var left = row[j] - TensorPrimitives.Dot(row[..j], matrix.AsSpan(j * size, j));
                row[j] = i == j ? Math.Sqrt(Math.Max(left, 1e-300)) : left / matrix[(j * size) + j];
            }

            vector[i] = (vector[i] - TensorPrimitives.Dot(row[..i], vector.AsSpan(0, i))) / row[i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < size; j++)
            {
                vector[i] -= matrix[(j * size) + i] * vector[j];
            }

            vector[i] /= matrix[(i * size) + i];
        }
    }
}
