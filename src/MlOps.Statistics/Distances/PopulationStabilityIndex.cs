namespace MlOps.Statistics;

/// <summary>The population stability index: Σ (q - p) ln(q / p) over bins, the symmetrised Kullback–Leibler divergence.</summary>
/// <remarks>
/// An empty bin would make it infinite. Here such a bin is taken to hold half a row (0.5 / n), nothing is renormalised and bins that are not
/// empty are left as they are. Bins empty in both samples are left out. The index grows with the number of bins and as samples shrink: under no
/// drift it is about (bins - 1)(1/n + 1/m), so the folk thresholds 0.1 and 0.25 are no test.
/// </remarks>
public static class PopulationStabilityIndex
{
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

    /// <summary>The index of two samples over quantile bins of the reference, the outer two open; NaN values are left out.</summary>
    /// <param name="reference">The reference sample.</param>
    /// <param name="current">The current sample.</param>
    /// <param name="bins">The number of bins, 10 by default; tied quantiles fall together. A bin includes its upper edge.</param>
    /// <returns>NaN where a sample is empty.</returns>
    public static double Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        var sorted = ObservedValues.Sorted(reference);
        if (sorted.Length == 0)
        {
            return double.NaN;
        }

        var edges = new List<double>(bins);
        for (var b = 1; b < bins; b++)
        {
            var edge = sorted[(int)Math.Max(0, ((long)b * sorted.Length / bins) - 1)];
            if (edges.Count == 0 || edge > edges[^1])
            {
                edges.Add(edge);
            }
        }

        var edgeArray = edges.ToArray();
        var referenceCounts = new long[edgeArray.Length + 1];
        var currentCounts = new long[edgeArray.Length + 1];
        CellSearch.Count(edgeArray, reference, referenceCounts);
        CellSearch.Count(edgeArray, current, currentCounts);
        return Between(referenceCounts, currentCounts);
    }
}
