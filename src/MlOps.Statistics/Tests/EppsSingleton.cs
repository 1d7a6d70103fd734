using System.Buffers;
using MlOps.Statistics.Sorting;
using MlOps.Statistics.Special;

namespace MlOps.Statistics;

/// <summary>
/// The Epps–Singleton test: whether two samples have the same characteristic function; needs no continuity and sees more than location.
/// </summary>
/// <remarks>
/// Source: Epps and Singleton, "An omnibus test for the two-sample problem using the empirical characteristic function" (1986). Reference
/// implementation: <c>scipy.stats.epps_singleton_2samp(x, y)</c> with its defaults: the points 0.4 and 0.8 over half the interquartile
/// range of both samples together, and the small-sample correction below 25 values a side. The values are taken from their common median,
/// which changes nothing in exact arithmetic and keeps digits at large offsets. An infinite value has no phase: it counts with zero.
/// Fewer than five values a side, or an interquartile range of zero (more than half of all values tied), leave the test undefined (NaN and
/// 1). The rank of the covariance, which is the number of degrees of freedom, counts eigenvalues above 1e-13 of the largest; SciPy's limit
/// of 9e-16 takes rounding for rank where the values are few, as in 0/1 data. Scratch: two pooled arrays of the length of both samples.
/// </remarks>
public static class EppsSingleton
{
    private const double FirstPoint = 0.4;
    private const int FewestValues = 5;
    private const int Size = CharacteristicMoments.Size;

    /// <summary>Tests the equality of both distributions; the statistic is W, about chi-squared with four degrees of freedom.</summary>
    public static TestResult Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        int n = CountObserved(x), m = CountObserved(y);
        if (n < FewestValues || m < FewestValues)
        {
            return TestResult.Undefined;
        }

        var (lower, centre, upper) = Quartiles(x, y, n + m);
        var quartiles = upper - lower;
        var scale = FirstPoint / (quartiles / 2);
        if (quartiles == 0 || !double.IsFinite(quartiles) || !double.IsFinite(centre) || !double.IsFinite(scale))
        {
            return TestResult.Undefined;
        }

        Span<double> meanX = stackalloc double[Size], meanY = stackalloc double[Size], covariance = stackalloc double[Size * Size];
        var all = (double)n + m;
        CharacteristicMoments.Of(x, centre, scale).AddTo(meanX, covariance, all / n);
        CharacteristicMoments.Of(y, centre, scale).AddTo(meanY, covariance, all / m);
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

    private static int CountObserved(ReadOnlySpan<double> values)
    {
        var count = 0;
        foreach (var value in values)
        {
            count += double.IsNaN(value) ? 0 : 1;
        }

        return count;
    }

    /// <summary>The quartiles of both samples together with linear interpolation, NumPy's default.</summary>
    /// <returns>The median, and the other quartiles less a value beside it: a large offset takes no digits from their difference.</returns>
    private static (double Lower, double Median, double Upper) Quartiles(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int count)
    {
        var rented = ArrayPool<ulong>.Shared.Rent(x.Length + y.Length);
        var keys = rented.AsSpan(0, x.Length + y.Length);
        var ofX = SortKeys.Encode(x, keys, out var varying);
        var ofY = SortKeys.Encode(y, keys[ofX..], out var varyingY);
        varying |= varyingY | (keys[0] ^ keys[ofX]);
        Span<int> ranks = stackalloc int[6];
        Span<double> values = stackalloc double[6];
        for (var i = 0; i < 3; i++)
        {
            ranks[2 * i] = (int)(Position(i) / 4);
            ranks[(2 * i) + 1] = Math.Min(ranks[2 * i] + 1, ofX + ofY - 1);
        }

        ranks.Sort();
        OrderStatistics.Select(keys[..(ofX + ofY)], varying, ranks, values);
        ArrayPool<ulong>.Shared.Return(rented);
        var origin = values[2];
        foreach (ref var value in values)
        {
            value -= origin;
        }

        return (Interpolated(0, values), origin + Interpolated(1, values), Interpolated(2, values));

        long Position(int quartile) => (quartile + 1) * (count - 1L);

        double Interpolated(int quartile, ReadOnlySpan<double> found)
        {
            double before = found[2 * quartile], after = found[(2 * quartile) + 1], fraction = Position(quartile) % 4 / 4.0;
            return fraction == 0 ? before : before + ((after - before) * fraction);
        }
    }
}
