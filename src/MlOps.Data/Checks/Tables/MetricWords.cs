using System.Globalization;

namespace MlOps.Data.Checks.Tables;

/// <summary>What metrics are called.</summary>
internal static class MetricWords
{
    private static readonly (ColumnMetric Metric, string Name, string Words)[] All =
    [
        (ColumnMetric.Mean, "mean", "mean"),
        (ColumnMetric.StandardDeviation, "standard_deviation", "standard deviation"),
        (ColumnMetric.Variance, "variance", "variance"),
        (ColumnMetric.Sum, "sum", "sum"),
        (ColumnMetric.Minimum, "minimum", "minimum"),
        (ColumnMetric.Maximum, "maximum", "maximum"),
        (ColumnMetric.Quantile, "quantile", "quantile"),
        (ColumnMetric.InterquartileRange, "interquartile_range", "interquartile range"),
        (ColumnMetric.Skewness, "skewness", "skewness"),
        (ColumnMetric.Kurtosis, "kurtosis", "excess kurtosis"),
        (ColumnMetric.ZeroShare, "zero_share", "share of zeros"),
        (ColumnMetric.Entropy, "entropy", "entropy"),
        (ColumnMetric.DistinctCount, "distinct_count", "distinct count"),
        (ColumnMetric.DistinctShare, "distinct_share", "distinct share"),
        (ColumnMetric.UniqueShare, "unique_share", "unique share"),
        (ColumnMetric.MostCommonShare, "most_common_share", "share of the most common value"),
        (ColumnMetric.ApproximateDistinctCount, "approximate_distinct_count", "approximate distinct count"),
        (ColumnMetric.MissingShare, "missing_share", "share of missing values"),
    ];

    public static IEnumerable<string> Names => All.Select(entry => entry.Name);

    public static string Of(ColumnMetric metric, double probability) => metric == ColumnMetric.Quantile
        ? probability == 0.5 ? "median" : string.Create(CultureInfo.InvariantCulture, $"quantile {probability}")
        : Entry(metric).Words;

    public static string NameOf(ColumnMetric metric) => Entry(metric).Name;

    /// <summary>The metric of a name; null when none has it.</summary>
    public static ColumnMetric? Find(string name)
    {
        foreach (var entry in All)
        {
            if (entry.Name == name)
            {
                return entry.Metric;
            }
        }

        return null;
    }

    private static (ColumnMetric Metric, string Name, string Words) Entry(ColumnMetric metric) => Array.Find(All, entry => entry.Metric == metric);
}
