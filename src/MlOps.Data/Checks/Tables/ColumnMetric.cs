namespace MlOps.Data.Checks.Tables;

/// <summary>A number that sums up a column.</summary>
internal enum ColumnMetric
{
    Mean,
    StandardDeviation,
    Variance,
    Sum,
    Minimum,
    Maximum,
    Quantile,
    InterquartileRange,
    Skewness,
    Kurtosis,
    ZeroShare,
    Entropy,
    DistinctCount,
    DistinctShare,
    UniqueShare,
    MostCommonShare,
    ApproximateDistinctCount,
    MissingShare,
}
