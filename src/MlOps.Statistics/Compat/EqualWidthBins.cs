namespace MlOps.Statistics;

/// <summary>
/// Histograms of equal width as NumPy makes them (<c>numpy.histogram_bin_edges</c> and <c>numpy.histogram</c>, version 1.24).
/// </summary>
/// <remarks>
/// Sources of the widths: Sturges (1926) and Doane (1976). A bin includes its lower edge, the last one both; values outside are not
/// counted.
/// </remarks>
internal static class EqualWidthBins
{
    public static double[] Sturges(ReadOnlySpan<double> values) => Edges(values, 1 + Math.Log2(values.Length));

    public static double[] Doane(ReadOnlySpan<double> values)
    {
        double n = values.Length, mean = Moments.Of(values).Mean, square = 0, cube = 0;
        foreach (var value in values)
        {
            square += (value - mean) * (value - mean);
        }

        var deviation = Math.Sqrt(square / n);
        if (n <= 2 || deviation == 0)
        {
            return Edges(values, 1);
        }

        foreach (var value in values)
        {
            var z = (value - mean) / deviation;
            cube += z * z * z;
        }

        var error = Math.Sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
        return Edges(values, 1 + Math.Log2(n) + Math.Log2(1 + (Math.Abs(cube / n) / error)));
    }

    public static long[] Count(double[] edges, ReadOnlySpan<double> values)
    {
        var counts = new long[edges.Length - 1];
        foreach (var value in values)
        {
            if (value >= edges[0] && value <= edges[^1])
            {
                var found = Array.BinarySearch(edges, value);
                counts[Math.Min(counts.Length - 1, found >= 0 ? found : ~found - 1)]++;
            }
        }

        return counts;
    }

    private static double[] Edges(ReadOnlySpan<double> values, double divisor)
    {
        double first = double.PositiveInfinity, last = double.NegativeInfinity;
        foreach (var value in values)
        {
            (first, last) = (Math.Min(first, value), Math.Max(last, value));
        }

        if (first == last)
        {
            return [first - 0.5, last + 0.5];
        }

        var width = (last - first) / divisor;
        var bins = (int)Math.Ceiling((last - first) / width);
        var step = (last - first) / bins;
        var edges = new double[bins + 1];
        for (var i = 0; i < bins; i++)
        {
            edges[i] = (i * step) + first;
        }

        edges[bins] = last;
        return edges;
    }
}
