namespace MlOps.Statistics;

/// <summary>What the test on pooled categories found.</summary>
/// <param name="TestName">How the p-value was computed.</param>
/// <param name="Statistic">The chi-squared statistic on the pooled groups.</param>
/// <param name="PValue">The p-value.</param>
/// <param name="Effect">The total variation beyond what chance makes.</param>
/// <param name="DegreesOfFreedom">The groups less one.</param>
internal readonly record struct SparseResult(string TestName, double Statistic, double PValue, double Effect, int DegreesOfFreedom);
