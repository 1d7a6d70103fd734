using System.Buffers;

namespace MlOps.Statistics;

/// <summary>Counts of a sample's values in bins; counts are added to, so that batches add up. Nothing is dropped silently.</summary>
public static class Histogram
{
    /// <summary>Counts values in the cells between given edges and in the two open cells outside.</summary>
    /// <param name="values">The sample; NaN is left out, infinities fall in the outer cells.</param>
    /// <param name="edges">Ascending, finite.</param>
    /// <param name="counts">One more than the edges: cell i reaches from edge i - 1, excluded, to edge i, included.</param>
    /// <returns>How many values were NaN.</returns>
    /// <exception cref="ArgumentException">The edges do not ascend or are not finite, or the counts are not one more.</exception>
    public static long Count(ReadOnlySpan<double> values, ReadOnlySpan<double> edges, Span<long> counts)
    {
        Check(edges, counts);
        return CellSearch.Count(edges, values, counts);
    }

    /// <inheritdoc cref="Count(ReadOnlySpan{double}, ReadOnlySpan{double}, Span{long})"/>
    public static long Count(ReadOnlySpan<float> values, ReadOnlySpan<float> edges, Span<long> counts)
    {
        Check(edges, counts);
        return CellSearch.Count(edges, values, counts);
    }

    /// <summary>Counts values in bins of equal width, as <c>numpy.histogram(values, bins, range)</c> does.</summary>
    /// <param name="values">The sample.</param>
    /// <param name="minimum">The lowest edge.</param>
    /// <param name="maximum">The highest edge, above the lowest.</param>
    /// <param name="counts">One for each bin. A bin includes its lower edge, and the last one its upper edge too.</param>
    /// <returns>The values outside.</returns>
    /// <exception cref="ArgumentException">There is no bin, or the range is empty or not finite.</exception>
    public static HistogramRest CountUniform(ReadOnlySpan<double> values, double minimum, double maximum, Span<long> counts)
    {
        if (counts.IsEmpty || !(maximum > minimum) || !double.IsFinite(maximum - minimum))
        {
            throw new ArgumentException(
                $"{counts.Length} bins from {minimum} to {maximum} hold nothing; give at least one bin, and a maximum above the minimum, both finite.");
        }

        var edges = ArrayPool<double>.Shared.Rent(counts.Length + 1);
        var width = (maximum - minimum) / counts.Length;
        for (var i = 0; i < counts.Length; i++)
        {
            edges[i] = (i * width) + minimum;
        }

        edges[counts.Length] = maximum;
        var perUnit = counts.Length / (maximum - minimum);
        var last = counts.Length - 1;
        long below = 0, above = 0, missing = 0;
        foreach (var value in values)
        {
            if (value >= minimum && value <= maximum)
            {
                // The product may be off by one bin near an edge; the edges decide.
                var bin = Math.Min(double.ConvertToIntegerNative<int>(double.MinNative((value - minimum) * perUnit, last)), last);
                bin -= value < edges[bin] ? 1 : 0;
                bin += bin < last && value >= edges[bin + 1] ? 1 : 0;
                counts[bin]++;
            }
            else
            {
                below += value < minimum ? 1 : 0;
                above += value > maximum ? 1 : 0;
                missing += double.IsNaN(value) ? 1 : 0;
            }
        }

        ArrayPool<double>.Shared.Return(edges);
        return new HistogramRest(below, above, missing);
    }

    private static void Check<T>(ReadOnlySpan<T> edges, Span<long> counts)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        if (counts.Length != edges.Length + 1)
        {
            throw new ArgumentException($"{edges.Length} edges make {edges.Length + 1} cells, and there are {counts.Length} counts.", nameof(counts));
        }

        for (var i = 0; i < edges.Length; i++)
        {
            if (!T.IsFinite(edges[i]) || (i > 0 && !(edges[i] > edges[i - 1])))
            {
                throw new ArgumentException($"Edges must be finite and ascend; edge {i} is {edges[i]}.", nameof(edges));
            }
        }
    }
}
