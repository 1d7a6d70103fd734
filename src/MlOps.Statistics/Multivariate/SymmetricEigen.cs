namespace MlOps.Statistics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations.</summary>
/// <remarks>Source: Golub and Van Loan, "Matrix Computations", 8.5. Small eigenvalues keep their digits; O(n³) a sweep, some eight sweeps.</remarks>
internal static class SymmetricEigen
{
    private const int MaximumSweeps = 60;

    /// <summary>The eigenvalues, greatest first, and for each its eigenvector as a row. The matrix is overwritten.</summary>
    public static (double[] Values, double[] Vectors) Of(double[] matrix, int size)
    {
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            vectors[(i * size) + i] = 1;
        }

        for (var sweep = 0; sweep < MaximumSweeps && Rotate(matrix, vectors, size); sweep++)
        {
        }

        var values = new double[size];
        var order = new int[size];
        for (var i = 0; i < size; i++)
        {
            values[i] = -matrix[(i * size) + i];
            order[i] = i;
        }

        Array.Sort(values, order);
        var sorted = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            values[i] = -values[i];
            vectors.AsSpan(order[i] * size, size).CopyTo(sorted.AsSpan(i * size));
        }

        return (values, sorted);
    }

    /// <summary>Rotates every pair once; false where nothing was left to rotate.</summary>
    private static bool Rotate(double[] matrix, double[] vectors, int size)
    {
        var any = false;
        for (var p = 0; p < size - 1; p++)
        {
            for (var q = p + 1; q < size; q++)
            {
                double app = matrix[(p * size) + p], aqq = matrix[(q * size) + q], apq = matrix[(p * size) + q];
                if (Math.Abs(apq) <= 1e-16 * Math.Sqrt(Math.Abs(app * aqq)) || Math.Abs(apq) < 1e-300)
                {
                    continue;
                }

                any = true;
                var theta = (aqq - app) / (2 * apq);
                var tangent = double.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(1 + (theta * theta)));
                var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
                var sine = tangent * cosine;
                Turn(matrix.AsSpan(p * size, size), matrix.AsSpan(q * size, size), cosine, sine);
                for (var i = 0; i < size; i++)
                {
                    double left = matrix[(i * size) + p], right = matrix[(i * size) + q];
                    matrix[(i * size) + p] = (cosine * left) - (sine * right);
                    matrix[(i * size) + q] = (sine * left) + (cosine * right);
                }

                matrix[(p * size) + q] = matrix[(q * size) + p] = 0;
                Turn(vectors.AsSpan(p * size, size), vectors.AsSpan(q * size, size), cosine, sine);
            }
        }

        return any;
    }

    private static void Turn(Span<double> first, Span<double> second, double cosine, double sine)
    {
        for (var i = 0; i < first.Length; i++)
        {
            double left = first[i], right = second[i];
            first[i] = (cosine * left) - (sine * right);
            second[i] = (sine * left) + (cosine * right);
        }
    }
}
