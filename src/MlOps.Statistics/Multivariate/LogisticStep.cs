using System.Numerics.Tensors;

namespace MlOps.Statistics;

/// <summary>The penalised log-loss and Newton's direction at given weights (the intercept first), over standardised rows held column by column.</summary>
internal sealed class LogisticStep(double[] byColumn, int rows, int columns, bool[] labels, double penalty)
{
    private readonly double[] _scores = new double[rows];
    private readonly double[] _residuals = new double[rows];
    private readonly double[] _spreads = new double[rows];
    private readonly double[] _weighted = new double[rows];

    public double LossAt(double[] weights)
    {
        ScoresAt(weights);
        double loss = 0;
        for (var i = 0; i < rows; i++)
        {
            var margin = labels[i] ? _scores[i] : -_scores[i];
            loss += margin > 0 ? Math.Log(1 + Math.Exp(-margin)) : Math.Log(1 + Math.Exp(margin)) - margin;
        }

        return loss + (penalty / 2 * TensorPrimitives.SumOfSquares(weights.AsSpan(1)));
    }

    /// <summary>H⁻¹g, of the Hessian and gradient.</summary>
    public double[] NewtonAt(double[] weights)
    {
        ScoresAt(weights);
        TensorPrimitives.Sigmoid(_scores, _residuals);
        for (var i = 0; i < rows; i++)
        {
            _spreads[i] = _residuals[i] * (1 - _residuals[i]);
            _residuals[i] -= labels[i] ? 1 : 0;
        }

        var size = columns + 1;
        var hessian = new double[size * size];
        var gradient = new double[size];
        gradient[0] = TensorPrimitives.Sum(_residuals);
        hessian[0] = TensorPrimitives.Sum(_spreads) + 1e-12;
        for (var c = 0; c < columns; c++)
        {
            gradient[c + 1] = TensorPrimitives.Dot(_residuals, Column(c)) + (penalty * weights[c + 1]);
            TensorPrimitives.Multiply(_spreads, Column(c), _weighted);
            hessian[(c + 1) * size] = TensorPrimitives.Sum(_weighted);
            for (var other = 0; other <= c; other++)
            {
                hessian[((c + 1) * size) + other + 1] = TensorPrimitives.Dot(_weighted, Column(other));
            }

            hessian[((c + 1) * size) + c + 1] += penalty;
        }

        SolveCholesky(hessian, gradient, size);
        return gradient;
    }

    private void ScoresAt(double[] weights)
    {
        Array.Fill(_scores, weights[0]);
        for (var c = 0; c < columns; c++)
        {
            TensorPrimitives.MultiplyAdd(Column(c), weights[c + 1], _scores, _scores);
        }
    }

    private ReadOnlySpan<double> Column(int c) => byColumn.AsSpan(c * rows, rows);

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
