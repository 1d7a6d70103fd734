using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Statistics;

/// <summary>What t tests need of two samples, exact enough for data whose mean is a billion times its spread.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MeanDifference(Moments First, Moments Second, double Value)
{
    /// <summary>The moments and the difference of means; null where a side has fewer than two values or a mean or variance is not finite.</summary>
    public static MeanDifference? Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var first = Moments.Of(x);
        var second = Moments.Of(y);
        if (first.Count < 2 || second.Count < 2 || !double.IsFinite(first.Variance) || !double.IsFinite(second.Variance))
        {
            return null;
        }

        // A mean is rounded to a double, and that rounding may exceed the difference: what is left over is summed apart.
        var difference = first.Mean - second.Mean
            + ((Residual(x, first.Mean) / first.Count) - (Residual(y, second.Mean) / second.Count));
        return double.IsFinite(difference) ? new MeanDifference(first, second, difference) : null;
    }

    private static double Residual(ReadOnlySpan<double> values, double mean)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var centre = new Vector<double>(mean);
        var sum = Vector<double>.Zero;
        foreach (var vector in vectors)
        {
            sum += Vector.ConditionalSelect(Vector.Equals(vector, vector), vector, centre) - centre;
        }

        var total = Vector.Sum(sum);
        foreach (var value in values[(vectors.Length * Vector<double>.Count)..])
        {
            total += double.IsNaN(value) ? 0 : value - mean;
        }

        return total;
    }
}
