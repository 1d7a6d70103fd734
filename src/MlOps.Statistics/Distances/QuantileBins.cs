namespace MlOps.Statistics;

/// <summary>The one binning of two samples for distances: quantile bins of the reference, the outer two open, a bin including its upper edge.</summary>
/// <remarks>Edges are values of the reference, tied ones fall together; NaN is left out, infinities fall into the outer bins.</remarks>
internal static class QuantileBins
{
    /// <summary>The default number of bins.</summary>
    public const int Default = 10;

    /// <summary>The counts of both samples; both rows are empty where the reference is.</summary>
    public static (long[] Reference, long[] Current) Count(ReadOnlySpan<double> reference, ReadOnlySpan<double> current, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        var sorted = ObservedValues.Sorted(reference);
        if (sorted.Length == 0)
        {
            return ([], []);
        }

        var edges = Edges(sorted, bins);
        var referenceCounts = new long[edges.Length + 1];
        var currentCounts = new long[edges.Length + 1];
        CellSearch.Count(edges, reference, referenceCounts);
        CellSearch.Count(edges, current, currentCounts);
        return (referenceCounts, currentCounts);
    }

    /// <summary>The inner edges, at most bins - 1 of them, ascending.</summary>
    public static double[] Edges(ReadOnlySpan<double> sorted, int bins)
    {
        var edges = new double[bins - 1];
        var count = 0;
        for (var b = 1; b < bins; b++)
        {
            var edge = sorted[(int)Math.Max(0, ((long)b * sorted.Length / bins) - 1)];
            if (count == 0 || edge > edges[count - 1])
            {
                edges[count++] = edge;
            }
        }

        return edges[..count];
    }
}
