namespace MlOps.Statistics;

/// <summary>What a test found whose statistic may be known between bounds only.</summary>
/// <param name="Statistic">The test's statistic; NaN where a sample is empty.</param>
/// <param name="PValue">The p-values of those bounds, the smaller first; 1 where a sample is empty.</param>
public readonly record struct IntervalTestResult(StatisticInterval Statistic, StatisticInterval PValue);
