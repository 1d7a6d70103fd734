namespace MlOps.Statistics.Special;

/// <summary>The Kolmogorov distribution by Durbin's matrix, for small n·d.</summary>
/// <remarks>Source: Marsaglia, Tsang and Wang, "Evaluating Kolmogorov's distribution" (2003).</remarks>
internal static class DurbinMatrix
{
    private const int Shift = 128;
    private static readonly double s_large = Math.ScaleB(1, Shift);
    private static readonly double s_small = Math.ScaleB(1, -Shift);

    /// <summary>P(D_n &lt;= d).</summary>
    public static double Cumulative(int n, double d)
    {
        var k = (int)Math.Ceiling(n * d);
        var size = (2 * k) - 1;
        var matrix = Build(size, k - (n * d));
        var power = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            power[(i * size) + i] = 1;
        }

        int exponent = 0, matrixExponent = 0;
        var scratch = new double[size * size];
        var centre = ((k - 1) * size) + k - 1;
        for (var remaining = n; remaining > 0; remaining /= 2)
        {
            if (remaining % 2 == 1)
            {
                Multiply(power, matrix, scratch, size);
                (power, scratch) = (scratch, power);
                exponent += matrixExponent;
                exponent += Rescale(power, centre);
            }

            Multiply(matrix, matrix, scratch, size);
            (matrix, scratch) = (scratch, matrix);
            matrixExponent *= 2;
            matrixExponent += Rescale(matrix, centre);
        }

        var p = power[centre];
        for (var i = 1; i <= n; i++)
        {
            p = i * p / n;
            if (Math.Abs(p) < s_small)
            {
                p *= s_large;
                exponent -= Shift;
            }
        }

        return Math.Clamp(Math.ScaleB(p, exponent), 0, 1);
    }

    private static double[] Build(int size, double h)
    {
        var matrix = new double[size * size];
        var column = new double[size];
        var weight = new double[size];
        var factorial = 1.0;
        for (var j = 1; j <= size; j++)
        {
            weight[j - 1] = factorial;
            factorial /= j;
            column[j - 1] = (1 - Math.Pow(h, j)) * factorial;
        }

        column[size - 1] = (1 + Math.Pow(Math.Max((2 * h) - 1, 0), size) - (2 * Math.Pow(h, size))) * factorial;
        for (var i = 1; i < size; i++)
        {
            for (var row = i - 1; row < size; row++)
            {
                matrix[(row * size) + i] = weight[row - i + 1];
            }
        }

        for (var row = 0; row < size; row++)
        {
            matrix[row * size] = column[row];
        }

        for (var i = 0; i < size; i++)
        {
            matrix[((size - 1) * size) + i] = column[size - 1 - i];
        }

        return matrix;
    }

    private static int Rescale(double[] matrix, int centre)
    {
        if (Math.Abs(matrix[centre]) <= s_large)
        {
            return 0;
        }

        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i] *= s_small;
        }

        return Shift;
    }

    private static void Multiply(double[] left, double[] right, double[] result, int size)
    {
        Array.Clear(result);
        for (var i = 0; i < size; i++)
        {
            var row = result.AsSpan(i * size, size);
            for (var j = 0; j < size; j++)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(right.AsSpan(j * size, size), left[(i * size) + j], row, row);
            }
        }
    }
}
