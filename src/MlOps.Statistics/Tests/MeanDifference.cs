using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>What t tests need of two samples, exact enough for data whose mean is a billion times its spread.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MeanDifference(double CountX, double CountY, double VarianceX, double VarianceY, double Value)
{
    /// <summary>Counts, variances and the difference of means; null where a side has fewer than two values or an infinite one.</summary>
    /// <remarks>Values whose squares would overflow or vanish are measured in a unit in which the largest is about 1: t has no
    /// unit.</remarks>
    public static MeanDifference? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var first = Moments.Of(x);
        var second = Moments.Of(y);
        if (first.Count < 2 || second.Count < 2)
        {
            return null;
        }

        var largest = Math.Max(Math.Max(-first.Minimum, first.Maximum), Math.Max(-second.Minimum, second.Maximum));
        if (!double.IsFinite(largest))
        {
            return null;
        }

        if (largest is > 1e120 or (> 0 and < 1e-120))
        {
            var exponent = -Math.ILogB(largest);
            return Of(Scaled(x, exponent), Scaled(y, exponent));
        }

        // A mean is rounded to a double, and that rounding may exceed the difference: what is left over is summed apart.
        var (residualX, squaresX) = About(first.Mean, x);
        var (residualY, squaresY) = About(second.Mean, y);
        double n = first.Count, m = second.Count, restX = residualX / n, restY = residualY / m;
        var difference = first.Mean - second.Mean + (restX - restY);
        var varianceX = Math.Max(0, squaresX - (residualX * restX)) / (n - 1);
        var varianceY = Math.Max(0, squaresY - (residualY * restY)) / (m - 1);
        return new MeanDifference(n, m, varianceX, varianceY, difference);
    }

    private static double[] Scaled(ReadOnlySpan<double> values, int exponent)
    {
        var scaled = new double[values.Length];
        for (var i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Math.ScaleB(values[i], exponent);
        }

        return scaled;
    }

    /// <summary>The sums of deviations and of their squares; NaN is left out.</summary>
    private static (double Residual, double Squares) About(double centre, ReadOnlySpan<double> values)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var centres = new Vector<double>(centre);
        Vector<double> sums = Vector<double>.Zero, squares = Vector<double>.Zero;
        foreach (var vector in vectors)
        {
            var deviation = Vector.ConditionalSelect(Vector.Equals(vector, vector), vector, centres) - centres;
            sums += deviation;
            squares += deviation * deviation;
        }

        double residual = Vector.Sum(sums), square = Vector.Sum(squares);
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
        {
            var deviation = double.IsNaN(value) ? 0 : value - centre;
            residual += deviation;
            square += deviation * deviation;
        }

        return (residual, square);
    }
}
