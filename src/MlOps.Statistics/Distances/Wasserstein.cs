using System.Numerics;
using MlOps.Statistics.Sorting;

namespace MlOps.Statistics;

/// <summary>The first Wasserstein (earth mover's) distance: the area between two distribution functions, in the unit of the data.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.wasserstein_distance</c>. It is a distance of means of quantiles and so not robust: one value of
/// 1e308 decides it. NaN values are left out; mass at infinity on one side alone makes it infinite.
/// Scratch: two pooled arrays of each sample's length.
/// </remarks>
public static class Wasserstein
{
    /// <summary>The distance of two samples; NaN where one is empty. Sorts copies of both.</summary>
    public static double Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        return Between(x.Keys, y.Keys);
    }

    /// <inheritdoc cref="Between(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Between(ReadOnlySpan<float> reference, ReadOnlySpan<float> current)
    {
        using var x = SortedSample.Of(reference);
        using var y = SortedSample.Of(current);
        return Between(x.Keys, y.Keys);
    }

    /// <summary>The distance of two rows of counts of the same ordered bins, one unit apart; NaN where a row is empty.</summary>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double Between(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (n, m) = Counts.Totals(reference, current);
        if (n == 0 || m == 0)
        {
            return double.NaN;
        }

        double area = 0, below = 0, belowCurrent = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            below += reference[i];
            belowCurrent += current[i];
            area += Math.Abs((below / n) - (belowCurrent / m));
        }

        return area;
    }

    private static double Between<TKey>(ReadOnlySpan<TKey> x, ReadOnlySpan<TKey> y)
        where TKey : unmanaged, INumber<TKey>
    {
        if (x.IsEmpty || y.IsEmpty)
        {
            return double.NaN;
        }

        var area = new GapArea(x.Length, y.Length, squared: false);
        PooledOrder.Walk(x, y, ref area);
        return area.Total;
    }
}
