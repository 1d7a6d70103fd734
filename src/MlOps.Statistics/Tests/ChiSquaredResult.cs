namespace MlOps.Statistics;

/// <summary>What a chi-squared test found.</summary>
/// <param name="Statistic">Pearson's X²; NaN where a sample is empty.</param>
/// <param name="PValue">The probability of a statistic at least this large if nothing differs; 1 where a sample is empty.</param>
/// <param name="DegreesOfFreedom">The number of non-empty columns less one.</param>
public readonly record struct ChiSquaredResult(double Statistic, double PValue, int DegreesOfFreedom);
