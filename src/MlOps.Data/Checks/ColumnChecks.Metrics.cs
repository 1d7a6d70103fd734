using MlOps.Data.Checks.Tables;

namespace MlOps.Data;

// Limits are inclusive, null for none; at least one is needed, or WithinHistory after the check. A column without values has no mean and fails; its sum and counts are 0.
public sealed partial class ColumnChecks
{
    /// <summary>The mean lies between two limits, both inclusive; null for none.</summary>
    public ColumnChecks Mean(double? min = null, double? max = null) => AddMetric(ColumnMetric.Mean, min, max);

    /// <summary>The standard deviation of the sample (divisor n - 1) lies between two limits, both inclusive; null for none.</summary>
    public ColumnChecks StandardDeviation(double? min = null, double? max = null) => AddMetric(ColumnMetric.StandardDeviation, min, max);

    /// <summary>The variance of the sample (divisor n - 1) lies between two limits, both inclusive; null for none.</summary>
    public ColumnChecks Variance(double? min = null, double? max = null) => AddMetric(ColumnMetric.Variance, min, max);

    /// <summary>The sum lies between two limits, both inclusive; null for none. Without values it is 0.</summary>
    public ColumnChecks Sum(double? min = null, double? max = null) => AddMetric(ColumnMetric.Sum, min, max);

    /// <summary>The least number lies between two limits, both inclusive; null for none.</summary>
    public ColumnChecks Minimum(double? min = null, double? max = null) => AddMetric(ColumnMetric.Minimum, min, max);

    /// <summary>The greatest number lies between two limits, both inclusive; null for none.</summary>
    public ColumnChecks Maximum(double? min = null, double? max = null) => AddMetric(ColumnMetric.Maximum, min, max);

    /// <summary>The median (the lower of two) lies between two limits, both inclusive; null for none. Exact up to 1,000 values, else of a rank within 0.27 % of it.</summary>
    public ColumnChecks Median(double? min = null, double? max = null) => AddMetric(ColumnMetric.Quantile, min, max);

    /// <summary>A quantile lies between two limits, both inclusive; null for none. Exact up to 1,000 values, else of a rank within 0.27 % of it.</summary>
    /// <param name="probability">The rank, from 0 to 1.</param>
    /// <param name="min">The least value allowed.</param>
    /// <param name="max">The greatest value allowed.</param>
    public ColumnChecks Quantile(double probability, double? min = null, double? max = null) => AddMetric(ColumnMetric.Quantile, min, max, probability);

    /// <summary>The distance of the quartiles lies between two limits, both inclusive; null for none. As exact as <see cref="Quantile"/>.</summary>
    public ColumnChecks InterquartileRange(double? min = null, double? max = null) => AddMetric(ColumnMetric.InterquartileRange, min, max);

    /// <summary>The skewness of the population lies between two limits, both inclusive; null for none. A constant column has none and fails.</summary>
    public ColumnChecks Skewness(double? min = null, double? max = null) => AddMetric(ColumnMetric.Skewness, min, max);

    /// <summary>The excess kurtosis of the population, 0 for normal data, lies between two limits, both inclusive; null for none. A constant column has none and fails.</summary>
    public ColumnChecks Kurtosis(double? min = null, double? max = null) => AddMetric(ColumnMetric.Kurtosis, min, max);

    /// <summary>The share of zeros among the numbers lies between two limits, both inclusive; null for none.</summary>
    public ColumnChecks ZeroShare(double? min = null, double? max = null) => AddMetric(ColumnMetric.ZeroShare, min, max);

    /// <summary>The entropy of the values in nats lies between two limits, both inclusive; null for none. Memory grows with the distinct values.</summary>
    public ColumnChecks Entropy(double? min = null, double? max = null) => AddMetric(ColumnMetric.Entropy, min, max);

    /// <summary>The number of different values lies between two limits, both inclusive; null for none. Exact: memory grows with the distinct values.</summary>
    public ColumnChecks DistinctCount(double? min = null, double? max = null) => AddMetric(ColumnMetric.DistinctCount, min, max);

    /// <summary>The number of different values, within 0.8 % (one standard error), lies between two limits, both inclusive; null for none. Takes 16 KB.</summary>
    public ColumnChecks ApproximateDistinctCount(double? min = null, double? max = null) => AddMetric(ColumnMetric.ApproximateDistinctCount, min, max);

    /// <summary>The number of different values divided by that of all lies between two limits, both inclusive; null for none. Memory grows with the distinct values.</summary>
    public ColumnChecks DistinctShare(double? min = null, double? max = null) => AddMetric(ColumnMetric.DistinctShare, min, max);

    /// <summary>The share of values that occur once lies between two limits, both inclusive; null for none. Memory grows with the distinct values.</summary>
    public ColumnChecks UniqueShare(double? min = null, double? max = null) => AddMetric(ColumnMetric.UniqueShare, min, max);

    /// <summary>The share of the most common value lies between two limits, both inclusive; null for none. Memory grows with the distinct values.</summary>
    public ColumnChecks MostCommonShare(double? min = null, double? max = null) => AddMetric(ColumnMetric.MostCommonShare, min, max);

    /// <summary>The share of missing values among the rows lies between two limits, both inclusive; null for none. Without rows it is 0.</summary>
    public ColumnChecks MissingShare(double? min = null, double? max = null) => AddMetric(ColumnMetric.MissingShare, min, max);

    internal ColumnChecks AddMetric(ColumnMetric metric, double? min, double? max, double probability = 0.5) => probability is >= 0 and <= 1
        ? Add(new MetricRule(_column, metric, Limits.Of(min, max, $"{MetricWords.Of(metric, probability)} of '{_column}'")) { Probability = probability })
        : throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies between 0 and 1.");
}
