namespace MlOps.Statistics;

/// <summary>Finds the cell of a value among sorted edges; cell i reaches from edge i - 1, excluded, to edge i, included.</summary>
internal static class CellSearch
{
    /// <summary>The number of edges below the value, without a branch that depends on the data.</summary>
    public static int Find(ReadOnlySpan<double> edges, double value)
    {
        var start = 0;
        var length = edges.Length;
        while (length > 0)
        {
            var half = length >> 1;
            start = edges[start + half] < value ? start + length - half : start;
            length = half;
        }

        return start;
    }

    /// <summary>Adds the values to the counts of their cells and returns how many were missing.</summary>
    public static long Count(ReadOnlySpan<double> edges, ReadOnlySpan<double> values, Span<long> counts)
    {
        long missing = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
            {
                missing++;
            }
            else
            {
                counts[Find(edges, value)]++;
            }
        }

        return missing;
    }
}
