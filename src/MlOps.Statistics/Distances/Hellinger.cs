namespace MlOps.Statistics;

/// <summary>The Hellinger distance: the Euclidean distance of the roots of proportions, over √2.</summary>
public static class Hellinger
{
    /// <summary>The distance of two rows of counts of the same categories, from 0 to 1; NaN where a row is empty.</summary>
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
            var difference = Math.Sqrt(reference[i] / n) - Math.Sqrt(current[i] / m);
            sum += difference * difference;
        }

        return Math.Min(1, Math.Sqrt(sum / 2));
    }
}
