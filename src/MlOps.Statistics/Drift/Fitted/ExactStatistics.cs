namespace MlOps.Statistics;

/// <summary>What an <see cref="ExactComparison"/> found; NaN for what was not asked or cannot be said.</summary>
internal readonly record struct ExactStatistics(long Count, long Missing, double Statistic, double Distance, long[] Deciles);
