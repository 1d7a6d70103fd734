namespace MlOps.Statistics;

/// <summary>Compares two samples that are both at hand; against a stored reference use <see cref="FittedReference"/>.</summary>
/// <remarks>One column is decided by itself: give the results of several columns to <see cref="DriftReport.Of"/>.</remarks>
public static class DriftTest
{
    /// <summary>Compares numbers by the exact Kolmogorov–Smirnov distance; NaN is missing.</summary>
    public static ColumnDrift Numeric(string column, ReadOnlySpan<double> reference, ReadOnlySpan<double> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(column);
        options ??= new DriftOptions();
        options.Check();
        var x = ObservedValues.Sorted(reference);
        var y = ObservedValues.Sorted(current);
        var sizes = new ColumnSizes(column, x.Length, reference.Length - x.Length, y.Length, current.Length - y.Length);
        var edges = new SortedSet<double>();
        for (var i = 1L; i < ColumnComparison.Deciles && x.Length > 0; i++)
        {
            edges.Add(x[(int)Math.Max(0, (i * x.Length / ColumnComparison.Deciles) - 1)]);
        }

        double[] bins = [.. edges];
        var referenceCounts = new long[bins.Length + 1];
        var currentCounts = new long[bins.Length + 1];
        CellSearch.Count(bins, x, referenceCounts);
        CellSearch.Count(bins, y, currentCounts);
        return ColumnComparison.Numeric(sizes, KolmogorovSmirnov.SortedStatistic(x, y), referenceCounts, currentCounts, options);
    }

    /// <summary>Compares categories by the chi-squared test and their total variation; null is missing.</summary>
    public static ColumnDrift Categorical(
        string column, IEnumerable<string?> reference, IEnumerable<string?> current, DriftOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(column);
        ArgumentNullException.ThrowIfNull(current);
        var sample = new CurrentSample(
            FittedReference.FitCategorical(reference, new FittedReferenceOptions { MaximumCategories = int.MaxValue }), column);
        foreach (var value in current)
        {
            sample.Add(value);
        }

        return sample.Compare(options);
    }
}
