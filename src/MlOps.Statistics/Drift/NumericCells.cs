namespace MlOps.Statistics;

/// <summary>
/// Chooses the edges of cells of a reference and compares counts in them; a cell includes its upper edge, and the outer two are open: they
/// hold
/// what lies beyond the reference's ends.
/// </summary>
internal static class NumericCells
{
    /// <summary>
    /// Edges at both ends, at quantiles, and two around every value so heavy (or every value, if there are few) that it deserves a cell of
    /// its own.
    /// </summary>
    public static double[] Edges(DistinctValues reference, int maximumCells)
    {
        var quantiles = maximumCells / 4;
        var values = reference.Values;
        var few = values.Length <= quantiles;
        var edges = new SortedSet<double>();
        if (values.Length > 0)
        {
            edges.Add(Math.BitDecrement(values[0]));
            edges.Add(values[^1]);
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (few || reference.CountOf(i) > reference.Total / quantiles)
            {
                edges.Add(Math.BitDecrement(values[i]));
                edges.Add(values[i]);
            }
        }

        for (var i = 1L; i < quantiles && !few; i++)
        {
            edges.Add(reference.AtRank(i * reference.Total / quantiles));
        }

        return [.. edges];
    }

    /// <summary>Whether a cell holds one possible value alone.</summary>
    public static bool IsSingle(double[] edges, int cell) =>
        cell < edges.Length && (cell == 0 ? edges[0] == double.NegativeInfinity : Math.BitIncrement(edges[cell - 1]) == edges[cell]);

    /// <summary>How many values lie in each cell.</summary>
    public static long[] Counts(DistinctValues reference, double[] edges)
    {
        var counts = new long[edges.Length + 1];
        var cell = 0;
        for (var i = 0; i < reference.Values.Length; i++)
        {
            while (cell < edges.Length && edges[cell] < reference.Values[i])
            {
                cell++;
            }

            counts[cell] += reference.CountOf(i);
        }

        return counts;
    }

    /// <summary>
    /// The largest share of a cell that holds more than one possible value: the most that the KS distance over cells falls short by.
    /// </summary>
    public static double Error(double[] edges, long[] counts, long total)
    {
        long largest = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            largest = IsSingle(edges, i) ? largest : Math.Max(largest, counts[i]);
        }

        return total == 0 ? 0 : (double)largest / total;
    }

    /// <summary>The KS distance over cells, counted in whole steps of 1/(nm) and divided once, as from the samples themselves.</summary>
    public static double Distance(long[] reference, long[] current, long n, long m)
    {
        long below = 0, belowCurrent = 0;
        var largest = Int128.Zero;
        for (var i = 0; i < reference.Length; i++)
        {
            below += reference[i];
            belowCurrent += current[i];
            largest = Int128.Max(largest, Int128.Abs(Gap(below, n, belowCurrent, m)));
        }

        return Share(largest, n, m);
    }

    /// <summary>The bounds of the KS distance: what the edges show, and what could hide between them.</summary>
    public static StatisticInterval DistanceBounds(double[] edges, long[] reference, long[] current, long n, long m)
    {
        if (n == 0 || m == 0)
        {
            return StatisticInterval.Undefined;
        }

        var lower = Distance(reference, current, n, m);
        var upper = lower;
        long below = 0, belowCurrent = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            if (reference[i] > 0 && current[i] > 0 && !IsSingle(edges, i))
            {
                var above = Int128.Max(
                    Gap(below + reference[i], n, belowCurrent, m), -Gap(below, n, belowCurrent + current[i], m));
                upper = Math.Max(upper, Share(above, n, m));
            }

            below += reference[i];
            belowCurrent += current[i];
        }

        return new StatisticInterval(lower, Math.Min(1, upper));
    }

    /// <summary>The bounds of the Wasserstein distance, from the counts in cells and the extremes of both samples.</summary>
    public static StatisticInterval AreaBounds(
        double[] edges, long[] reference, long[] current, double n, double m, double least, double most)
    {
        if (n == 0 || m == 0)
        {
            return StatisticInterval.Undefined;
        }

        long below = 0, belowCurrent = 0;
        double lower = 0, upper = 0;
        for (var i = 0; i < reference.Length; i++)
        {
            double low = below / n, lowCurrent = belowCurrent / m;
            below += reference[i];
            belowCurrent += current[i];
            double high = below / n, highCurrent = belowCurrent / m;
            var from = i == 0 ? least : Math.Clamp(edges[i - 1], least, most);
            var to = i == edges.Length ? most : Math.Clamp(edges[i], least, most);
            lower += Area(Math.Max(0, Math.Max(low - highCurrent, lowCurrent - high)), from, to);
            upper += Area(Math.Max(high - lowCurrent, highCurrent - low), from, to);
        }

        // The bounds are sums of as many roundings as there are cells.
        var rounding = 4e-16 * reference.Length;
        return new StatisticInterval(lower * (1 - rounding), upper * (1 + rounding));
    }

    /// <summary>The difference of two distribution functions in steps of 1/(nm).</summary>
    private static Int128 Gap(long below, long n, long belowCurrent, long m) => ((Int128)below * m) - ((Int128)belowCurrent * n);

    private static double Share(Int128 steps, long n, long m) => (double)steps / ((double)n * m);

    private static double Area(double gap, double from, double to) => gap == 0 || from == to ? 0 : gap * (to - from);
}
