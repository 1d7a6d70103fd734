using System.Numerics.Tensors;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>The Epps–Singleton test: whether two samples have the same characteristic function; needs no continuity and sees more than location.</summary>
/// <remarks>
/// Source: Epps and Singleton, "An omnibus test for the two-sample problem using the empirical characteristic function" (1986). Reference
/// implementation: <c>scipy.stats.epps_singleton_2samp(x, y)</c> with its defaults: the points 0.4 and 0.8 over half the interquartile range
/// of both samples together, and the small-sample correction below 25 values a side. The values are taken from their common median, which
/// changes nothing in exact arithmetic and keeps digits at large offsets. An infinite value has no phase: it counts with zero.
/// Fewer than five values a side, or an interquartile range of zero (more than half of all values tied), leave the test undefined (NaN and 1).
/// </remarks>
public static class EppsSingleton
{
    private const double FirstPoint = 0.4;
    private const int Size = 4;

    /// <summary>Tests the equality of both distributions; the statistic is W, about chi-squared with four degrees of freedom.</summary>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double[] pooled = [.. x, .. y];
        var sorted = ObservedValues.Sorted(pooled);
        if (sorted.Length < 10)
        {
            return TestResult.Undefined;
        }

        var quartiles = Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
        var centre = Quantile(sorted, 0.5);
        var scale = FirstPoint / (quartiles / 2);
        if (quartiles == 0 || !double.IsFinite(quartiles) || !double.IsFinite(centre) || !double.IsFinite(scale))
        {
            return TestResult.Undefined;
        }

        Span<double> meanX = stackalloc double[Size], meanY = stackalloc double[Size], covariance = stackalloc double[Size * Size];
        int n = CountObserved(x), m = CountObserved(y);
        if (n < 5 || m < 5)
        {
            return TestResult.Undefined;
        }

        var all = (double)n + m;
        Accumulate(x, centre, scale, n, all / n, meanX, covariance);
        Accumulate(y, centre, scale, m, all / m, meanY, covariance);
        for (var i = 0; i < Size; i++)
        {
            meanX[i] -= meanY[i];
        }

        var (form, rank) = SymmetricMatrix.InverseForm(covariance, meanX);
        if (rank == 0)
        {
            return TestResult.Undefined;
        }

        var w = all * form;
        if (Math.Max(n, m) < 25)
        {
            w /= 1 + Math.Pow(all, -0.45) + (10.1 * (Math.Pow(n, -1.7) + Math.Pow(m, -1.7)));
        }

        return TestResult.FromLog(w, Distributions.LogChiSquaredUpper(w, rank));
    }

    /// <summary>Tests the equality of both distributions of single-precision values.</summary>
    public static TestResult Test(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => Test(WidenedValues.Of(x), WidenedValues.Of(y));

    /// <summary>Adds weight times the covariance of cos and sin at both points and writes their means, with the rounding of the first sum corrected.</summary>
    private static void Accumulate(
        ReadOnlySpan<double> values, double centre, double scale, int count, double weight, Span<double> mean, Span<double> covariance)
    {
        double[] cosines = new double[count], sines = new double[count];
        FillPhases(values, centre, scale, cosines, sines);
        for (var i = 0; i < cosines.Length; i++)
        {
            var (c, s, d, t) = AtBothPoints(cosines[i], sines[i]);
            mean[0] += c;
            mean[1] += d;
            mean[2] += s;
            mean[3] += t;
        }

        for (var i = 0; i < Size; i++)
        {
            mean[i] /= count;
        }

        double c1 = 0, d1 = 0, s1 = 0, t1 = 0;
        double cc = 0, cd = 0, cs = 0, ct = 0, dd = 0, ds = 0, dt = 0, ss = 0, st = 0, tt = 0;
        for (var i = 0; i < cosines.Length; i++)
        {
            var (c, s, d, t) = AtBothPoints(cosines[i], sines[i]);
            (c, s, d, t) = (c - mean[0], s - mean[2], d - mean[1], t - mean[3]);
            c1 += c;
            d1 += d;
            s1 += s;
            t1 += t;
            cc += c * c;
            cd += c * d;
            cs += c * s;
            ct += c * t;
            dd += d * d;
            ds += d * s;
            dt += d * t;
            ss += s * s;
            st += s * t;
            tt += t * t;
        }

        ReadOnlySpan<double> residuals = [c1, d1, s1, t1];
        for (var i = 0; i < Size; i++)
        {
            mean[i] += residuals[i] / count;
        }

        ReadOnlySpan<double> sums = [cc, cd, cs, ct, cd, dd, ds, dt, cs, ds, ss, st, ct, dt, st, tt];
        for (var i = 0; i < sums.Length; i++)
        {
            covariance[i] += weight / count * sums[i];
        }
    }

    /// <summary>Cosine and sine at the first point of each value that is not NaN.</summary>
    private static void FillPhases(ReadOnlySpan<double> values, double centre, double scale, double[] cosines, double[] sines)
    {
        var filled = 0;
        foreach (var value in values)
        {
            cosines[filled] = (value - centre) * scale;
            filled += double.IsNaN(value) ? 0 : 1;
            if (filled == cosines.Length)
            {
                break;
            }
        }

        TensorPrimitives.Sin<double>(cosines, sines);
        TensorPrimitives.Cos<double>(cosines, cosines);
        for (var i = 0; i < cosines.Length; i++)
        {
            if (double.IsNaN(cosines[i]))
            {
                cosines[i] = sines[i] = 0;
            }
        }
    }

    /// <summary>The second point is twice the first, so the formulas of the double angle give it; a value without a phase stays zero.</summary>
    private static (double Cosine, double Sine, double CosineTwice, double SineTwice) AtBothPoints(double cosine, double sine) =>
        (cosine, sine, (cosine * cosine) - (sine * sine), 2 * sine * cosine);

    private static int CountObserved(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            count += double.IsNaN(value) ? 0 : 1;
        }

        return count;
    }

    /// <summary>The quantile with linear interpolation, NumPy's default.</summary>
    private static double Quantile(double[] sorted, double probability)
    {
        var position = probability * (sorted.Length - 1);
        var index = (int)position;
        var fraction = position - index;
        return fraction == 0 ? sorted[index] : sorted[index] + ((sorted[index + 1] - sorted[index]) * fraction);
    }
}
