using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix: Householder's tridiagonal form, then the implicit QL method.</summary>
/// <remarks>
/// Source: Golub and Van Loan, "Matrix Computations", 8.3; Dubrulle, Martin and Wilkinson, "The implicit QL algorithm" (1968). Errors are
/// some 1e-16 of the greatest eigenvalue; O(n³), a tenth of what Jacobi's rotations take at a hundred columns.
/// </remarks>
internal static class SymmetricEigen
{
    private const int MaximumSteps = 60;

    /// <summary>The eigenvalues, greatest first, and for each its eigenvector as a row. The matrix is overwritten.</summary>
    public static (double[] Values, double[] Vectors) Of(double[] matrix, int size)
    {
        var (diagonal, beside, vectors) = Tridiagonal(matrix, size);
        for (var i = 0; i < size; i++)
        {
            Deflate(diagonal, beside, vectors, i, size);
        }

        var order = new int[size];
        for (var i = 0; i < size; i++)
        {
            diagonal[i] = -diagonal[i];
            order[i] = i;
        }

        Array.Sort(diagonal, order);
        var sorted = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            diagonal[i] = -diagonal[i];
            vectors.AsSpan(order[i] * size, size).CopyTo(sorted.AsSpan(i * size));
        }

        return (diagonal, sorted);
    }

    /// <summary>T with A = QTQᵀ, and Qᵀ.</summary>
    private static (double[] Diagonal, double[] Beside, double[] Rows) Tridiagonal(double[] matrix, int size)
    {
        double[] diagonal = new double[size], beside = new double[size], factors = new double[size], image = new double[size];
        for (var k = 0; k < size - 1; k++)
        {
            var mirror = matrix.AsSpan((k * size) + k + 1, size - k - 1);
            beside[k] = mirror[0];
            if (mirror[1..].IndexOfAnyExcept(0.0) < 0)
            {
                continue;
            }

            beside[k] = -double.CopySign(TensorPrimitives.Norm<double>(mirror), mirror[0]);
            mirror[0] -= beside[k];
            factors[k] = 2 / TensorPrimitives.SumOfSquares<double>(mirror);
            var product = image.AsSpan(0, mirror.Length);
            for (var i = 0; i < mirror.Length; i++)
            {
                product[i] = factors[k] * TensorPrimitives.Dot<double>(Trailing(matrix, size, k, i), mirror);
            }

            TensorPrimitives.MultiplyAdd(mirror, -0.5 * factors[k] * TensorPrimitives.Dot<double>(product, mirror), product, product);
            for (var i = 0; i < mirror.Length; i++)
            {
                var row = Trailing(matrix, size, k, i);
                TensorPrimitives.MultiplyAdd(product, -mirror[i], row, row);
                TensorPrimitives.MultiplyAdd(mirror, -product[i], row, row);
            }
        }

        var rows = new double[size * size];
        for (var k = size - 1; k >= 0; k--)
        {
            diagonal[k] = matrix[(k * size) + k];
            rows[(k * size) + k] = 1;
            var mirror = matrix.AsSpan((k * size) + k + 1, size - k - 1);
            for (var i = 0; i < mirror.Length && factors[k] != 0; i++)
            {
                var row = Trailing(rows, size, k, i);
                TensorPrimitives.MultiplyAdd(mirror, -factors[k] * TensorPrimitives.Dot<double>(row, mirror), row, row);
            }
        }

        return (diagonal, beside, rows);
    }

    /// <summary>What stands right of column k in the i-th row below row k.</summary>
    private static Span<double> Trailing(double[] matrix, int size, int k, int i) =>
        matrix.AsSpan(((k + 1 + i) * size) + k + 1, size - k - 1);

    /// <summary>
    /// Turns the element beside the i-th diagonal one to 0 by QL steps with Wilkinson's shift; the diagonal one is then an eigenvalue.
    /// </summary>
    private static void Deflate(double[] diagonal, double[] beside, double[] vectors, int i, int size)
    {
        for (var step = 0; step < MaximumSteps; step++)
        {
            var end = i;
            while (end < size - 1 && Math.Abs(beside[end]) > 1.1e-16 * (Math.Abs(diagonal[end]) + Math.Abs(diagonal[end + 1])))
            {
                end++;
            }

            if (end == i)
            {
                return;
            }

            var half = (diagonal[i + 1] - diagonal[i]) / (2 * beside[i]);
            var bulge = diagonal[end] - diagonal[i] + (beside[i] / (half + double.CopySign(double.Hypot(half, 1), half)));
            double sine = 1, cosine = 1, shift = 0;
            var j = end - 1;
            for (; j >= i; j--)
            {
                double across = sine * beside[j], along = cosine * beside[j];
                var length = double.Hypot(across, bulge);
                beside[j + 1] = length;
                if (length == 0)
                {
                    diagonal[j + 1] -= shift;
                    break;
                }

                (sine, cosine) = (across / length, bulge / length);
                var left = diagonal[j + 1] - shift;
                var change = ((diagonal[j] - left) * sine) + (2 * cosine * along);
                shift = sine * change;
                diagonal[j + 1] = left + shift;
                bulge = (cosine * change) - along;
                Turn(vectors.AsSpan(j * size, size), vectors.AsSpan((j + 1) * size, size), cosine, sine);
            }

            beside[end] = 0;
            if (j < i)
            {
                diagonal[i] -= shift;
                beside[i] = bulge;
            }
        }
    }

    private static void Turn(Span<double> first, Span<double> second, double cosine, double sine)
    {
        var left = MemoryMarshal.Cast<double, Vector<double>>(first);
        var right = MemoryMarshal.Cast<double, Vector<double>>(second);
        for (var i = 0; i < left.Length; i++)
        {
            (left[i], right[i]) = ((left[i] * cosine) - (right[i] * sine), (left[i] * sine) + (right[i] * cosine));
        }

        for (var i = left.Length * Vector<double>.Count; i < first.Length; i++)
        {
            (first[i], second[i]) = ((cosine * first[i]) - (sine * second[i]), (sine * first[i]) + (cosine * second[i]));
        }
    }
}
