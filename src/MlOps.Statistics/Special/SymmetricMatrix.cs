namespace MlOps.Statistics.Special;

/// <summary>Small symmetric matrices by Jacobi's rotations, which find small eigenvalues to full relative accuracy.</summary>
/// <remarks>Source: Golub and Van Loan, "Matrix Computations", section 8.5.</remarks>
internal static class SymmetricMatrix
{
    /// <summary>
    /// vᵀ A⁺ v for the pseudo-inverse of a positive semi-definite matrix, and the rank of A; eigenvalues below 1e-13 of the largest, which
    /// is what rounding leaves of none, count as zero. The matrix is overwritten.
    /// </summary>
    public static (double Value, int Rank) InverseForm(Span<double> matrix, ReadOnlySpan<double> v)
    {
        var size = v.Length;
        Span<double> rotated = stackalloc double[size];
        v.CopyTo(rotated);
        for (var sweep = 0; sweep < 60; sweep++)
        {
            var rotations = 0;
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++)
                {
                    rotations += Rotate(matrix, rotated, p, q) ? 1 : 0;
                }
            }

            if (rotations == 0)
            {
                break;
            }
        }

        var largest = 0.0;
        for (var i = 0; i < size; i++)
        {
            largest = Math.Max(largest, matrix[(i * size) + i]);
        }

        double value = 0;
        var rank = 0;
        for (var i = 0; i < size; i++)
        {
            var eigenvalue = matrix[(i * size) + i];
            if (eigenvalue > largest * 1e-13)
            {
                value += rotated[i] * rotated[i] / eigenvalue;
                rank++;
            }
        }

        return (value, rank);
    }

    private static bool Rotate(Span<double> a, Span<double> v, int p, int q)
    {
        var size = v.Length;
        double off = a[(p * size) + q], app = a[(p * size) + p], aqq = a[(q * size) + q];
        if (Math.Abs(off) <= 1e-17 * Math.Sqrt(Math.Abs(app * aqq)))
        {
            return false;
        }

        var tau = (aqq - app) / (2 * off);
        var tangent = double.CopySign(1, tau) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = tangent * cosine;
        for (var k = 0; k < size; k++)
        {
            if (k != p && k != q)
            {
                double kp = a[(k * size) + p], kq = a[(k * size) + q];
                a[(k * size) + p] = a[(p * size) + k] = (cosine * kp) - (sine * kq);
                a[(k * size) + q] = a[(q * size) + k] = (sine * kp) + (cosine * kq);
            }
        }

        a[(p * size) + p] = app - (tangent * off);
        a[(q * size) + q] = aqq + (tangent * off);
        a[(p * size) + q] = a[(q * size) + p] = 0;
        (v[p], v[q]) = ((cosine * v[p]) - (sine * v[q]), (sine * v[p]) + (cosine * v[q]));
        return true;
    }
}
