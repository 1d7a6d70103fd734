namespace MlOps.Statistics;

/// <summary>The first Wasserstein (earth mover's) distance: the area between two distribution functions, in the unit of the data.</summary>
/// <remarks>
/// Reference implementation: <c>scipy.stats.wasserstein_distance</c>. It is a distance of means of quantiles and so not robust: one value of
/// 1e308 decides it. NaN values are left out; mass at infinity on one side alone makes it infinite.
/// </remarks>
public static class Wasserstein
{
    /// <summary>The distance of two samples; NaN where one is empty.</summary>
    public static double Between(ReadOnlySpan<double> reference, ReadOnlySpan<double> current)
    {
        var x = ObservedValues.Sorted(reference);
        var y = ObservedValues.Sorted(current);
        if (x.Length == 0 || y.Length == 0)
        {
            return double.NaN;
        }

        int i = 0, j = 0;
        double area = 0, previous = 0, gap = 0;
        while (i < x.Length || j < y.Length)
        {
            var value = j == y.Length || (i < x.Length && x[i] <= y[j]) ? x[i] : y[j];
            area += gap == 0 ? 0 : gap * (value - previous);
            while (i < x.Length && x[i] == value)
            {
                i++;
            }

            while (j < y.Length && y[j] == value)
            {
                j++;
            }

            gap = Math.Abs(((double)i / x.Length) - ((double)j / y.Length));
            previous = value;
        }

        return area;
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
}
