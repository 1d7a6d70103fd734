namespace MlOps.Statistics;

/// <summary>Chooses the edges of cells of a sorted reference; a cell includes its upper edge, and the outer two are open.</summary>
internal static class NumericCells
{
    public const int ExactValues = 256;

    /// <summary>Edges at quantiles, and two edges around every value so heavy (or every value, if there are few) that it deserves a cell of its own.</summary>
    public static double[] Edges(double[] sorted, int maximumCells)
    {
        var quantiles = maximumCells / 4;
        var few = Distinct(sorted) <= Math.Min(ExactValues, quantiles);
        var edges = new SortedSet<double>();
        for (var start = 0; start < sorted.Length;)
        {
            var end = start;
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            if (few || end - start > sorted.Length / quantiles)
            {
                edges.Add(Math.BitDecrement(sorted[start]));
                edges.Add(sorted[start]);
            }

            start = end;
        }

        for (var i = 1; i < quantiles && !few; i++)
        {
            edges.Add(sorted[(int)((long)i * sorted.Length / quantiles)]);
        }

        return [.. edges];
    }

    /// <summary>The largest share of a cell that holds more than one possible value: the most that the KS distance over cells falls short by.</summary>
    public static double Error(double[] edges, long[] counts, long total)
    {
        long largest = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            var single = i < edges.Length && (i == 0 ? edges[0] == double.NegativeInfinity : Math.BitIncrement(edges[i - 1]) == edges[i]);
            largest = single ? largest : Math.Max(largest, counts[i]);
        }

        return total == 0 ? 0 : (double)largest / total;
    }

    public static double Distance(long[] reference, long[] current, double n, double m)
    {
        long below = 0, belowCurrent = 0;
        var largest = 0.0;
        for (var i = 0; i < reference.Length; i++)
        {
            below += reference[i];
            belowCurrent += current[i];
            largest = Math.Max(largest, Math.Abs((below / n) - (belowCurrent / m)));
        }

        return largest;
    }

    private static int Distinct(double[] sorted)
    {
        var distinct = sorted.Length > 0 ? 1 : 0;
        for (var i = 1; i < sorted.Length; i++)
        {
            distinct += sorted[i] != sorted[i - 1] ? 1 : 0;
        }

        return distinct;
    }
}
