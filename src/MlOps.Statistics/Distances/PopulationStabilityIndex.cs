using System.Numerics;

namespace MlOps.Statistics;

/// <summary>The population stability index: Σ (q - p) ln(q / p) over bins, the symmetrised Kullback–Leibler divergence.</summary>
/// <remarks>
/// An empty bin would make it infinite. Here such a bin is taken to hold half a row (0.5 / n), nothing is renormalised and bins that are not
/// empty are left as they are. Bins empty in both samples are left out. The index grows with the number of bins and as samples shrink: under no
/// drift it is about (bins - 1)(1/n + 1/m), so the folk thresholds 0.1 and 0.25 are no test.
/// </remarks>
public static class PopulationStabilityIndex
{
    private const int MaximumBins = 4096;

    /// <summary>The index of two rows of counts of the same bins; NaN where a row is empty.</summary>
    /// <exception cref="ArgumentException">The lengths differ or a count is negative.</exception>
    public static double Between(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        var (n, m) = Counts.Totals(reference, current);
        if (n == 0 || m == 0)
        {
            return double.NaN;
        }

        var sum = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            if (reference[i] == 0 && current[i] == 0)
            {
                continue;
            }

            var p = Math.Max(reference[i], 0.5) / n;
            var q = Math.Max(current[i], 0.5) / m;
            sum += (q - p) * Math.Log(q / p);
        }

        return sum;
    }

    /// <summary>The index of two samples over ten quantile bins of the reference, the outer two open; NaN values are left out.</summary>
    /// <returns>NaN where a sample is empty.</returns>
    public static double Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current) => Between(reference, current, 10);

    /// <inheritdoc cref="Between(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static double Between(ReadOnlySpan<float> reference, ReadOnlySpan<float> current) => Between(reference, current, 10);

    /// <summary>The index of two samples over quantile bins of the reference, the outer two open; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 2 to 4,096; tied quantiles fall together. A bin includes its upper edge.</param>
    /// <returns>NaN where a sample is empty.</returns>
    /// <remarks>Neither sample is sorted. Scratch: two pooled bytes a reference value, and the values of the cells that hold a quantile.</remarks>
    public static double Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins)
    {
        CheckBins(bins);
        Span<double> edges = stackalloc double[bins];
        Span<long> referenceCounts = stackalloc long[bins];
        var found = QuantileBins.Find(reference, bins, edges, referenceCounts);
        return found < 0 ? double.NaN : BetweenBins<double>(edges[..found], referenceCounts[..(found + 1)], current);
    }

    /// <inheritdoc cref="Between(ReadOnlySpan{double}, ReadOnlySpan{double}, int)"/>
    public static double Between(ReadOnlySpan<float> reference, ReadOnlySpan<float> current, int bins)
    {
        CheckBins(bins);
        Span<float> edges = stackalloc float[bins];
        Span<long> referenceCounts = stackalloc long[bins];
        var found = QuantileBins.Find(reference, bins, edges, referenceCounts);
        return found < 0 ? double.NaN : BetweenBins<float>(edges[..found], referenceCounts[..(found + 1)], current);
    }

    private static double BetweenBins<T>(ReadOnlySpan<T> edges, ReadOnlySpan<long> referenceCounts, ReadOnlySpan<T> current)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<long> currentCounts = stackalloc long[referenceCounts.Length];
        currentCounts.Clear();
        CellSearch.Count(edges, current, currentCounts);
        return Between(referenceCounts, currentCounts);
    }

    private static void CheckBins(int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bins, MaximumBins);
    }
}
